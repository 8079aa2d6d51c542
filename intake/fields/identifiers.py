"""INN and OKPO of an organisation: digits, structure, check digit.

What becomes the value:

- Only a number with exactly the right count of digits. With another count the
  value is None and the flag ``unreadable``; ``text`` keeps what was read. The one
  exception is an INN of 13 digits whose lost leading 0 (spreadsheets drop it)
  makes date and check digit right: it is restored and flagged ``corrected``.
- A letter standing for a digit is repaired and flagged ``corrected``, unless the
  other reading has the same number in plain digits: then that one is the text.
- Two readings that differ: the one whose check digit and structure are right.
  If that is the first, it needs no flag (the other cannot be right as well); if
  it is the second, or neither or both are right, ``ambiguous`` with both as
  candidates.
- One reading that fails while exactly one other letter the reader considered
  makes it right: that number, ``ambiguous`` and ``corrected``, both candidates.
- A check that fails is ``check-failed``; the digits stay as read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz.distance import LCSseq

from intake.domain.notice import Candidate, Flag
from intake.fields.check_digits import (
    INN_LENGTH,
    OKPO_LENGTH,
    has_inn_structure,
    inn_date,
    is_placeholder,
    passes,
)
from intake.fields.digits import Run, runs, sections
from intake.fields.graded import Graded, Note, Written, best_first, distinct, ocr_evidence
from intake.fields.script import collapse, has_writing

CONFUSED_DIGITS = ("35", "17", "68", "08", "56", "06", "89", "38", "14", "49", "27")
"""Pairs that OCR or a hasty hand confuses; used for suggestions only."""


_BOX_SIDES = re.compile(r"[|\[\]{}(]")
_SIDES = 3
"""Sides of boxes in a reading from which its digits are not believed."""


@dataclass(frozen=True, slots=True)
class _Rules:
    name: str
    length: int
    has_structure: Callable[[str], bool]

    def is_sound(self, digits: str) -> bool:
        return passes(digits) and self.has_structure(digits) and not is_placeholder(digits)


@dataclass(frozen=True, slots=True)
class _Found:
    """One reading's number: its digits (of the right count or not) and how they were found."""

    digits: str
    run: Run
    text: str
    sound: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class _Choice:
    """The number decided for, which reading it is from, and why a person must look."""

    digits: str | None
    source: _Found
    flags: tuple[Flag, ...] = ()
    notes: tuple[Note, ...] = ()
    others: tuple[Candidate, ...] = ()


def grade_inn(written: Written, *, today: date) -> Graded:
    """Return the 14 digits of an organisation's INN."""
    return _grade(written, _inn_rules(today))


def grade_okpo(written: Written) -> Graded:
    """Return the 8 digits of an OKPO."""
    return _grade(written, _OKPO_RULES)


def grade_pair(inn: Written, okpo: Written, *, today: date) -> tuple[Graded, Graded]:
    """Return INN and OKPO of one organisation, seeing to it that neither stands for the other.

    Numbers written into each other's place are put right and flagged
    ``corrected``; a labelled OKPO in the place of the INN (or the other way
    round) is taken from there, likewise flagged, where its own place is empty.
    """
    rules = _inn_rules(today)
    graded = _grade(inn, rules), _grade(okpo, _OKPO_RULES)
    crossed = _grade(okpo, rules), _grade(inn, _OKPO_RULES)
    if not any(_is_sound(g) for g in graded) and all(_is_sound(g) for g in crossed):
        return _moved(crossed[0]), _moved(crossed[1])
    if graded[0].value is None and not has_writing(inn.text) and _is_labelled(okpo, "inn"):
        return _moved(crossed[0]), graded[1]
    if graded[1].value is None and not has_writing(okpo.text) and _is_labelled(inn, "okpo"):
        return graded[0], _moved(crossed[1])
    return _suggest(graded[0], crossed[0]), _suggest(graded[1], crossed[1])


def is_person(inn: str | None) -> bool:
    """Tell whether a number in place of an INN is built like a person's (sensitive)."""
    return inn is not None and len(inn) == INN_LENGTH and inn[0] in "12"


def _inn_rules(today: date) -> _Rules:
    return _Rules("inn", INN_LENGTH, lambda inn: has_inn_structure(inn, today))


_OKPO_RULES = _Rules("okpo", OKPO_LENGTH, lambda _: True)


def _grade(written: Written, rules: _Rules) -> Graded:
    again = written.as_second()
    boxed = again is not None and _is_boxed(written.text, rules)
    first = None if boxed else _find(written, rules)
    second = _find(again, rules) if again else None
    if first is None and second is None:
        return _illegible(written)
    if boxed and second and second.sound and _is_among(second.digits, written.text):
        choice = _Choice(second.digits, second)
    else:
        choice = _decide(first, second, rules)
    choice = _whole(_confirm(choice, first, second))
    return Graded(
        choice.digits,
        choice.source.text,
        _candidates(choice, rules),
        distinct(choice.flags + _check_flags(choice.digits, rules)),
        distinct(choice.notes + _check_notes(choice.digits, rules)),
        ocr_evidence(written) | _evidence(choice, first, second, rules),
    )


def _find(written: Written, rules: _Rules) -> _Found | None:
    parts = sections(written.glyphs())
    for glyphs in (parts.get(rules.name), parts[""]):
        found = runs(glyphs, rules.length) if glyphs else []
        if found:
            return _soundest(found, collapse(written.text), rules)
    return None


def _is_boxed(text: str, rules: _Rules) -> bool:
    """Tell whether the digits stand in boxes, whose sides are read as «|», «[» and «1».

    A second reading is made without them.
    """
    sides, digits = len(_BOX_SIDES.findall(text)), sum(sign.isdigit() for sign in text)
    return sides >= _SIDES or (sides > 0 and digits > rules.length)


def _is_among(digits: str, boxed: str) -> bool:
    """Tell whether a sound number was also read, but for one digit, between sides of boxes.

    One wrong digit never passes the check digit, so two readings stand behind the whole.
    """
    return int(LCSseq.similarity(digits, boxed)) >= len(digits) - 1


def _soundest(found: list[Run], text: str, rules: _Rules) -> _Found:
    if len(found[0].places) != rules.length:
        return _Found(found[0].digits, found[0], text, sound=False, exact=False)
    for run in found:
        for digits in run.variants():
            if rules.is_sound(digits):
                return _Found(digits, run, text, sound=True, exact=True)
    return _Found(found[0].digits, found[0], text, sound=False, exact=True)


def _decide(first: _Found | None, second: _Found | None, rules: _Rules) -> _Choice:
    if first and first.exact:
        if second and second.exact:
            return _choose(first, second)
        return _Choice(first.digits, first) if first.sound else _ask_alternatives(first, rules)
    if second and second.exact:
        flags = (Flag.AMBIGUOUS,)
        return _Choice(second.digits, second, flags, (Note.READINGS_DISAGREE,))
    return _restore_zero(first or second, rules)


def _choose(first: _Found, second: _Found) -> _Choice:
    if first.digits == second.digits or (first.sound and not second.sound):
        others = () if first.digits == second.digits else (_as_candidate(second, 0.1, "second"),)
        return _Choice(first.digits, first, others=others)
    best, other = (second, first) if second.sound and not first.sound else (first, second)
    chosen_by = (Note.CHOSEN_BY_CHECK,) if best.sound and not other.sound else ()
    rest = (_as_candidate(other, 0.4, "second" if other is second else "first"),)
    notes = (Note.READINGS_DISAGREE, *chosen_by)
    return _Choice(best.digits, best, (Flag.AMBIGUOUS,), notes, rest)


def _ask_alternatives(first: _Found, rules: _Rules) -> _Choice:
    passing = [(digits, c) for digits, c in first.run.neighbours() if rules.is_sound(digits)]
    as_read = _as_candidate(first, 0.3, "read")
    if len(passing) != 1:
        others = tuple(Candidate(d, 0.2 * c, "alternative") for d, c in passing)
        unsure = (Flag.AMBIGUOUS,) if passing else ()
        return _Choice(first.digits, first, unsure, others=others)
    flags = (Flag.AMBIGUOUS, Flag.CORRECTED)
    return _Choice(passing[0][0], first, flags, (Note.CHOSEN_BY_CHECK,), (as_read,))


def _restore_zero(found: _Found | None, rules: _Rules) -> _Choice:
    if found is None:
        raise ValueError("nothing found to restore a number from")
    restored = "0" + found.digits
    fits = len(restored) == rules.length and found.run.skipped == 0 and rules.is_sound(restored)
    if fits and rules.name == "inn":
        return _Choice(restored, found, (Flag.CORRECTED,), (Note.ZERO_RESTORED,))
    others = (Candidate(restored, 0.5, "leading zero"),) if fits else _one_less(found, rules)
    return _Choice(None, found, (Flag.UNREADABLE,), (Note.DIGIT_COUNT,), others)


def _one_less(found: _Found, rules: _Rules) -> tuple[Candidate, ...]:
    """Suggest, for one digit too many (a split or doubled one), what passes without it."""
    if len(found.digits) != rules.length + 1:
        return ()
    shorter = {found.digits[:i] + found.digits[i + 1 :] for i in range(len(found.digits))}
    return tuple(Candidate(s, 0.3, "one less") for s in sorted(shorter) if rules.is_sound(s))


def _confirm(choice: _Choice, first: _Found | None, second: _Found | None) -> _Choice:
    """Flag letters repaired, unless a reading in plain digits says the same."""
    if choice.digits is None or choice.digits != choice.source.digits:
        return choice
    same = [f for f in (first, second) if f and f.exact and f.digits == choice.digits]
    plainest = min(same, key=lambda found: found.run.repaired)
    if plainest.run.repaired == 0:
        return replace(choice, source=plainest)
    return replace(
        choice,
        flags=(*choice.flags, Flag.CORRECTED),
        notes=(*choice.notes, Note.DIGITS_REPAIRED),
    )


def _whole(choice: _Choice) -> _Choice:
    """Flag a number beside which other digits stand: perhaps one of them belongs to it."""
    if choice.digits is None or not choice.source.run.left_out:
        return choice
    flags, notes = (*choice.flags, Flag.AMBIGUOUS), (*choice.notes, Note.DIGIT_COUNT)
    return replace(choice, flags=flags, notes=notes)


def _check_flags(digits: str | None, rules: _Rules) -> tuple[Flag, ...]:
    return (Flag.CHECK_FAILED,) if _check_notes(digits, rules) else ()


def _check_notes(digits: str | None, rules: _Rules) -> tuple[Note, ...]:
    if digits is None:
        return ()
    if is_placeholder(digits):
        return (Note.PLACEHOLDER,)
    if rules.name == "inn" and is_person(digits):
        return (Note.INN_PERSON,)  # the check digit was not found to hold for persons
    failed = () if passes(digits) else (Note.CHECK_DIGIT,)
    if rules.has_structure(digits):
        return failed
    return (*failed, Note.INN_FIRST_DIGIT if digits[0] != "0" else Note.INN_DATE)


def _candidates(choice: _Choice, rules: _Rules) -> tuple[Candidate, ...]:
    if choice.digits is None:
        return best_first(choice.others)
    score = 0.9 if rules.is_sound(choice.digits) else 0.5
    mine = Candidate(choice.digits, score, "value")
    slips = () if rules.is_sound(choice.digits) else _slips(choice.digits, rules)
    return best_first((mine, *choice.others, *slips))


def _slips(digits: str, rules: _Rules) -> list[Candidate]:
    """Suggest the numbers one confusable digit away that are sound."""
    found = []
    for index, digit in enumerate(digits):
        for pair in CONFUSED_DIGITS:
            if digit in pair:
                other = digits[:index] + pair.replace(digit, "") + digits[index + 1 :]
                found.extend([Candidate(other, 0.1, "one digit")] if rules.is_sound(other) else [])
    return found


def _evidence(
    choice: _Choice, first: _Found | None, second: _Found | None, rules: _Rules
) -> dict[str, float]:
    digits = choice.digits or ""
    both = first is not None and second is not None and first.exact and second.exact
    return {
        "exact": float(choice.digits is not None),
        "check": float(passes(digits)),
        "structure": float(bool(digits) and rules.has_structure(digits)),
        "usual_middle": float(digits[9:11] == "10"),  # so in every INN published
        "repaired": float(choice.source.run.repaired),
        "skipped": float(choice.source.run.skipped),
        "digits": float(len(choice.source.digits)),
        "both_exact": float(both),
        "agree": float(both and first is not None and second is not None
                       and first.digits == second.digits),
    }  # fmt: skip


def _as_candidate(found: _Found, score: float, origin: str) -> Candidate:
    return Candidate(found.digits, score, origin)


def _illegible(written: Written) -> Graded:
    text = collapse(written.text)
    if not has_writing(text):
        return Graded(None, text, evidence=ocr_evidence(written))
    flags, notes = (Flag.UNREADABLE,), (Note.NOT_A_NUMBER,)
    return Graded(None, text, (), flags, notes, ocr_evidence(written))


def _is_sound(graded: Graded) -> bool:
    return graded.value is not None and Flag.CHECK_FAILED not in graded.flags


def _is_labelled(written: Written, label: str) -> bool:
    return label in sections(written.glyphs())


def _moved(graded: Graded) -> Graded:
    return replace(
        graded,
        flags=distinct((*graded.flags, Flag.CORRECTED)),
        notes=distinct((*graded.notes, Note.SWAPPED)),
    )


def _suggest(graded: Graded, crossed: Graded) -> Graded:
    """Offer a sound number from the other place where this place gave none."""
    if graded.value is not None or not _is_sound(crossed) or crossed.value is None:
        return graded
    other = Candidate(crossed.value, 0.6, "other place")
    return replace(graded, candidates=best_first((*graded.candidates, other)))


def registered(inn: str | None) -> date | None:
    """Return the date of registration an organisation's INN tells of, None where it tells none."""
    if inn is None or len(inn) != INN_LENGTH or inn[0] != "0":
        return None
    return inn_date(inn)
