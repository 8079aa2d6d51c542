"""`intake learn`: what corrections say, what each proposal would change, and a yes or no to it."""

from __future__ import annotations

import argparse
import getpass
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from intake.errors import Refused
from intake.fields.reference import load_reference
from intake.learning import overlay
from intake.learning.effects import Effect, on_drawn, on_past, read_set
from intake.learning.proposals import Corrected, Proposal, confusions, propose
from intake.options import TEMPLATES
from intake.registry import lessons, line_export
from intake.registry.lessons import Said
from intake.registry.models import Lesson
from intake.score.judge import Record
from intake.synth.draw import draw_set

_MOST_CONFUSIONS = 20
_DRAWN, _SEED = 6, 20231123


@dataclass(frozen=True, slots=True)
class Weighed:
    """A proposal with what it would change."""

    proposal: Proposal
    past: Effect
    drawn: Effect | None


def show(arguments: argparse.Namespace) -> int:
    """Print what the period's corrections say and propose."""
    said = _said(arguments.days)
    corrected = _corrected(said)
    changed = sum(one.is_changed for one in corrected)
    print(f"{len(corrected)} values looked at in {arguments.days} days, {changed} changed")
    _print_confusions(corrected)
    weighed = _weigh(_proposals(corrected), corrected, arguments)
    _print_proposals(weighed)
    return 0


def apply(arguments: argparse.Namespace) -> int:
    """Show one proposal's effects, and adopt it on a yes."""
    corrected = _corrected(_said(arguments.days))
    found = [one for one in _proposals(corrected) if one.key == arguments.proposal]
    if not found:
        raise Refused(f"there is no proposal {arguments.proposal} now; see: intake learn show")
    weighed = _weigh(found, corrected, arguments)
    _print_proposals(weighed)
    if not arguments.yes and not _agreed():
        print("nothing was changed")
        return 0
    effect = {"past": weighed[0].past.as_dict()}
    if weighed[0].drawn:
        effect["drawn"] = weighed[0].drawn.as_dict()
    lesson = lessons.adopt(found[0].kind, found[0].content, effect, arguments.by or _me())
    print(f"lesson {lesson.pk} holds from the next scan on; intake learn undo {lesson.pk} ends it")
    return 0


def undo(arguments: argparse.Namespace) -> int:
    """Take a lesson back."""
    lesson = lessons.undo(arguments.lesson, arguments.by or _me())
    print(f"lesson {lesson.pk} holds no more: {_words(lesson.kind, lesson.content)}")
    return 0


def show_lessons(_arguments: argparse.Namespace) -> int:
    """Print all lessons, and which of them hold."""
    for one in Lesson.objects.order_by("pk"):
        end = f", undone {one.undone_at:%Y-%m-%d} by {one.undone_by}" if one.undone_at else ""
        print(f"{one.pk}: {_words(one.kind, one.content)}"
              f" ({one.adopted_at:%Y-%m-%d} by {one.adopted_by}{end})")  # fmt: skip
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Write line crops with their text."""
    said = [one for one in _said(arguments.days) if one.correction]
    count = sum(1 for _ in line_export.export(said, arguments.folder))
    print(f"{count} crops in {arguments.folder}")
    return 0


def _said(days: int) -> list[Said]:
    until = timezone.now()
    return lessons.said(until - timedelta(days=days), until)


def _corrected(said: Sequence[Said]) -> list[Corrected]:
    return [
        Corrected(one.record, one.kind, one.language, one.text, one.before, one.value,
                  one.confidence, one.is_flagged)
        for one in said
    ]  # fmt: skip


def _proposals(corrected: Sequence[Corrected]) -> list[Proposal]:
    """Return the proposals beyond the lessons that hold already."""
    learned = _templates([])
    held = lessons.thresholds()
    return [
        one
        for one in propose(corrected, load_reference(learned / "reference"))
        if one.kind != "thresholds"
        or float(str(one.content["flag_below"])) > held.get(str(one.content["kind"]), 0.0)
    ]


def _templates(more: Sequence[Proposal]) -> Path:
    wanted = [*lessons.holding(), *((one.kind, one.content) for one in more)]
    return overlay.folder_for(wanted, TEMPLATES, settings.LEARNED)


def _weigh(
    proposals: Sequence[Proposal], corrected: Sequence[Corrected], arguments: argparse.Namespace
) -> list[Weighed]:
    if not proposals or arguments.no_drawn:
        return [Weighed(one, on_past(one, corrected, _templates([one])), None) for one in proposals]
    with tempfile.TemporaryDirectory() as scratch:
        drawn = arguments.drawn or _draw(Path(scratch))
        read = read_set(drawn, _templates([]))
        return [_weighed(one, corrected, drawn, read) for one in proposals]


def _weighed(
    one: Proposal, corrected: Sequence[Corrected], drawn: Path, read: Sequence[Record]
) -> Weighed:
    learned = _templates([one])
    return Weighed(one, on_past(one, corrected, learned), on_drawn(one, drawn, read, learned))


def _draw(folder: Path) -> Path:
    """Draw a few notices, always the same, where no drawn set was named."""
    draw_set(folder, _DRAWN, _SEED, ["office"])
    return folder


def _print_confusions(corrected: Sequence[Corrected]) -> None:
    found = confusions(corrected)[:_MOST_CONFUSIONS]
    if not found:
        return
    table = Table("as read", "really", "times", title="Confusions", title_justify="left")
    for read, really, count in found:
        table.add_row(read or "(nothing)", really or "(nothing)", str(count))
    Console().print(table)


def _print_proposals(weighed: Sequence[Weighed]) -> None:
    if not weighed:
        print("no proposal")
        return
    table = Table("proposal", "what", "notices", "past corrections", "drawn notices")
    for one in weighed:
        what = _words(one.proposal.kind, one.proposal.content)
        drawn = _effect(one.drawn) if one.drawn else "not tried"
        table.add_row(one.proposal.key, what, str(one.proposal.records), _effect(one.past), drawn)
    Console().print(table)


def _effect(effect: Effect) -> str:
    parts = [
        f"{effect.righted} righted" if effect.righted else "",
        f"{effect.wronged} WRONGED" if effect.wronged else "",
        f"{effect.flagged} flagged more, {effect.caught} of them wrong" if effect.flagged else "",
        f"{effect.unflagged} flagged no more, {effect.missed} of them WRONG"
        if effect.unflagged
        else "",
    ]
    return f"n = {effect.n}: {'; '.join(part for part in parts if part) or 'nothing changes'}"


def _words(kind: str, content: object) -> str:
    told = content if isinstance(content, dict) else {}
    if kind == "thresholds":
        return f"flag {told['kind']} below {told['flag_below']}"
    if kind == "places":
        return f"{told['list']} {told['soate']} is also written {told['spelling']}"
    return f"{kind}: {told['word']} ({told['language']})"


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise Refused("nobody is there to say yes; give --yes")
    return input("adopt it? [y/N] ").strip().lower() in {"y", "yes"}


def _me() -> str:
    return getpass.getuser()
