"""What a field's rules take and give: a written place in, a graded value out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from intake.domain.notice import Candidate, Flag
from intake.domain.text import Letter
from intake.fields.script import QUOTES, Language

Item = TypeVar("Item")

UNKNOWN_CONFIDENCE = 0.5
"""Stands for the confidence of a letter that came without one."""


class Note(StrEnum):
    """Why a flag was raised, or what a reviewer should know; texts are in ``messages``."""

    DIGITS_REPAIRED = "digits-repaired"
    DIGIT_COUNT = "digit-count"
    INK_BESIDE = "ink-beside"
    ZERO_RESTORED = "zero-restored"
    CHECK_DIGIT = "check-digit"
    READINGS_DISAGREE = "readings-disagree"
    CHOSEN_BY_CHECK = "chosen-by-check"
    INN_DATE = "inn-date"
    INN_FIRST_DIGIT = "inn-first-digit"
    INN_PERSON = "inn-person"
    PLACEHOLDER = "placeholder"
    SWAPPED = "swapped"
    NOT_A_NUMBER = "not-a-number"
    NOT_A_DATE = "not-a-date"
    DATE_IMPOSSIBLE = "date-impossible"
    DATE_TOO_EARLY = "date-too-early"
    DATE_IN_FUTURE = "date-in-future"
    MONTH_UNSURE = "month-unsure"
    OTHER_WORDS = "other-words"
    FORM_WORDS = "form-words"
    OTHER_NUMBER = "other-number"
    PLACE_ASIDE = "place-aside"
    HALF_UNREAD = "half-unread"
    YEAR_DIFFERS = "year-differs"
    YEAR_MISSING = "year-missing"
    TERM_UNKNOWN = "term-unknown"
    TERM_UNSURE = "term-unsure"
    TERMS_SEVERAL = "terms-several"
    TERM_NEGATED = "term-negated"
    PLACE_UNKNOWN = "place-unknown"
    PLACE_UNSURE = "place-unsure"
    SPELLING_REPAIRED = "spelling-repaired"
    KYRGYZ_LETTERS = "kyrgyz-letters"
    QUOTES_UNBALANCED = "quotes-unbalanced"
    SPELLING_UNSURE = "spelling-unsure"
    SIGNS_REPAIRED = "signs-repaired"
    COMMAS_DOUBTFUL = "commas-doubtful"
    NUMBERLESS = "numberless"
    NAME_UNUSUAL = "name-unusual"
    ADDRESS_UNUSUAL = "address-unusual"
    ONE_INITIAL = "one-initial"
    NAME_ENDS = "name-ends"
    DIGITS_IN_NAME = "digits-in-name"
    NOTHING_LEGIBLE = "nothing-legible"
    MARK_UNSURE = "mark-unsure"
    MARK_BOTH = "mark-both"
    MARK_STRUCK = "mark-struck"
    MARK_NONE = "mark-none"
    PRESENCE_UNSURE = "presence-unsure"
    PRESENCE_ABSENT = "presence-absent"
    ADDRESSEE = "addressee"
    ANSWER_NEEDS_NONE = "answer-needs-none"
    ANSWER_NEEDS_IT = "answer-needs-it"
    SAME_VALUE = "same-value"
    PLACES_DIFFER = "places-differ"
    INN_AFTER_DATE = "inn-after-date"
    DATES_REVERSED = "dates-reversed"
    WHAT_IT_IS = "what-it-is"
    PLACE_BESIDE = "place-beside"
    DISTRICT_OUTSIDE_REGION = "district-outside-region"
    LAYER_CONTRADICTED = "layer-contradicted"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One read sign with the reader's confidence 0..1 and what else it might be."""

    text: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What was read in one place of a notice.

    ``text`` has the words with spaces between them. ``letters`` are its letters
    without the spaces, in order; when they do not spell ``text`` their
    confidences are used only on average. ``second`` is what another OCR model
    read in the same place, None where there was no second reading; ``prefers_second``
    tells whether that model errs less than the other.
    """

    text: str
    letters: tuple[Letter, ...] = ()
    language: Language = "ky"
    second: str | None = None
    prefers_second: bool = True

    def glyphs(self) -> tuple[Glyph, ...]:
        """Return every sign of ``text``, spaces included, with what the reader thought of it."""
        known = [g for letter in self.letters for g in _glyphs_of(letter)]
        if [g.text for g in known] != [sign for sign in self.text if not sign.isspace()]:
            mean = self.mean_confidence()
            return tuple(Glyph(sign, mean) for sign in self.text)
        queue = iter(known)
        return tuple(Glyph(s, 1.0) if s.isspace() else next(queue) for s in self.text)

    def mean_confidence(self) -> float:
        """Return the mean confidence of the letters, 0.5 where there are none."""
        if not self.letters:
            return UNKNOWN_CONFIDENCE
        return sum(letter.confidence for letter in self.letters) / len(self.letters)

    def as_second(self) -> Written | None:
        """Return the second reading as if it were the only one."""
        if self.second is None or not self.second.strip():
            return None
        return Written(self.second, (), self.language)


def _glyphs_of(letter: Letter) -> list[Glyph]:
    if len(letter.text) == 1:
        return [Glyph(letter.text, letter.confidence, letter.alternatives)]
    return [Glyph(sign, letter.confidence) for sign in letter.text]


@dataclass(frozen=True, slots=True)
class Graded:
    """The value of one field and all that speaks for and against it.

    ``value`` is the normal form or None; ``text`` what was read, before repair,
    spaces collapsed; ``candidates`` for the reviewer, best first; ``flags``
    hard reasons to look; ``notes`` say why, as keys of ``messages``.
    ``evidence`` holds plain numbers for the calibrated confidence: what each
    means is said where it is set.
    """

    value: str | None
    text: str
    candidates: tuple[Candidate, ...] = ()
    flags: tuple[Flag, ...] = ()
    notes: tuple[Note, ...] = ()
    evidence: Mapping[str, float] = field(default_factory=dict)


def distinct(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return the items without repetition, in order."""
    return tuple(dict.fromkeys(items))


def best_first(candidates: Iterable[Candidate], limit: int = 5) -> tuple[Candidate, ...]:
    """Return at most ``limit`` candidates of different value, by falling score."""
    ranked: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: -c.score):
        ranked.setdefault(candidate.value, candidate)
    return tuple(ranked.values())[:limit]


def ocr_evidence(written: Written) -> dict[str, float]:
    """Say how sure the reader was: mean and lowest confidence, doubtful letters, second reading.

    Quotes are not counted: all kinds of them become one, and unpaired ones are asked about.
    """
    glyphs = [glyph for glyph in written.glyphs() if not glyph.text.isspace()]
    told = [glyph for glyph in glyphs if glyph.text not in QUOTES] or glyphs
    confidences = [glyph.confidence for glyph in told]
    return {
        "ocr_mean": written.mean_confidence(),
        "ocr_min": min(confidences, default=0.0),
        "ocr_doubtful": float(sum(c < 0.8 for c in confidences)),
        "letters": float(len(confidences)),
        "second": float(written.as_second() is not None),
    }
