"""Line crops with the text that people say stands there, for training a reader."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from intake.errors import Failed
from intake.registry import pictures
from intake.registry.errors import NotFound
from intake.registry.lessons import Said
from intake.registry.models import Record

WRITTEN = frozenset(("name", "person", "address", "district", "region", "inn", "okpo", "number"))
"""Kinds whose value is what is written; a date's or a choice's value is not."""


def export(said: Sequence[Said], folder: Path) -> Iterator[str]:
    """Write ``NAME.jpg`` and ``NAME.gt.txt`` for each value, and ``lines.jsonl``; yield the names.

    Values without a place, and those whose original was purged, are left out.
    A value over several lines is one crop of all of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lines.jsonl").open("w", encoding="utf-8") as table:
        for one in said:
            name = _exported(one, folder)
            if name:
                row = {"name": name, "text": one.value, "read": one.text, "kind": one.kind,
                       "language": one.language}  # fmt: skip
                table.write(json.dumps(row, ensure_ascii=False) + "\n")
                yield name


def _exported(one: Said, folder: Path) -> str | None:
    if one.kind not in WRITTEN or not one.value or one.page is None or one.box is None:
        return None
    record = Record.objects.select_related("submission__original").get(pk=one.record)
    try:
        picture = pictures.crop(record, one.page, one.box)
    except (NotFound, Failed):  # purged, or no page any more
        return None
    name = f"{one.record:08d}-{one.field}"
    (folder / f"{name}.jpg").write_bytes(picture)
    (folder / f"{name}.gt.txt").write_text(f"{one.value}\n", encoding="utf-8")
    return name
