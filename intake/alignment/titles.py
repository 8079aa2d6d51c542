"""Which lines of a page are a form's title, or say what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import permutations

from rapidfuzz.distance import Levenshtein

from intake.alignment.letters import code_of, fours, printed_fours
from intake.domain.template import Template, Wording

WHOLE, MOSTLY = 0.85, 0.6
"""Part of a line's letters that are the subject's, and of the subject's that stand in it, from
which it is that."""
BESIDE = 0.5
"""Part of the letters beside a title that are the subject's, more than that."""
CAPITAL = 0.25
"""The same beside a title in capitals: «Ресурстук борбор ачылгандыгы тууралуу КАБАРЛОО»."""
LONG = 6
"""Letters of a title of which one may be misread."""
MORE = 4
"""Letters beside the title that can tell whether they are the subject's."""
NUMBERING = [code_of(sign) for sign in "№0123456789."]
MOST_WORDS = 4
"""Words of a line in capitals that has the title among them: «КАБАРЛОО БАРАГЫ»."""
_SUBJECT_LABEL = re.compile(r"^(?:тема|темасы|предмет): ?", re.IGNORECASE)
"""What a letter's list says before its title: «Тема: ИЗВЕЩЕНИЕ о Ресурсном центре»."""


def title_in(lines: Sequence[str], wording: Wording, template: Template) -> range | None:
    """Return which lines are the form's title: the first that is, else two that are together."""
    for size in (1, 2):
        for start in range(len(lines) - size + 1):
            if _says_title(" ".join(lines[start : start + size]), wording, template):
                return range(start, start + size)
    return None


def _says_title(line: str, wording: Wording, template: Template) -> bool:
    """Tell whether a line is the form's title, in one language or in two."""
    line = _SUBJECT_LABEL.sub("", line)
    return (
        _is_title(line.replace(" ", ""), wording)
        or _are_titles(line, [each.title for each in template.wordings])
        or _is_capital_title(line, wording)
    )


def _is_title(line: str, wording: Wording) -> bool:
    """Tell whether a line without spaces is the title, alone or with the subject beside it.

    A sentence has its word small, but for a heading that ends with it («… түзүлгөндүгү жөнүндө
    кабарлоо»).
    """
    said = [sign for sign in line if code_of(sign) not in NUMBERING]
    codes, title = [code_of(sign) for sign in said], _codes_of_title(wording.title)
    is_whole = codes == title or (line[:1].isupper() and _is_misread(codes, title))
    if is_whole or _is_compound(line, title) or _is_half(line, wording.title):
        return True
    size = len(title)
    for start, rest in ((0, codes[size:]), (len(codes) - size, codes[:-size])):
        if start >= 0 and codes[start : start + size] == title and len(rest) >= MORE:
            about = fours(rest) & printed_fours(wording.subject)
            is_heading = said[start].isupper() or (start and said[0].isupper())
            is_capital = all(sign.isupper() for sign in said[start : start + size])
            enough = CAPITAL if is_capital else BESIDE
            return bool(is_heading) and len(about) > enough * len(fours(rest))
    return False


def _is_capital_title(line: str, wording: Wording) -> bool:
    """Tell whether a line has the title among its few words, all in capitals."""
    words = line.split()
    codes = ([code_of(sign) for sign in word if sign.isalnum()] for word in words)
    is_short = len(words) <= MOST_WORDS and line.upper() == line
    return is_short and _codes_of_title(wording.title) in codes


def _are_titles(line: str, titles: Sequence[str]) -> bool:
    """Tell whether a line says the title in two languages: «КАБАРЛОО / ИЗВЕЩЕНИЕ»."""
    codes = [code_of(sign) for sign in line if sign.isalpha()]
    pairs = permutations(map(_codes_of_title, titles), 2)
    return line[:1].isupper() and any(codes == [*one, *other] for one, other in pairs)


@cache
def _codes_of_title(title: str) -> list[int]:
    return [code for code in map(code_of, title) if code not in NUMBERING]


def _is_misread(codes: Sequence[int], title: Sequence[int]) -> bool:
    """Tell whether a line is the title but for one letter, one more or less («ИЗВЕШЩЕНИЕ»).

    Not the last, which tells its case.
    """
    is_ended = len(title) >= LONG and codes[-1:] == title[-1:]
    return is_ended and Levenshtein.distance(codes, title) <= 1


def _is_compound(line: str, title: Sequence[int]) -> bool:
    """Tell whether a line is the title and one more word, joined: «Извещение-анкета»."""
    words = re.split("[-–—]", line)
    title_and_other = 2
    return (
        len(words) == title_and_other
        and all(map(str.isalpha, words))
        and list(title) in [[code_of(sign) for sign in word] for word in words]
    )


def _is_half(line: str, title: str) -> bool:
    """Tell whether a line is a word of a title made of two: «ЗАЯВКА» of «ВЕДОМОСТЬ-ЗАЯВКА»."""
    return any(len(half) > MORE and half == line.casefold() for half in title.casefold().split("-"))


def is_subject(line: str, wording: Wording) -> bool:
    """Tell whether a line is the form's subject, and begins as a title does."""
    subject, said = printed_fours(wording.subject), fours([code_of(sign) for sign in line])
    is_all = len(said & subject) >= WHOLE * max(len(said), 1)
    return line[:1].isupper() and is_all and len(said & subject) >= MOSTLY * len(subject)
