"""Draws pages, and places on them, for people: the program that the registry starts for it.

``python -m intake.pictures pages FILE FOLDER NUMBER...`` writes NUMBER.jpg for each page
that can be drawn; ``python -m intake.pictures crop LEFT TOP RIGHT BOTTOM`` takes a page's
JPEG on standard input and gives the place, with a margin, on standard output.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from intake.domain.geometry import Box
from intake.engines.preview import crop, jpeg
from intake.errors import IntakeError
from intake.options import Limits
from intake.stages.rasterise import Page, rasterise
from intake.stages.receive import receive

WIDTH = 1654
"""A4 at 200 dpi: small print stays legible when a field is zoomed to."""
_DPI = 200
# What was taken in once is drawn again: only time and memory are still bounded.
_LIMITS = Limits(bytes=1 << 40, pages=1 << 20, frames=1 << 20)


def main(arguments: Sequence[str]) -> int:
    """Draw what the arguments ask for; 1, with a line on standard error, where it cannot be."""
    task, *rest = arguments
    try:
        if task == "crop":
            left, top, right, bottom = map(float, rest)
            box = Box.clipped(left, top, right, bottom)
            sys.stdout.buffer.write(crop(sys.stdin.buffer.read(), box))
        else:
            path, folder, *numbers = rest
            draw_pages(Path(path), Path(folder), [int(number) for number in numbers])
    except IntakeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def draw_pages(path: Path, folder: Path, numbers: Sequence[int]) -> None:
    """Write each of these pages as scanned into the folder; one that cannot be drawn is left out.

    Raises Refused where the file cannot be taken.
    """
    document = receive(path, _LIMITS)
    known = [number for number in numbers if 1 <= number <= document.page_count]
    for page in rasterise(document, known, dpi=_DPI, limits=_LIMITS):
        if isinstance(page, Page):
            (folder / f"{page.number}.jpg").write_bytes(jpeg(page.raster, WIDTH))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
