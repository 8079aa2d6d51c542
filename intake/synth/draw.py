"""Draws a set: files, ``truth.jsonl`` (a line a notice) and ``files.jsonl`` (a line a file)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from intake.synth.arrange import Drawn, arrange
from intake.synth.faces import handwriting_faces
from intake.synth.files import BORN, write
from intake.synth.filling import Entry
from intake.synth.frame import Scan
from intake.synth.marks import OPTIONS
from intake.synth.paint import around, paint
from intake.synth.paper import wear
from intake.synth.scanners import scan
from intake.synth.scenes import Scene, draw_scene, wanted_strata
from intake.synth.sheet import Sheet

PAINT_DPI = 300.0
BORN_DPI = 100.0  # only to find where the ink is
Record = dict[str, object]


def draw_set(
    folder: Path, count: int, seed: int, strata: Sequence[str] = (), fonts: Path | None = None
) -> None:
    """Draw ``count`` files into a folder, the same for the same seed and typefaces.

    ``strata`` names groups (``office``, ``hard``, ``hand``, ``born``, ``unrelated``)
    and ``axis=value`` pairs (``scanner=fax``); none means a mixture of all groups.
    ``fonts`` is a folder of handwriting-like typefaces. Raises Refused for an
    unknown stratum, Failed where no fitting typeface is installed.
    """
    groups, values = wanted_strata(strata)
    if _writes_by_hand(groups, values):
        handwriting_faces(fonts)  # better no set than half a one
    folder.mkdir(parents=True, exist_ok=True)
    truths: list[Record] = []
    files: list[Record] = []
    for number in range(count):
        rng = Random(f"{seed}:{number}")
        scene = draw_scene(rng, groups, values)
        path, records = draw_file(rng, folder / f"{number:05d}", scene, fonts)
        truths += records
        strata_of = scene.strata()
        files.append({"source": path.name, "notices": len(records), "strata": strata_of})
    _write_lines(folder / "truth.jsonl", truths)
    _write_lines(folder / "files.jsonl", files)


def _writes_by_hand(groups: Sequence[str], values: Mapping[str, str]) -> bool:
    if "fill" in values:
        return values["fill"] in ("hand", "mixed")
    return not groups or "hand" in groups


def draw_file(
    rng: Random, stem: Path, scene: Scene, fonts: Path | None
) -> tuple[Path, list[Record]]:
    """Draw one file of a scene beside ``stem``; return its path and its notices' truth."""
    bundle = arrange(rng, scene, fonts)
    quarters = scene.quarters if len(bundle.sheets) == 1 or rng.random() < 0.5 else 0
    pages = [
        (sheet, scan_sheet(rng, sheet, replace(scene, quarters=quarters)))
        for sheet in bundle.sheets
    ]
    path = write(rng, stem, scene.file, pages)
    return path, [record(path.name, drawn, pages, scene) for drawn in bundle.notices]


def scan_sheet(rng: Random, sheet: Sheet, scene: Scene) -> Scan:
    """Paint, wear and scan one sheet; a born-digital one is only measured."""
    is_born = scene.file in BORN
    painting = paint(sheet, BORN_DPI if is_born else PAINT_DPI, rng)
    wear(rng, painting, scene.paper)
    return scan(rng, painting, "none" if is_born else scene.scanner, scene.quarters)


def record(source: str, drawn: Drawn, pages: Sequence[tuple[Sheet, Scan]], scene: Scene) -> Record:
    """Return one line of truth: CONTRACT.md's record as far as it applies, and the strata."""
    scans = {
        number: scan
        for number, (sheet, scan) in enumerate(pages, 1)
        if any(sheet is own for own in drawn.sheets)
    }
    return {
        "source": source,
        "pages": sorted(scans),
        "template": "resource-centre-notice",
        "language": drawn.filling.language,
        "fields": {
            name: _field(_tags(drawn, name, entry), entry, scans)
            for name, entry in drawn.filling.entries.items()
        },
        "strata": {**scene.strata(), "language": drawn.filling.language, **drawn.strata},
    }


def _field(tags: Sequence[str], entry: Entry, scans: dict[int, Scan]) -> Record:
    page, box = None, None
    for number, scan_of_page in scans.items():
        boxes = [scan_of_page.boxes[tag] for tag in tags if tag in scan_of_page.boxes]
        if boxes:
            page, box = number, [round(edge, 5) for edge in around(boxes)]
    return {
        "value": entry.value, "state": entry.state, "text": entry.text, "page": page, "box": box,
    }  # fmt: skip


def _tags(drawn: Drawn, name: str, entry: Entry) -> list[str]:
    if name in OPTIONS or (name == "ownership" and drawn.strata["ownership"] == "marked"):
        options = (entry.value or "").split(",")
        return [drawn.filling.tag("option", f"{name}:{option}") for option in options]
    return [drawn.filling.tag("field", name)]


def _write_lines(path: Path, rows: Sequence[Record]) -> None:
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")
