"""Measures how often the same paper is known when it is scanned again.

``python -m tests.bench.rescans 10 200``: so many schools, the first of this number. Each has three
papers: a notice; the same file printed again with dates nine days earlier, marked, signed and
sealed anew; and one set in another way. The first is scanned three times, the second twice, each
time by another device from paper that wore meanwhile. A minute of CPU for three schools.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intake.settings")
django.setup()

from PIL import Image  # noqa: E402

from intake.domain.notice import Notice  # noqa: E402
from intake.engines.fingerprint import fingerprint  # noqa: E402
from intake.options import Options  # noqa: E402
from intake.pipeline import ReadPage, assemble, read_pages  # noqa: E402
from intake.registry import forms  # noqa: E402
from intake.registry.likeness import Side, is_one_paper  # noqa: E402
from intake.registry.models import FieldValue  # noqa: E402
from intake.stages.receive import receive  # noqa: E402
from intake.synth.arrange import Bundle  # noqa: E402
from intake.synth.draw import PAINT_DPI  # noqa: E402
from intake.synth.filling import School, draw_school  # noqa: E402
from intake.synth.paint import paint  # noqa: E402
from intake.synth.paper import wear  # noqa: E402
from intake.synth.scanners import scan  # noqa: E402
from intake.synth.scenes import Scene, draw_scene  # noqa: E402
from intake.synth.sheet import Sheet  # noqa: E402

_DEVICES = (
    "grey-300", "grey-300", "grey-200", "grey-200", "colour-300", "bitonal-300", "dark-border",
    "grey-150", "fax", "tilted", "phone", "phone", "phone",
)  # fmt: skip
_PAPERS = (
    "clean", "clean", "tinted", "stapled", "punched", "folded", "highlighted", "bleed-through",
    "crumpled", "coffee",
)  # fmt: skip
_SCANS = (("first", 0), ("first", 1), ("first", 2), ("reprint", 0), ("reprint", 1), ("other", 0))


@dataclass(frozen=True, slots=True)
class Scanned:
    """One scan as the registry would compare it; ``inn`` is what was read."""

    school: int
    paper: str
    device: str
    inn: str
    side: Side


class Reprinted(Bundle):
    """A bundle whose ink is put down by a hand of its own."""

    hand: str = ""

    def _add_ink(self, *arguments: Any) -> dict[str, str]:
        self.rng = Random(self.hand)
        return super()._add_ink(*arguments)


def main() -> None:
    """Measure and print."""
    schools, first = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        scans = [
            scanned
            for number in range(first, first + schools)
            for scanned in _scans(number, Path(folder))
        ]
    counts: Counter[tuple[str, str]] = Counter()
    for one, other in combinations(scans, 2):
        kind = _kind(one, other)
        counts[kind, "pairs"] += 1
        is_asked = bool(one.inn) and (one.inn == other.inn or kind == "other school")
        counts[kind, "found"] += is_asked and is_one_paper(one.side, other.side)
    for kind in sorted({kind for kind, _ in counts}):
        print(f"{kind}: {counts[kind, 'found']} of {counts[kind, 'pairs']} taken for one paper")


def _kind(one: Scanned, other: Scanned) -> str:
    if one.school != other.school:
        return "other school"
    if one.paper != other.paper:
        return "same school, " + " and ".join(sorted((one.paper, other.paper)))
    return "same paper" + (", a phone's" if "phone" in (one.device, other.device) else "")


def _scans(number: int, folder: Path) -> Iterator[Scanned]:
    rng = Random(f"school:{number}")
    scene = draw_scene(rng, ["office"], {})
    while scene.layout == "two-pages":
        scene = draw_scene(rng, ["office"], {})
    scene = replace(scene, arrangement="one", quarters=0, file="png")
    school = draw_school(rng)
    school = replace(school, absent=frozenset(), signed={"signature": True, "seal": True})
    for paper, turn in _SCANS:
        own = Random(f"{number}:{paper}:{turn}")
        device, worn = own.choice(_DEVICES), own.choice(_PAPERS)
        painting = paint(_sheet(number, paper, scene, school), PAINT_DPI, Random(f"{number}:paint"))
        wear(own, painting, worn)
        result = scan(own, painting, device, 0)
        path = folder / f"{number}-{paper}-{turn}.png"
        Image.fromarray(result.pixels).save(path, dpi=result.dpi)
        side = _read(path)
        if side is not None:
            inn = side.values["organization_inn"].value
            yield Scanned(number, paper, device, inn or "", side)


def _sheet(number: int, paper: str, scene: Scene, school: School) -> Sheet:
    if paper == "reprint":
        days = {name: day - timedelta(days=9) for name, day in school.days.items()}
        school = replace(school, days=days)
    style = "other" if paper == "other" else "first"
    bundle = Reprinted(Random(f"{number}:{style}"), scene, None, [], [])
    bundle.hand = f"{number}:{paper}"
    bundle.notice(school, scene.language)
    return bundle.sheets[0]


def _read(path: Path) -> Side | None:
    """Return the scan's only notice as the registry compares it; None where none was found."""
    options, pages = Options(), list[ReadPage]()

    def readable(document: Any) -> Iterator[ReadPage]:
        for page in read_pages(document, options):
            if isinstance(page, ReadPage):
                pages.append(page)
                yield page

    document = receive(path, options.limits)
    found = assemble(document, readable(document), options)
    notices = [each for each in found if isinstance(each, Notice)]
    path.unlink()
    return _side(notices[0], fingerprint(pages[0].grey)) if notices else None


def _side(notice: Notice, sign: str) -> Side:
    values = {
        name: FieldValue(
            name=name, value=read.value, flags=[str(flag) for flag in read.flags],
            page=read.page, box=read.box.as_list() if read.box else None,
        )
        for name, read in notice.fields.items()
    }  # fmt: skip
    return Side(values, forms.kinds(notice.template), sign, notice.pages[0])


if __name__ == "__main__":
    main()
