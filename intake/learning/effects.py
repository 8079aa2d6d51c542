"""What a proposal would change: on past corrections by grading again, on drawn notices by reading.

A past correction is graded from its text alone, without the letters' own
confidences, both times alike: only the difference counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

from intake.domain.template import FieldKind, FieldRule
from intake.extraction import extract_all
from intake.fields.graded import Written
from intake.fields.grading import Grader
from intake.fields.reference import load_reference
from intake.fields.script import Language
from intake.fields.words import Words, words_in
from intake.forms import load_forms
from intake.learning.proposals import Corrected, Proposal
from intake.options import TEMPLATES, Options
from intake.record import record_json
from intake.score.judge import Judgement, Record, judge, same
from intake.score.measure import pairs_of
from intake.score.report import read_lines

_GRADED = {"name", "person", "address", "district", "region"}


@dataclass(frozen=True, slots=True)
class Effect:
    """What changes among ``n`` fields, with a proposal against without it.

    ``righted`` values become right, ``wronged`` wrong; ``flagged`` and
    ``unflagged`` gain or lose their flag; ``caught`` of those that gain one are
    wrong, ``missed`` of those that lose one.
    """

    n: int
    righted: int = 0
    wronged: int = 0
    flagged: int = 0
    unflagged: int = 0
    caught: int = 0
    missed: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the numbers by name."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class _Seen:
    """One field as it comes out: whether its value is right, and whether it is flagged."""

    is_right: bool
    is_flagged: bool


def on_past(proposal: Proposal, corrected: Sequence[Corrected], learned: Path) -> Effect:
    """Return what the proposal changes on values that people set or confirmed."""
    if proposal.kind == "thresholds":
        mine = [one for one in corrected if one.kind == proposal.content["kind"]]
        below = cast(float, proposal.content["flag_below"])
        before = [_Seen(not one.is_changed, one.flagged) for one in mine]
        after = [
            replace(seen, is_flagged=seen.is_flagged or one.confidence < below)
            for seen, one in zip(before, mine, strict=True)
        ]
        return _difference(before, after)
    graded = [one for one in corrected if one.kind in _GRADED and one.value and one.text]
    return _difference(_graded(graded, TEMPLATES), _graded(graded, learned))


def _graded(corrected: Iterable[Corrected], templates: Path) -> list[_Seen]:
    reference = load_reference(templates / "reference")
    grader = Grader(reference, date.today())
    return [_grade(grader, reference.words, one) for one in corrected]


def _grade(grader: Grader, words: Words, one: Corrected) -> _Seen:
    language: Language = "ru" if one.language == "ru" else "ky"
    # A second reading that says the same: its absence would be a reason of its own. What it
    # really said is not kept; that the value was asked about is, and words read alike are not.
    written = Written(one.text, (), language, one.text)
    graded = grader.grade(FieldRule("", FieldKind(one.kind)), written)
    is_unknown = any(not words.knows(word) for word in words_in(graded.value or ""))
    doubts = bool(graded.evidence.get("near_known")) or (one.flagged and is_unknown)
    return _Seen(same(one.value, graded.value), bool(graded.flags) or doubts)


def on_drawn(proposal: Proposal, folder: Path, read: Sequence[Record], learned: Path) -> Effect:
    """Return what the proposal changes on a drawn set that was read without it."""
    truth = read_lines(folder / "truth.jsonl")
    before = _judged(read, truth)
    if proposal.kind == "thresholds":
        kind, below = str(proposal.content["kind"]), cast(float, proposal.content["flag_below"])
        return _difference(
            [_seen(one) for one in before],
            [_with_threshold(one, kind, below) for one in before],
        )
    after = {_key(one): _seen(one) for one in _judged(read_set(folder, learned), truth)}
    both = [(_seen(one), after[_key(one)]) for one in before if _key(one) in after]
    return _difference([first for first, _ in both], [then for _, then in both])


def read_set(folder: Path, templates: Path = TEMPLATES) -> list[Record]:
    """Read a drawn set; files that are refused give no record."""
    names = dict.fromkeys(str(row["source"]) for row in read_lines(folder / "truth.jsonl"))
    options = Options(templates=templates)
    paths = [str(next(folder.rglob(name))) for name in names]
    return [
        cast(Record, record_json(notice))
        for outcome in extract_all(paths, options, jobs=1)
        for notice in outcome.notices
    ]


def _judged(records: Sequence[Record], truth: Sequence[Record]) -> list[Judgement]:
    pairs, _ = pairs_of(list(records), list(truth))
    return [one for record, notice in pairs for one in judge(record, notice)]


def _key(one: Judgement) -> tuple[str, str, str | None]:
    return one.source, one.field, one.expected


def _seen(one: Judgement) -> _Seen:
    return _Seen(one.is_right, one.is_flagged)


def _with_threshold(one: Judgement, kind: str, below: float) -> _Seen:
    is_meant = _kinds().get(one.field, "") == kind
    is_low = one.confidence is not None and one.confidence < below
    return _Seen(one.is_right, one.is_flagged or (is_meant and is_low))


def _difference(before: Sequence[_Seen], after: Sequence[_Seen]) -> Effect:
    both = list(zip(before, after, strict=True))
    gained = [then for first, then in both if then.is_flagged and not first.is_flagged]
    lost = [then for first, then in both if first.is_flagged and not then.is_flagged]
    return Effect(
        len(both),
        righted=sum(then.is_right and not first.is_right for first, then in both),
        wronged=sum(first.is_right and not then.is_right for first, then in both),
        flagged=len(gained),
        unflagged=len(lost),
        caught=sum(not then.is_right for then in gained),
        missed=sum(not then.is_right for then in lost),
    )


@cache
def _kinds() -> Mapping[str, str]:
    return {f.name: str(f.kind) for form in load_forms(TEMPLATES) for f in form.fields.values()}
