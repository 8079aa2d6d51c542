"""Names of organisations and persons, and addresses: as written, spaces collapsed.

There is no list of all names, so nothing here replaces a word by a likelier
one. What is decided is which of two readings stands (``readings``); what is
measured is how many words are known; what stays open goes to a person.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from intake.domain.notice import Candidate, Flag
from intake.fields.cleaning import is_dotted
from intake.fields.graded import Graded, Note, Written, best_first, distinct, ocr_evidence
from intake.fields.name_shapes import (
    INITIAL,
    PATRONYMIC,
    SMALL_NAME,
    SPECKS,
    SURNAME,
    is_long,
    name_words,
    without_strokes,
)
from intake.fields.readings import Merged, Settled, merge
from intake.fields.reference import Reference
from intake.fields.script import collapse, fold, has_writing
from intake.fields.word_evidence import agreed_words, is_sound, word_evidence
from intake.fields.words import Words

_LABELS = frozenset(
    [
        "фио",
        "аты-жону",
        "аты",
        "жону",
        "директор",
        "директору",
        "колу",
        "моору",
        "подпись",
        "печать",
    ]
)
_RUN_TOGETHER = re.compile(r"(?<=[а-яёңөү])(?=[А-ЯЁҢӨҮ])")
"""Where a space was lost between a surname and what follows it («АбыловА. К.»)."""
_SMALL_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,2}")
_AFTER_WORD = re.compile(r"(?<=\w)[,:;](?=\s|$)|(?<=[^\W\d_]{3})\.$")
"""Specks of a rule: no sign but a point stands after a word of a name."""
_TWO_CAPITALS = re.compile(r"(?<![^\W\d_-])[^\W\d_а-яёңөү](?=[А-ЯЁӨҮҢ][а-яёңөү]{2})")
"""A stroke before a name, read as one letter more («ТЖумабеков»)."""
_INITIALS_CUT = re.compile(r"(\b[^\W\d_]\.\s?[^\W\d_])$")
"""Initials at the end of a name whose last point was taken for the end of the line."""
_UULU = re.compile(r"(уулу|улуу|кызы)$")

_COMPANY = re.compile(r"(?<!\w)[О0]с[О0]{2}(?!\w)")
"""«ОсОО» with zeros for letters, which no other word looks like."""
_LABEL = re.compile(r"^(?:Организация|Уюм|Наименование|Аталышы)\W*\s(?=[А-ЯЁӨҮҢ«\d№])")
"""What forms that were typed anew print before the name."""

_FLAGS = {
    Note.READINGS_DISAGREE: Flag.AMBIGUOUS,
    Note.KYRGYZ_LETTERS: Flag.AMBIGUOUS,
    Note.SPELLING_UNSURE: Flag.AMBIGUOUS,
    Note.QUOTES_UNBALANCED: Flag.AMBIGUOUS,
    Note.NAME_UNUSUAL: Flag.AMBIGUOUS,
    Note.DIGITS_IN_NAME: Flag.AMBIGUOUS,
    Note.INK_BESIDE: Flag.AMBIGUOUS,
    Note.SIGNS_REPAIRED: Flag.CORRECTED,
    Note.COMMAS_DOUBTFUL: Flag.AMBIGUOUS,
    Note.NUMBERLESS: Flag.AMBIGUOUS,
    Note.NOTHING_LEGIBLE: Flag.UNREADABLE,
}


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A word that may be spelled otherwise, and how."""

    word: str
    instead: str
    note: Note


def grade_text(written: Written, reference: Reference) -> Graded:
    """Return any written words: a text field, or what has no rules of its own."""
    words = reference.words
    merged = merge(written, words)
    if not has_writing(merged.text):
        return _empty(written, merged)
    doubts = _doubts(merged, written, words)
    notes = distinct((*_reading_notes(merged), *(doubt.note for doubt in doubts)))
    return Graded(
        merged.text,
        collapse(written.text),
        _candidates(merged, doubts),
        distinct(_FLAGS[note] for note in notes),
        notes,
        ocr_evidence(written) | word_evidence(written, merged, words, len(doubts)),
    )


def grade_name(written: Written, reference: Reference) -> Graded:
    """Return the full name of a legal entity.

    Quotes that open and never close (OCR loses 11-19 % of closing quotes) are
    ``ambiguous`` unless the second reading has them; evidence ``numbered``
    tells of a number in the name, whose digits nothing can check.
    """
    graded = grade_text(written, reference)
    value = graded.value
    if value is None:
        return graded
    value = _COMPANY.sub("ОсОО", value)
    graded = replace(graded, value=_LABEL.sub("", value))
    if graded.value != value:  # a retyped form's own label, or a name that begins so
        graded = _noted(graded, Note.SPELLING_UNSURE)
        value = graded.value or value
    evidence = dict(graded.evidence) | {"numbered": float(any(map(str.isdigit, value)))}
    graded = replace(graded, evidence=evidence)
    if value.count("«") == value.count("»"):
        return graded
    is_open = value.count("«") > value.count("»")
    closed = _closed(_LIKE_QUOTES.sub("»", value) if is_open else value)
    others = (*graded.candidates, Candidate(closed, 0.5, "quotes"))
    # what opened was closed somewhere, likeliest at the end; what only closed may be a stroke
    graded = replace(graded, value=closed if is_open else value, candidates=best_first(others))
    return _noted(graded, Note.QUOTES_UNBALANCED)


def grade_address(written: Written, reference: Reference) -> Graded:
    """Return an address; evidence ``digit_count`` tells how many digits nothing can check.

    One without any digit is ``ambiguous`` («6а» was read «ба», or not at all), and so is one
    on a dotted rule: its commas went with the dots.
    """
    graded = grade_text(written, reference)
    value = graded.value
    if value is None:
        return graded
    digits = sum(map(str.isdigit, value))
    graded = replace(graded, evidence=dict(graded.evidence) | {"digit_count": float(digits)})
    if not digits and not _NO_NUMBER.search(value):
        graded = _noted(graded, Note.NUMBERLESS)
    lost = is_dotted(written.text) and "," not in value
    graded = _noted(graded, Note.COMMAS_DOUBTFUL) if lost else graded
    return _offered(graded, _HOUSE_6.sub("б", value))


_NO_NUMBER = re.compile(r"(?<!\w)(?:б/н|н/ж|без номера|номерсиз)$", re.IGNORECASE)
"""«Without a number», said in so many letters."""
_HOUSE_6 = re.compile(r"(?<=\d-)6(?!\d)")
"""The flat of «37-6»; as often the letter of «37-б», which both readers take for it."""


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
    if whole.second and bare.second is None:
        graded = _noted(graded, Note.READINGS_DISAGREE)
    if _lost_a_word(written.text, bare.text):
        graded = _noted(graded, Note.INK_BESIDE)
    agreed = agreed_words(merge(bare, reference.words))
    value = _INITIALS_CUT.sub(r"\1.", _AFTER_WORD.sub("", _TWO_CAPITALS.sub("", value)))
    capitals = " ".join(_capitalised(word, reference.words) for word in value.split())
    if capitals != value:  # a small letter may be the second of a name whose first was lost
        graded = _noted(graded, Note.SPELLING_UNSURE)
    value = capitals
    graded = replace(graded, value=value)
    parts = re.findall(r"[^\W\d_]{1,2}\.|[^\s.]+", value)
    if not any(len(part) > 2 for part in parts):  # a stroke or the rim of a seal: «БЦ», «К.М.»
        return _illegible(graded, collapse(written.text))
    graded = replace(
        graded,
        text=collapse(written.text),
        evidence=dict(graded.evidence) | _person_evidence(parts, agreed, reference.words),
    )
    if any(map(str.isdigit, value)):
        graded = _noted(graded, Note.DIGITS_IN_NAME)
    graded = _offered(graded, " ".join(_given_name(w, reference.words) for w in value.split()))
    return graded if _is_name(parts) else _noted(graded, Note.NAME_UNUSUAL)


def _given_name(word: str, words: Words) -> str:
    """Return the given name that a word no list has is, but for one letter of like shape."""
    like = None if words.knows(word) else words.look_alike(word)
    return like.capitalize() if like in words.given else word


def _offered(graded: Graded, other: str) -> Graded:
    """Ask about a value that both readings have, where another spelling is as likely."""
    if other == graded.value:
        return graded
    candidates = best_first((*graded.candidates, Candidate(other, 0.5, "words")))
    return _noted(replace(graded, candidates=candidates), Note.SPELLING_UNSURE)


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
        return word.upper()
    if not SMALL_NAME.fullmatch(word):
        return word
    whole = [] if words.knows(word) else sorted(words.surnames & _with_first(word))
    return (whole[0] if len(whole) == 1 else word).capitalize()


def _with_first(word: str) -> set[str]:
    """Return what a word may have been before its first letter was lost."""
    return {letter + word for letter in "абвгдежзийклмноөпрстуүфхцчшщыэюя"}


def _illegible(graded: Graded, text: str) -> Graded:
    seen = tuple(replace(one, score=min(one.score, 0.4)) for one in graded.candidates)
    notes = (Note.NOTHING_LEGIBLE,)
    return Graded(None, text, seen, (Flag.UNREADABLE,), notes, graded.evidence)


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
    is_cut = len(parts) == 2 and len(long) == 1 and parts[0] == long[0]  # «Асанова В.»
    is_cut |= len(long) == 3 and not any(
        is_patronymic(part) for part in long
    )  # «Асанова Айгүл Дос»
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
    second = _unlabelled(written.second) if written.second is not None else None
    return replace(written, text=kept, second=second)


def _unlabelled(text: str) -> str:
    """Return the words that may be a name's; digits among them stay, to be asked about."""
    kept = _unlabelled_words(_RUN_TOGETHER.sub(" ", text))
    if not any(map(str.isdigit, text)):
        fits = name_words(kept)
        kept = [word.strip(SPECKS) for word, fit in zip(kept, fits, strict=True) if fit]
    return " ".join(kept) if kept != text.split() else text


def _unlabelled_words(text: str) -> list[str]:
    return [word for word in text.split() if fold(word).strip("().,:;_/") not in _LABELS]


def _empty(written: Written, merged: Merged) -> Graded:
    text = collapse(written.text)
    if not merged.second or not has_writing(merged.second):
        return Graded(None, text, evidence=ocr_evidence(written))
    seen = (Candidate(merged.second, 0.4, "second"),)
    notes = (Note.NOTHING_LEGIBLE,)
    return Graded(None, text, seen, (Flag.UNREADABLE,), notes, ocr_evidence(written))


def _reading_notes(merged: Merged) -> tuple[Note, ...]:
    said = {
        Note.READINGS_DISAGREE: merged.count(Settled.UNRESOLVED) > 0,
        Note.SIGNS_REPAIRED: merged.number_signs > 0,
    }
    return tuple(note for note, holds in said.items() if holds)


def _doubts(merged: Merged, written: Written, words: Words) -> list[_Doubt]:
    """Find unknown words beside which a known spelling lies.

    A word both readings agree on is let pass where the whole text has no Kyrgyz
    letter (it was typed without them), and where only a neighbour is known that
    could as well be another name.
    """
    plain = not re.search("[өүңӨҮҢ]", merged.text)
    found = []
    for token in merged.tokens:
        agreed = merged.second is not None and token.how is Settled.SAME
        for word in re.findall(r"[^\W\d_]{3,}", token.text):
            doubt = None if words.knows(word) else _doubt(word, written, words, agreed=agreed)
            if doubt and not (agreed and plain and doubt.note is Note.KYRGYZ_LETTERS):
                found.append(doubt)
    return found


def _doubt(word: str, written: Written, words: Words, *, agreed: bool) -> _Doubt | None:
    if written.language == "ky":
        for spelling in words.spellings(word):
            return _Doubt(word, _like(spelling, word), Note.KYRGYZ_LETTERS)
    near = words.neighbour(word)
    if agreed and not _is_misspelling(word, near, words):
        return None
    return _Doubt(word, _like(near, word), Note.SPELLING_UNSURE) if near else None


def _is_misspelling(word: str, near: str | None, words: Words) -> bool:
    """Tell whether a word that both readings have is hardly a word: long, one letter replaced."""
    return near is not None and len(near) == len(word) >= 9 and near in words.common


def _like(word: str, model: str) -> str:
    if model.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _candidates(merged: Merged, doubts: list[_Doubt]) -> tuple[Candidate, ...]:
    text = merged.text
    found = [Candidate(text, 0.9, "value")]
    swapped = text
    for doubt in doubts:
        swapped = swapped.replace(doubt.word, doubt.instead)
    found.append(Candidate(swapped, 0.5, "words"))
    found.append(Candidate(merged.first, 0.4, "first"))
    if merged.second:
        found.append(Candidate(merged.second, 0.4, "second"))
    return best_first(found)


_LIKE_QUOTES = re.compile(r"(?<!№)\s(?:66|99)(?=\s|$)")
"""What “ and ” behind a word look like."""


def _closed(value: str) -> str:
    missing = value.count("«") - value.count("»")
    return value + "»" * missing if missing > 0 else "«" * -missing + value


def _noted(graded: Graded, note: Note) -> Graded:
    return replace(
        graded,
        flags=distinct((*graded.flags, _FLAGS[note])),
        notes=distinct((*graded.notes, note)),
    )
