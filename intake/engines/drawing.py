"""A PDF page drawn by poppler, and by PDFium where poppler gives up. Runs in the child."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pdf2image
import pypdfium2 as pdfium
from pdf2image.exceptions import PDFInfoNotInstalledError, PDFPageCountError, PDFPopplerTimeoutError
from PIL import Image

from intake.engines.nursery import RESCAN
from intake.engines.pictures import DAMAGE
from intake.errors import Failed

_POPPLER_SHARE = 0.5  # of a page's time; the rest is PDFium's
_SAME_SIZE = 0.03


@dataclass(frozen=True, slots=True)
class Order:
    """What to draw: a page of a PDF (its path, or its bytes once repaired) and how finely."""

    source: Path | bytes
    number: int
    dpi: float
    seconds: float


def draw(order: Order, page: pdfium.PdfPage | None) -> tuple[Image.Image, list[str]]:
    """Return the page as RGB at this resolution, and notes on how it came about.

    Raises Failed when neither can draw it, or poppler is not installed.
    """
    image = _by_poppler(order)
    if image is not None and _is_that_page(image, page, order.dpi):
        return image, []
    if page is None:
        raise Failed(f"its page cannot be drawn; {RESCAN}")
    drawn = page.render(scale=order.dpi / 72, may_draw_forms=False).to_pil().convert("RGB")
    return drawn, ["the page was drawn by PDFium because poppler could not"]


def _by_poppler(order: Order) -> Image.Image | None:
    convert = (
        pdf2image.convert_from_bytes
        if isinstance(order.source, bytes)
        else pdf2image.convert_from_path
    )
    try:
        pages = convert(
            order.source,  # type: ignore[arg-type]  # each takes its own
            dpi=order.dpi,  # type: ignore[arg-type]  # poppler takes fractions
            first_page=order.number,
            last_page=order.number,
            use_cropbox=True,
            timeout=max(1, round(order.seconds * _POPPLER_SHARE)),
        )
    except PDFInfoNotInstalledError:
        raise Failed("poppler is not installed; install the package poppler-utils") from None
    except (PDFPageCountError, PDFPopplerTimeoutError, *DAMAGE):
        return None
    return pages[0] if pages else None


def _is_that_page(image: Image.Image, page: pdfium.PdfPage | None, dpi: float) -> bool:
    """Whether poppler drew what PDFium means; of a page it cannot read it draws one pixel."""
    if page is None:
        return max(image.size) > 1
    expected = (side * dpi / 72 for side in page.get_size())
    return all(
        abs(have - want) <= max(2.0, _SAME_SIZE * want)
        for have, want in zip(image.size, expected, strict=True)
    )
