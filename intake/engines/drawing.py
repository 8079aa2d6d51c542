"""A PDF page drawn by poppler, and by PDFium where poppler gives up. Runs in the child."""

from __future__ import annotations

from pathlib import Path

import pdf2image
import pypdfium2 as pdfium
from pdf2image.exceptions import PDFInfoNotInstalledError, PDFPageCountError, PDFPopplerTimeoutError
from PIL import Image

from intake.engines.pictures import DAMAGE
from intake.errors import Failed

_POPPLER_SHARE = 0.5  # of a page's time; the rest is PDFium's


def draw(
    path: Path, page: pdfium.PdfPage | None, number: int, dpi: float, seconds: float
) -> tuple[Image.Image, list[str]]:
    """Return the page as RGB at this resolution, and notes on how it came about.

    Raises Failed when neither can draw it, or poppler is not installed.
    """
    image = _by_poppler(path, number, dpi, seconds * _POPPLER_SHARE)
    if image is not None:
        return image, []
    if page is None:
        raise Failed("its page cannot be drawn; print it to a new PDF or scan it again")
    drawn = page.render(scale=dpi / 72, may_draw_forms=False).to_pil().convert("RGB")
    return drawn, ["the page was drawn by PDFium because poppler could not"]


def _by_poppler(path: Path, number: int, dpi: float, seconds: float) -> Image.Image | None:
    try:
        pages = pdf2image.convert_from_path(
            path,
            dpi=dpi,  # type: ignore[arg-type]  # poppler takes fractions
            first_page=number,
            last_page=number,
            use_cropbox=True,
            timeout=max(1, round(seconds)),
        )
    except PDFInfoNotInstalledError:
        raise Failed("poppler is not installed; install the package poppler-utils") from None
    except (PDFPageCountError, PDFPopplerTimeoutError, *DAMAGE):
        return None
    return pages[0] if pages else None
