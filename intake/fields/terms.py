"""The form of ownership, or any other value that is one of a few written terms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from intake.domain.notice import Candidate, Flag
from intake.domain.template import FieldRule
from intake.fields.graded import Graded, Note, Written, best_first, distinct, ocr_evidence
from intake.fields.reference import Reference
from intake.fields.script import collapse, fold, has_writing

SURE = 0.75
"""At least this similar, and this far from the next option, a damaged term is still sure."""
MARGIN = 0.25
GOOD, MOST_WORDS = 0.9, 4
"""The same of a term among more words, both readings' together: «оку ыр овенидя мунпшаы тныя»."""
FLOOR = 0.55
SHORTEST, BRIEF = 3, 3
"""Letters of a term that may be misread, at least; words of a text that has a shorter one."""
ALIKE = 0.8
"""Likeness from which a word alone on the page is one of the terms'."""

_NEGATION = re.compile(r"\b(не|эмес)\b|\bнегос")
_LISTS_END = re.compile(r"^[^()]*\)(?=.*\w)")
"""The end of the form's list of answers before the answer («частная) муниципальная»)."""
_BROKEN = re.compile(r"(?<=[^\W\d_])- (?=[а-яёөүң])")
"""Where a line's end breaks a word."""
_SHARED = 0.5
"""What a word counts that says nothing of the option («менчик», «форма», or in several)."""
_GENERIC = ("форм", "менчик", "тур", "собствен")
"""How words begin that say what is asked («форма собственности»), no answer but where one is."""

Terms = Mapping[str, Sequence[str]]


def grade_term(written: Written, terms: Terms) -> Graded:
    """Return the option whose terms are written, in either language, any case, abbreviated.

    ``terms`` gives, per option, the words that mean it. A term read with damage
    is taken without a flag where it is far from every other; two options at
    once and negations («негосударственная», «мамлекеттик эмес») are
    ``ambiguous``; nothing recognisable is ``not-in-reference``.
    """
    text = collapse(written.text)
    again = written.as_second()
    if not has_writing(text) and not (again and has_writing(again.text)):
        return Graded(None, text, evidence=ocr_evidence(written))
    first = _scores(unbroken(text), terms)
    second = _scores(unbroken(again.text), terms) if again else first
    ranked = sorted(first, key=lambda option: -max(first[option], second[option]))
    best = {option: max(first[option], second[option]) for option in ranked}
    notes = _notes(first, second, text + " " + (again.text if again else ""))
    value = ranked[0] if best[ranked[0]] >= FLOOR else None
    return Graded(
        value,
        text,
        best_first(Candidate(option, score, "term") for option, score in best.items() if score),
        distinct(_FLAGS[note] for note in notes),
        notes,
        ocr_evidence(written) | _evidence(best, ranked, first, second),
    )


_FLAGS = {
    Note.TERM_UNKNOWN: Flag.NOT_IN_REFERENCE,
    Note.TERM_UNSURE: Flag.AMBIGUOUS,
    Note.TERMS_SEVERAL: Flag.AMBIGUOUS,
    Note.TERM_NEGATED: Flag.AMBIGUOUS,
    Note.READINGS_DISAGREE: Flag.AMBIGUOUS,
}


def terms_of(rule: FieldRule, reference: Reference) -> Terms:
    """Return the words for each option of an enum: those of its form, then the reference's."""
    return {o: (*rule.words.get(o, ()), *reference.terms.get(o, ())) for o in rule.options}


def says_one(text: str, terms: Terms) -> bool:
    """Tell whether a text is taken for one of the options, or more (``grade_term``)."""
    return max(_scores(text, terms).values()) >= FLOOR


def says_all(text: str, terms: Terms) -> bool:
    """Tell whether a text is the form's list of answers, and none of them besides."""
    scores = _scores(text, terms)
    return len(scores) > 1 and min(scores.values()) >= SURE


def unbroken(text: str) -> str:
    """Return a text with words whole that a line's end broke («Государ- ственная»)."""
    return _BROKEN.sub("", text)


def is_term(text: str, terms: Terms) -> bool:
    """Tell whether a text says one of the options and nothing else («частная собственность»).

    Words of several are a form's list of them.
    """
    if len(_exactly(text, terms)) == 1:
        return True
    words = re.findall(r"[^\W_]+", fold(text))
    keys = {option: _keys(written) for option, written in terms.items()}
    generic = _generic_in(terms)
    known = [key for found in keys.values() for key in found if not key.startswith(generic)]
    brief = {fold(term) for each in terms.values() for term in each if _is_brief(fold(term))}
    telling = [word for word in words if word in brief or _is_one_of(word, known)]
    meant = [{o for o, found in keys.items() if _is_one_of(w, list(found))} for w in telling]
    if any(meant) and not set.intersection(*filter(None, meant)):
        return False
    return bool(telling) and all(w in telling or w.startswith(generic) for w in words)


def _generic_in(terms: Terms) -> tuple[str, ...]:
    """Return how words begin that are no answer here.

    One that is a term by itself, and in no other option's terms, is an answer.
    """
    return tuple(start for start in _GENERIC if not _is_answer(start, terms))


def _is_answer(start: str, terms: Terms) -> bool:
    saying = {o for o, found in terms.items() if any(k.startswith(start) for k in _keys(found))}
    alone = {o for o, found in terms.items() if any(_is_alone(t, start) for t in found)}
    return len(saying) == 1 and saying == alone


def _is_alone(term: str, start: str) -> bool:
    words = fold(term).split()
    return len(words) == 1 and words[0].startswith(start)


def _is_one_of(word: str, keys: Sequence[str]) -> bool:
    return any(Levenshtein.normalized_similarity(word, key) >= ALIKE for key in keys)


def _scores(text: str, terms: Terms) -> dict[str, float]:
    """Score each option 0..1 by the most telling word of any of its terms."""
    own = _LISTS_END.sub("", fold(text))
    head, _, hint = own.partition("(")
    if has_writing(head) and hint and all(_of_words(hint, terms).values()):
        own = head  # «Муниципальная (государственная, муниципальная, частная)»
    return _of_words(own, terms)


def _of_words(text: str, terms: Terms) -> dict[str, float]:
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= SHORTEST]
    if brief := _exactly(text, terms) or _briefly(text, terms):
        return {option: float(option in brief) for option in terms}
    keys = {option: _keys(written) for option, written in terms.items()}
    every = [key for found in keys.values() for key in found]
    generic = _generic_in(terms)
    common = {key for key in every if every.count(key) > 1 or key.startswith(generic)}
    return {
        option: max(
            (_score(word, key, key in common) for word in words for key in found), default=0.0
        )
        for option, found in keys.items()
    }


def _exactly(text: str, terms: Terms) -> set[str]:
    """Return the options of which a text is a term, word by word («ай сайын»)."""
    words = re.findall(r"[^\W_]+", fold(text))
    generic = _generic_in(terms)
    if all(word.startswith(generic) for word in words):
        return set()
    return {o for o, several in terms.items()
            if any(words == re.findall(r"[^\W_]+", fold(t)) for t in several)}  # fmt: skip


def _briefly(text: str, terms: Terms) -> set[str]:
    """Return the options of which a short text has a short term as it is («2», «I», «да»)."""
    words = re.findall(r"[^\W_]+", fold(text))
    if len(words) > BRIEF:
        return set()
    return {o for o, several in terms.items() if any(_is_brief(t) and t in words
            for t in map(fold, several))}  # fmt: skip


def _is_brief(term: str) -> bool:
    return 0 < len(term) < SHORTEST and term.isalnum()


def _keys(terms: Sequence[str]) -> frozenset[str]:
    words = [word for term in terms for word in re.findall(r"[^\W\d_]+", fold(term))]
    return frozenset(word for word in words if len(word) >= SHORTEST)


def _score(word: str, key: str, shared: bool) -> float:
    similar = Levenshtein.normalized_similarity(word, key)
    short, long = sorted((word, key), key=len)
    if len(short) >= 3 and long.startswith(short):  # an abbreviation, or one more ending
        similar = max(similar, 0.9)
    return similar * _SHARED if shared else similar


def _notes(first: dict[str, float], second: dict[str, float], text: str) -> tuple[Note, ...]:
    best = {option: max(first[option], second[option]) for option in first}
    ranked = sorted(best.values(), reverse=True)
    runner_up = ranked[1] if len(ranked) > 1 else 0.0
    if ranked[0] < FLOOR:
        return (Note.TERM_UNKNOWN,)
    said = {
        Note.TERMS_SEVERAL: runner_up >= SURE,
        Note.TERM_UNSURE: ranked[0] < SURE or ranked[0] - runner_up < MARGIN or (
            ranked[0] <= GOOD and len(text.split()) > MOST_WORDS),
        Note.TERM_NEGATED: bool(_NEGATION.search(fold(text))),
        Note.READINGS_DISAGREE: _top(first) != _top(second) and min(
            max(first.values()), max(second.values())) >= FLOOR,
    }  # fmt: skip
    return tuple(note for note, holds in said.items() if holds)


def _top(scores: dict[str, float]) -> str:
    return max(scores, key=lambda option: scores[option])


def _evidence(
    best: dict[str, float],
    ranked: list[str],
    first: dict[str, float],
    second: dict[str, float],
) -> dict[str, float]:
    runner_up = best[ranked[1]] if len(ranked) > 1 else 0.0
    return {
        "reference": best[ranked[0]],
        "margin": best[ranked[0]] - runner_up,
        "agree": float(_top(first) == _top(second)),
    }
