"""Draws a set: files, ``truth.jsonl`` (a line a notice) and ``files.jsonl`` (a line a file)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

from PIL import Image

from intake.synth.compose import Scribe
from intake.synth.filling import Entry, Filling, draw_school, fill
from intake.synth.layouts import LAYOUTS, Form
from intake.synth.marks import OPTIONS, draw_marking, mark_choices, sign
from intake.synth.paint import around, paint
from intake.synth.scan import Scan, scan_plain
from intake.synth.style import draw_style
from intake.synth.typeset import Setter


def draw_set(
    folder: Path, count: int, seed: int, strata: Sequence[str] = (), fonts: Path | None = None
) -> None:
    """Draw ``count`` files into a folder, the same for the same seed."""
    folder.mkdir(parents=True, exist_ok=True)
    truths, files = [], []
    for number in range(count):
        rng = Random(f"{seed}:{number}")
        records = _draw_file(folder, f"{number:05d}.png", rng, fonts)
        truths += records
        files.append({"source": f"{number:05d}.png", "notices": len(records)})
    _write_lines(folder / "truth.jsonl", truths)
    _write_lines(folder / "files.jsonl", files)


def _draw_file(folder: Path, name: str, rng: Random, fonts: Path | None) -> list[dict[str, object]]:
    layout = LAYOUTS[rng.choice(("official", "retyped-dropped", "retyped-kept"))]
    filling = fill(rng, draw_school(rng), rng.choice(("ky", "ru")))
    style = draw_style(rng, layout, filling, "typed", fonts)
    scribe = Scribe(style, filling, rng)
    setter = Setter(style.margins)
    Form(setter, scribe, layout).draw()
    marking = draw_marking(rng, typed=True)
    mark_choices(rng, setter.sheets, filling, marking)
    sign(rng, setter.sheets, filling)
    scan = scan_plain(paint(setter.sheets[0], 300, rng), rng)
    Image.fromarray(scan.pixels).save(folder / name, dpi=(300, 300))
    strata = {
        "layout": layout.name,
        "fill": "typed",
        "gap": style.gap,
        "scan": "plain",
        "mark": marking.style,
    }
    return [record(name, scribe.truth(), {1: scan}, strata)]


def record(
    source: str, filling: Filling, scans: dict[int, Scan], strata: dict[str, str]
) -> dict[str, object]:
    """Return one line of truth: CONTRACT.md's record as far as it applies, and the strata."""
    return {
        "source": source,
        "pages": sorted(scans),
        "template": "resource-centre-notice",
        "language": filling.language,
        "fields": {name: _field(name, filling, scans) for name in filling.entries},
        "strata": strata,
    }


def _field(name: str, filling: Filling, scans: dict[int, Scan]) -> dict[str, object]:
    entry = filling.entries[name]
    page, box = None, None
    for number, scan in scans.items():
        boxes = [scan.boxes[tag] for tag in _tags(name, entry) if tag in scan.boxes]
        if boxes:
            page, box = number, [round(edge, 5) for edge in around(boxes)]
    return {
        "value": entry.value, "state": entry.state, "text": entry.text, "page": page, "box": box,
    }  # fmt: skip


def _write_lines(path: Path, rows: Sequence[dict[str, object]]) -> None:
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")


def _tags(name: str, entry: Entry) -> list[str]:
    if name in OPTIONS:
        return [f"option:{name}:{option}" for option in (entry.value or "").split(",")]
    return [f"field:{name}"]
