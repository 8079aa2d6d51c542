"""Born-digital PDFs: the same sheets with a text layer, and layers over scanned pages."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from intake.synth.faces import Face, print_families
from intake.synth.frame import Scan
from intake.synth.sheet import Item, Rule, Run, Sheet, Stamp, Stroke

INVISIBLE = 3  # text render mode of ISO 32000, 9.3.6


def born_pdf(sheets: Sequence[Sheet]) -> bytes:
    """Return a PDF whose text is text; faces must be embeddable."""
    packed = io.BytesIO()
    canvas = Canvas(packed, invariant=1)
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        for item in sheet.items:
            _draw(canvas, item, sheet.height)
        canvas.showPage()
    canvas.save()
    return packed.getvalue()


def layered_pdf(rng: Random, pages: Sequence[tuple[Sheet, Scan]]) -> bytes:
    """Return scanned pages under an invisible text layer of somebody's OCR, with its errors."""
    packed = io.BytesIO()
    canvas = Canvas(packed, invariant=1)
    face = next(f.regular for f in print_families() if f.is_embeddable)
    for sheet, scan in pages:
        height, width = scan.pixels.shape[:2]
        size = (width / scan.dpi[0] * 72, height / scan.dpi[1] * 72)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(_jpeg(scan)), 0, 0, *size)
        for item in sheet.items:
            if isinstance(item, Run) and not item.by_hand:
                _hidden(canvas, item, size[1], (face, misread(rng, item.text)))
        canvas.showPage()
    canvas.save()
    return packed.getvalue()


def misread(rng: Random, text: str) -> str:
    """Return the text as a Russian OCR model reads it, here and there wrong (confusions.csv)."""
    plain = text.translate(str.maketrans("өүңӨҮҢ", "еунОУН"))
    swaps = {"3": "5", "8": "6", "0": "О", "1": "Т", "б": "6", "и": "н"}
    return "".join(swaps.get(c, c) if rng.random() < 0.06 else c for c in plain)


def _jpeg(scan: Scan) -> io.BytesIO:
    packed = io.BytesIO()
    Image.fromarray(scan.pixels).save(packed, "JPEG", quality=80)
    packed.seek(0)
    return packed


def _hidden(canvas: Canvas, run: Run, height: float, said: tuple[Face, str]) -> None:
    text = canvas.beginText(run.x, height - run.baseline)
    text.setFont(_registered(said[0]), run.size)
    text.setTextRenderMode(INVISIBLE)
    text.textOut(said[1] + " ")
    canvas.drawText(text)


def _draw(canvas: Canvas, item: Item, height: float) -> None:
    if isinstance(item, Run):
        canvas.setFillColorRGB(*(part / 255 for part in item.colour))
        canvas.setFont(_registered(item.face), item.size)
        canvas.drawString(item.x, height - item.baseline, item.text)
    elif isinstance(item, Rule):
        canvas.setLineWidth(item.thickness)
        canvas.setStrokeColorRGB(0, 0, 0)
        canvas.line(item.left, height - item.y, item.right, height - item.y)
    elif isinstance(item, Stroke):
        _stroke(canvas, item, height)
    else:
        _stamp(canvas, item, height)


def _stroke(canvas: Canvas, stroke: Stroke, height: float) -> None:
    canvas.setStrokeColorRGB(*(part / 255 for part in stroke.colour))
    canvas.setLineWidth(sum(stroke.widths) / len(stroke.widths))
    path = canvas.beginPath()
    path.moveTo(stroke.path[0][0], height - stroke.path[0][1])
    for x, y in stroke.path[1:]:
        path.lineTo(x, height - y)
    canvas.drawPath(path)


def _stamp(canvas: Canvas, stamp: Stamp, height: float) -> None:
    colour = np.broadcast_to(np.array(stamp.colour, dtype=np.uint8), (*stamp.alpha.shape, 3))
    alpha = np.asarray(np.clip(stamp.alpha, 0, 1) * 255, dtype=np.uint8)
    picture = Image.fromarray(np.dstack((colour, alpha)))
    bottom = height - stamp.top - stamp.height
    canvas.drawImage(
        ImageReader(picture), stamp.left, bottom, stamp.width, stamp.height, mask="auto"
    )


def _registered(face: Face) -> str:
    return _register(face.paths[0])


@cache
def _register(path: Path) -> str:
    pdfmetrics.registerFont(TTFont(path.stem, str(path)))
    return path.stem
