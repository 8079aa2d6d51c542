"""Grades what was written in one place by the rules of its kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from intake.domain.notice import Candidate, Flag
from intake.domain.template import FieldKind, FieldRule
from intake.fields.dates import Window, grade_date
from intake.fields.graded import Graded, Note, Written, best_first, ocr_evidence
from intake.fields.identifiers import grade_inn, grade_okpo
from intake.fields.names import grade_address, grade_name, grade_text
from intake.fields.persons import grade_person
from intake.fields.places import grade_district, grade_region
from intake.fields.reference import Reference
from intake.fields.script import collapse, has_writing
from intake.fields.terms import grade_term, terms_of

_SERIAL = re.compile(r"[A-Z]{1,3}[ -]?(\d{3,})")
_CYRILLIC = str.maketrans("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху")
_LATIN = re.compile("[A-Za-z]")
_NUMBER = re.compile(r"(?:\+?\d* ?\(\d{2,6}\) ?)?[\w№+][\w№ ,/.\-–—]*")
"""A number, a code, a telephone's («(0312) 57-20-11»)."""

_LIKE_DIGITS = re.compile(r"(?<=\d)[ОоЗЧ]+(?!\w)|(?<=\d,)[ОоЧ]+(?!\w)|(?<!\w)[ОоЗЧ]+(?=\d)|^[ОЗЧ]$")
_DIGITS = str.maketrans("ОоЗЧ", "0034")
"""Letters beside digits, or alone, that no code has there: «55,ОО», «30ЧО», «Ч»."""
_NUMBERS_WORD = re.compile(r"[^\W\d_]{3,}")  # «118а», «12-к/д»: a number has no whole words

_AMONG_WORDS = re.compile(r"(?<!\S)\d[\d ,/.\-–—]*(?<=\d)(?!\S)")
"""A number between words, as they are set off by spaces."""
_DAY = re.compile(r"\D*\d{1,2}[ .»\"]{1,3}\d{1,2}[ .]{1,2}(?:19|20)\d\d\D*")
"""A whole date: a stamp's, or of the blank beside."""

_NUMBERED = (FieldKind.INN, FieldKind.OKPO)
SURE = 0.9
"""Confidence of the reader in its least sure letter from which a sound value is not read again."""

_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?")
"""A number whose thousands are set apart."""
_RUN_TOGETHER = re.compile(r"([1-9]\d{3,5})((?: \d{3})+(?:,\d+)?)")
"""One of whose first thousands that was not seen."""
_BEFORE_NUMBER = re.compile(r"^(?:[№NМм°ºо]{1,3}[ .]*)+(?=\d)")
"""The form's «№», in the shapes that readers give it."""


@dataclass(frozen=True, slots=True)
class Grader:
    """Grades values against the reference; ``today`` bounds dates.

    ``prefers_second``: of two readings the second errs less (see ``Reader``).
    """

    reference: Reference
    today: date
    prefers_second: bool = True

    def grade(self, rule: FieldRule, written: Written, printed_year: int | None = None) -> Graded:
        """Return the graded value of one field that letters were read for."""
        is_better = written.prefers_second and self.prefers_second  # names may be read first by it
        written = replace(written, prefers_second=is_better)
        if rule.kind is FieldKind.DATE:
            months, window = self.reference.months, Window(None, self.today)
            return grade_date(written, months, window, printed_year=printed_year)
        if rule.kind is FieldKind.ENUM:
            return grade_term(written, terms_of(rule, self.reference))
        if rule.kind is FieldKind.INN:
            return grade_inn(written, today=self.today)
        kind = judged_as(rule.kind, written.text)
        return _GRADES[kind](written, self.reference)

    def is_settled(self, rule: FieldRule, written: Written) -> bool:
        """Tell whether one sure reading decides, so that a second would be work for nothing.

        So do a number whose check digit passes and a place spelled as the reference
        spells it, where nothing was repaired and the reader doubted no letter.
        """
        if rule.kind not in (*_NUMBERED, FieldKind.REGION, FieldKind.DISTRICT):
            return False
        graded = self.grade(rule, written)
        if graded.value is None or graded.flags or graded.evidence["ocr_min"] < SURE:
            return False
        return not graded.evidence["repaired"] and _is_sound(rule.kind, graded.evidence)


def _is_sound(kind: FieldKind, evidence: Mapping[str, float]) -> bool:
    if kind in _NUMBERED:
        return min(evidence["check"], evidence["structure"]) == 1.0 and not evidence["skipped"]
    return evidence["exact_form"] == 1.0


def judged_as(kind: FieldKind, text: str) -> FieldKind:
    """Return the kind whose rules and confidence a value goes by: free text may be a number."""
    is_number = any(map(str.isdigit, text)) and not _NUMBERS_WORD.search(text)
    return FieldKind.NUMBER if kind is FieldKind.TEXT and is_number else kind


def _grade_number(written: Written) -> Graded:
    """Return a number or code as written («512/1», «01-7/233»)."""
    text = _number_of(written.text)
    second = _number_of(written.second or "")
    if not has_writing(text):
        return Graded(None, text, evidence=ocr_evidence(written))
    agree = _are_alike(text, second)
    disagree = bool(second) and not agree
    is_better = disagree and written.prefers_second  # docs/reader.md
    value = second if is_better and any(map(str.isdigit, second)) else text
    if agree and _THOUSANDS.fullmatch(second):
        value = second
    value = _regrouped(_without_words(value))
    # a sign or word that no number has is dirt, of another place, or part of a misread one
    is_odd = _NUMBER.fullmatch(text) is None or _NUMBERS_WORD.search(text) is not None
    is_odd = is_odd or _DAY.fullmatch(text) is not None
    is_repaired = not agree and _digits_in(text) > _digits_in(written.text)
    unsure = disagree or is_odd or is_repaired
    listed = [Candidate(each, 0.5, "read") for each in (value, text, second) if each]
    return Graded(
        value,
        collapse(written.text),
        best_first(listed) if disagree else (),
        (Flag.AMBIGUOUS,) if unsure else (),
        (Note.READINGS_DISAGREE,) if unsure else (),
        ocr_evidence(written) | {"agree": float(agree)},
    )


def _without_words(text: str) -> str:
    """Return the only number among whole words («из них на льготной основе 73», «52 сом»)."""
    number = _AMONG_WORDS.search(text) if _NUMBERS_WORD.search(text) else None
    return number[0] if number and _digits_in(number[0]) == _digits_in(text) else text


def _digits_in(text: str) -> int:
    return sum(map(str.isdigit, text))


def _regrouped(number: str) -> str:
    """Return a number with all spaces between thousands where some were seen («1845 000»)."""
    found = _RUN_TOGETHER.fullmatch(number)
    return f"{int(found[1]):,}".replace(",", " ") + found[2] if found else number


def _are_alike(text: str, second: str) -> bool:
    """Tell whether two readings of a number are the same but for spaces.

    Of a serial in Latin capitals («LS 230020») the digits count: the other reader has no Latin.
    """
    serial = _SERIAL.fullmatch(text)
    if serial and not _LATIN.search(second):
        return re.search(r"(?<!\d)" + serial[1] + "$", second) is not None
    return second.replace(" ", "") == text.replace(" ", "")


def _number_of(text: str) -> str:
    """Return a number without the rule that it stands on, its letters Cyrillic but in a serial."""
    number = _BEFORE_NUMBER.sub("", collapse(text.replace("_", " "))).strip(" .,;:'\"’‘")
    if _SERIAL.fullmatch(number):
        return number
    return _LIKE_DIGITS.sub(lambda found: found[0].translate(_DIGITS), number.translate(_CYRILLIC))


_GRADES: Mapping[FieldKind, Callable[[Written, Reference], Graded]] = {
    FieldKind.OKPO: lambda written, _: grade_okpo(written),
    FieldKind.NUMBER: lambda written, _: _grade_number(written),
    FieldKind.REGION: grade_region,
    FieldKind.DISTRICT: grade_district,
    FieldKind.PERSON: grade_person,
    FieldKind.ADDRESS: grade_address,
    FieldKind.NAME: grade_name,
    FieldKind.TEXT: grade_text,
}
