"""Names of persons: surname, given name, patronymic or initials, as written.

No list has all names, so none is replaced by a likelier one. What is not built like a name, or
may have lost a part to signature or seal beside it, goes to a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from intake.domain.notice import Flag
from intake.fields.graded import Graded, Note, Written
from intake.fields.name_pairs import (
    has_all_letters,
    with_initial,
    without_dots,
    without_strokes,
)
from intake.fields.name_shapes import (
    INITIAL,
    PATRONYMIC,
    SMALL_NAME,
    SPECKS,
    SURNAME,
    is_long,
    name_words,
    parts_agree,
)
from intake.fields.names import grade_text, noted, offered
from intake.fields.readings import merge
from intake.fields.reference import Reference
from intake.fields.script import collapse, fold
from intake.fields.word_evidence import agreed_words, is_sound
from intake.fields.words import Words

_LABELS = frozenset(
    [
        "фио",
        "аты-жону",
        "аты",
        "жону",
        "директор",
        "директору",
        "директордун",
        "руководитель",
        "жетекчи",
        "жетекчиси",
        "колу",
        "моору",
        "подпись",
        "печать",
    ]
)
_RUN_TOGETHER = re.compile(r"(?<=[а-яёңөү])(?=[А-ЯЁҢӨҮ])")
"""Where a space was lost between a surname and what follows it («АбыловА. К.»)."""
_SMALL_INITIALS = re.compile(r"(?:(?:дж|[^\W\d_])\.){1,2}")
_AFTER_WORD = re.compile(r"(?<=\w)[,:;](?=\s|$)|(?<=[^\W\d_]{3})\.(?=\s|$)")
"""Specks of a rule: no sign but a point stands after a word of a name."""
_TWO_CAPITALS = re.compile(r"(?<![^\W\d_-])[^\W\d_а-яёңөү](?=[А-ЯЁӨҮҢ][а-яёңөү]{2})")
"""A stroke before a name, read as one letter more («ТЖумабеков»)."""
SURE = 0.95
"""Confidence of a name's least sure letter from which it needs no second reading."""
_INITIALS_CUT = re.compile(r"(\b[^\W\d_]\.\s?[^\W\d_])$")
"""Initials at the end of a name whose last point was taken for the end of the line."""
_RULE_DOTS = re.compile(r"\.{2,}|…+")
"""The dotted rule that a name stands on, read along («К.Э..»)."""
_OFFICE = re.compile(
    r"(?<!\w)(?:отдел|управлен|департамент|министер|образован|бөлүм|башкармалы|билим|школ|мектеп|получен|"
    r"поступ|кирген|келген)",
    re.IGNORECASE,
)
"""Words of stamps and offices, which nobody is called."""
_UULU = re.compile(r"(уулу|улуу|кызы)$")


def is_patronymic(text: str) -> bool:
    """Tell whether this is a father's name alone («Бакытовна»)."""
    return bool(PATRONYMIC.fullmatch(text.casefold()) or _UULU.search(text.casefold()))


def grade_person(written: Written, reference: Reference) -> Graded:
    """Return a person's name: surname, given name and patronymic or initials in any order.

    Labels of the form that were read along («ФИО») are left out. What is not
    built like a name, and digits in one, are ``ambiguous``.
    """
    whole = _without_labels(written)
    bare = without_strokes(whole)
    graded = grade_text(bare, reference)
    value = graded.value
    if value is None:
        return replace(graded, text=collapse(written.text))
    if _lost_a_word(written.text, bare.text):
        graded = noted(graded, Note.INK_BESIDE)
    agreed = agreed_words(merge(bare, reference.words))
    value = with_initial(value, bare.second)
    value = _AFTER_WORD.sub("", _TWO_CAPITALS.sub("", value))
    if _INITIALS_CUT.search(value):
        graded = graded if f"{value}." == bare.second else _with_and_without_point(graded, value)
        value += "."
    capitals = [_capitalised(word, reference.words) for word in value.split()]
    seen = frozenset((bare.second or "").casefold().split())
    if not all(map(partial(_is_whole, seen, reference.words), value.split(), capitals)):
        graded = noted(graded, Note.SPELLING_UNSURE)
    value = " ".join(capitals)
    graded = replace(graded, value=value)
    parts = re.findall(r"[^\W\d_]{1,2}\.|[^\s.]+", value)
    if not any(len(part) > 2 for part in parts):  # a stroke or the rim of a seal: «БЦ», «К.М.»
        return _illegible(graded, collapse(written.text))
    graded = replace(
        graded,
        text=collapse(written.text),
        evidence=dict(graded.evidence)
        | _person_evidence(parts, agreed, reference.words)
        | {"all_letters": float(has_all_letters(bare))},
    )
    if whole.second and bare.second is None and not _needs_no_second(graded.evidence):
        graded = noted(graded, Note.READINGS_DISAGREE)
    if any(map(str.isdigit, value)):
        graded = noted(graded, Note.DIGITS_IN_NAME)
    graded = offered(graded, " ".join(_given_name(w, reference.words) for w in value.split()))
    if not _is_name(parts) or _OFFICE.search(value):
        return noted(graded, Note.NAME_UNUSUAL)
    if not parts_agree(parts, reference.words):
        graded = noted(graded, Note.NAME_ENDS)
    is_sure = graded.evidence["agree"] and graded.evidence["ocr_min"] >= SURE
    if _has_one_initial(parts) and not is_sure:
        graded = noted(graded, Note.ONE_INITIAL)
    return graded


def _with_and_without_point(graded: Graded, value: str) -> Graded:
    """Offer a name with its last initial's point, and as it was read: some type none there."""
    return offered(offered(graded, value), f"{value}.")


def _needs_no_second(evidence: Mapping[str, float]) -> bool:
    """Tell whether a name stands for itself: with the father's, all known, surely read."""
    is_whole = evidence["patronymic"] and not evidence["initials"]
    return bool(is_whole) and evidence["names_known"] == 1.0 and evidence["ocr_min"] >= SURE


def _given_name(word: str, words: Words) -> str:
    """Return the given name that a word no list has is, but for one letter of like shape."""
    like = None if words.knows(word) else words.look_alike(word)
    return like.capitalize() if like in words.given else word


def _lost_a_word(text: str, kept: str) -> bool:
    """Tell whether a word was left out that is too long for a stroke: a father's name, misread."""
    words = _unlabelled_words(_RUN_TOGETHER.sub(" ", text))
    left_out = Counter(map(fold, words)) - Counter(map(fold, _RUN_TOGETHER.sub(" ", kept).split()))
    return any(map(is_long, left_out))


def _capitalised(word: str, words: Words) -> str:
    """Return a word of a name with its capitals: «с.п.», «сатыбалдиев» were read too small.

    One that is no known name without the letter that a stroke or seal hid before it
    («адыркулова») gets that letter back.
    """
    if _SMALL_INITIALS.fullmatch(word):
        return "".join(f"{initial.capitalize()}." for initial in word.split(".")[:-1])
    if not SMALL_NAME.fullmatch(word):
        return word
    whole = [] if words.knows(word) else sorted(words.surnames & _with_first(word))
    return (whole[0] if len(whole) == 1 else word).capitalize()


def _is_whole(seen: frozenset[str], words: Words, word: str, capital: str) -> bool:
    """Tell whether no letter was lost before a word that got its capital.

    A small letter may be the second of a name whose first was lost; hardly where the other reading,
    whose words in lower case are ``seen``, has it so too. No initial but «Дж.» has a small letter.
    """
    if word == capital:
        return True
    if _SMALL_INITIALS.fullmatch(word):
        return "ж." not in word or word.casefold() in seen
    return word.casefold() in seen and words.knows(word)


def _with_first(word: str) -> set[str]:
    """Return what a word may have been before its first letter was lost."""
    return {letter + word for letter in "абвгдежзийклмноөпрстуүфхцчшщыэюя"}


def _illegible(graded: Graded, text: str) -> Graded:
    seen = tuple(replace(one, score=min(one.score, 0.4)) for one in graded.candidates)
    notes = (Note.NOTHING_LEGIBLE,)
    return Graded(None, text, seen, (Flag.UNREADABLE,), notes, graded.evidence)


def _has_one_initial(parts: list[str]) -> bool:
    """Tell whether one initial stands behind a surname: of two the last is easily lost.

    Hardly by two readings that have the rest alike and surely: of 16 such names, 16 were whole.
    """
    return len(parts) == 2 and len(parts[0]) > 2 and bool(INITIAL.fullmatch(parts[1]))


def _is_name(parts: list[str]) -> bool:
    """Tell whether these are a name's parts: not the rest of one whose surname was lost."""
    named_after = sum(bool(PATRONYMIC.match(part.casefold())) for part in parts)
    if named_after and len(parts) - named_after < 2:
        return False
    return _is_built_like_name(parts)


def _is_built_like_name(parts: list[str]) -> bool:
    long = [part for part in parts if not INITIAL.fullmatch(part)]
    letters = all(re.fullmatch(r"[^\W\d_]+(-[^\W\d_]+)*\.?", part) for part in long)
    named = any(len(part) > 2 for part in long)
    run_together = any(re.fullmatch(r"[А-ЯЁӨҮҢ]{2}\.", part) for part in parts)  # «КУ.»
    is_cut = len(long) == 3 and not any(map(is_patronymic, long))  # «Асанова Айгүл Дос»
    # «Асан уулу», but not «Асан уулу К.»
    is_cut |= len(long) == len(parts) == 2 and bool(_UULU.fullmatch(fold(long[-1])))
    linked = [n for n, part in enumerate(long) if _UULU.fullmatch(fold(part))]
    is_cut |= bool(linked) and len(long) - linked[-1] > 2  # «Надир уулу Асанбек Айтматов»
    capitals = all(p[0].isupper() or _UULU.fullmatch(fold(p)) for p in long)
    return (
        2 <= len(parts) <= 5 and letters and named and capitals and not run_together and not is_cut
    )


def _person_evidence(parts: list[str], agreed: frozenset[str], words: Words) -> dict[str, float]:
    low = [part.casefold() for part in parts]
    whole = [part for part in low if not INITIAL.fullmatch(part)]
    names = words.given | words.surnames
    known = [p for p in whole if p in names or _UULU.match(p) or is_sound(p, agreed, words)]
    return {
        "parts": float(len(parts)),
        "initials": float(len(low) - len(whole)),
        "names_known": len(known) / len(whole) if whole else 0.0,
        "patronymic": float(any(map(PATRONYMIC.match, whole))),
        "surname_like": float(any(map(SURNAME.match, whole))),
    }


def _without_labels(written: Written) -> Written:
    """Drop the form's own words and dirt around a name; without them the letters no longer fit."""
    kept = _unlabelled(written.text)
    second = None if written.second is None else _unlabelled(without_dots(written.second))
    return replace(written, text=kept, second=second)


def _unlabelled(text: str) -> str:
    """Return the words that may be a name's; digits among them stay, to be asked about."""
    kept = _unlabelled_words(_RUN_TOGETHER.sub(" ", text))
    if not any(map(str.isdigit, text)):
        fits = name_words(kept)
        kept = [word.strip(SPECKS) for word, fit in zip(kept, fits, strict=True) if fit]
    return " ".join(kept) if kept != text.split() else text


def _unlabelled_words(text: str) -> list[str]:
    words = _RULE_DOTS.sub(". ", text).split()
    return [word for word in words if fold(word).strip("().,:;_/") not in _LABELS]
