"""PDF files: how many pages, and each page as a picture. Runs in the child.

PDFium tells structure, pictures and characters; poppler draws the pages that
are not one picture. Neither runs scripts, follows links or opens attachments.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from intake.engines.drawing import Order, draw
from intake.engines.finish import Finished, finish, send_page
from intake.engines.nursery import RESCAN, TOO_MUCH_MEMORY, Send, allow_cpu
from intake.engines.pdf_content import Content, Sort, content
from intake.engines.pdf_letters import hidden_note, letters
from intake.engines.pdf_picture import sole_picture, take
from intake.engines.pictures import DAMAGE, DAMAGED
from intake.engines.resolution import drawing_dpi
from intake.errors import Failed, IntakeError, Refused

if TYPE_CHECKING:
    import pikepdf

_CHUNK = 1 << 22
_PAGES_AN_OPENING = 16
_RECODED = re.compile(rb"/Decode(?!Parms)")
_MASKED = re.compile(rb"/S?Mask(?!\s*/None)")
# a name may be spelt with codes (/S#4dask), which no honest writer does for these
_CODED = re.compile(rb"/(?=[A-Za-z0-9]{0,8}#[0-9A-Fa-f]{2})[A-Za-z0-9#]{4,30}")
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
# a form of its own may hold a masked picture
_MASK_KEYS = ("/SMask", "/Mask", "/SMaskInData", "/Resources")


def survey(request: dict[str, Any], send: Send) -> None:
    """Send the number of pages, and of attachments. Raises Refused where it cannot be read."""
    document, _ = _open(Path(request["path"]))
    if raw.FPDF_GetFormType(document) == raw.FORMTYPE_XFA_FULL:
        raise Refused("it is an XFA form that only Adobe Reader shows; print it to a new PDF")
    attachments = raw.FPDFDoc_GetAttachmentCount(document)
    if attachments > 0 and _is_portfolio(Path(request["path"])):
        raise Refused(
            f"it is a portfolio of {attachments} attached files; save them and send each one"
        )
    send({"pages": len(document), "attachments": attachments})


def send_pages(request: dict[str, Any], send: Send) -> None:
    """Send each page of ``request["pages"]``, or why it cannot be read."""
    file = _File(request)
    for count, number in enumerate(request["pages"], 1):
        allow_cpu(request["page_seconds"])
        if count % _PAGES_AN_OPENING == 0:
            file.reopen()
        try:
            file.send_page(number, send)
        except IntakeError as error:
            family = "refused" if isinstance(error, Refused) else "failed"
            send({"unread": number, "error": family, "message": str(error)})
        except MemoryError:
            send({"unread": number, "error": "refused", "message": TOO_MUCH_MEMORY})
        except DAMAGE:
            send({"unread": number, "error": "refused", "message": DAMAGED})


class _File:
    """One open PDF and how it is to be read."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.path = Path(request["path"])
        self.request = request
        self.document, self.repaired = _open(self.path)
        self.structure: pikepdf.Pdf | None = None
        self.is_recoded, self.is_masked = _traits(self.path)

    def reopen(self) -> None:
        """Let go of all pages seen: PDFium keeps every picture that it met until then."""
        self.document.close()
        source = self.path if self.repaired is None else self.repaired
        self.document = pdfium.PdfDocument(source)

    def send_page(self, number: int, send: Send) -> None:
        page, about = self._load(number), self._notes(number)
        if page is None:
            send_page(send, number, self._drawn(number, None, None), {"notes": about})
            return
        try:
            seen = content(page)
            if not seen.painted and not seen.has_annotations and self._is_damaged():
                raise Refused(f"what stood on this page is lost in the damaged PDF; {RESCAN}")
            picture = self._picture(page, number, seen)
            if picture is not None:
                hidden = hidden_note(seen, Sort.TEXT, Sort.HIDDEN_TEXT)  # under it, or invisible
                send_page(send, number, picture, {"notes": (*picture.notes, *hidden, *about)})
                return
            text = letters(page, seen)
            drawn = self._drawn(number, page, seen)
            more = {"letters": text.sent} if text.sent else {}
            send_page(send, number, drawn, {"notes": (*drawn.notes, *text.notes, *about), **more})
        finally:
            page.close()

    def _notes(self, number: int) -> tuple[str, ...]:
        notes = []
        if self.repaired is not None:
            notes.append("the PDF was damaged and was repaired: some of it may be lost")
        count = raw.FPDFDoc_GetAttachmentCount(self.document)
        if number == 1 and count > 0:
            notes.append(f"{count} files attached to the PDF were not read")
        return tuple(notes)

    def _load(self, number: int) -> pdfium.PdfPage | None:
        try:
            return self.document[number - 1]
        except pdfium.PdfiumError:
            return None

    def _picture(self, page: pdfium.PdfPage, number: int, seen: Content) -> Finished | None:
        picture = sole_picture(seen)
        if picture is None or (self.is_masked and self._has_mask(number)):
            return None
        return take(
            page,
            picture,
            seen,
            self.request["dpi"],
            is_plain=not self.is_recoded,
            most_pixels=self.request["pixels"],
        )

    def _is_damaged(self) -> bool:
        """Whether the file had to be put together again: an empty page may not have been empty."""
        import pikepdf  # noqa: PLC0415  # needed for few files only

        try:
            return self.repaired is not None or bool(self._structure().get_warnings())
        except (pikepdf.PdfError, *DAMAGE):
            return True

    def _structure(self) -> pikepdf.Pdf:
        import pikepdf  # noqa: PLC0415

        if self.structure is None:
            source = self.path if self.repaired is None else io.BytesIO(self.repaired)
            self.structure = pikepdf.open(source)
        return self.structure

    def _has_mask(self, number: int) -> bool:
        """Whether any picture of this page has a mask, or it cannot be told."""
        import pikepdf  # noqa: PLC0415  # needed for few files only

        try:
            if self.structure is None:
                self.structure = pikepdf.open(
                    io.BytesIO(self.repaired) if self.repaired else self.path
                )
            resources = self.structure.pages[number - 1].resources
            pictures = resources.get("/XObject", pikepdf.Dictionary())
            return any(key in picture for _, picture in pictures.items() for key in _MASK_KEYS)
        except (pikepdf.PdfError, *DAMAGE):
            return True

    def _drawn(self, number: int, page: pdfium.PdfPage | None, seen: Content | None) -> Finished:
        dpi = self.request["dpi"]
        if seen is not None:
            inches = seen.width_inches, seen.height_inches
            dpi = drawing_dpi(*inches, dpi, self.request["page_inches"])
        source = self.path if self.repaired is None else self.repaired
        order = Order(source, number, dpi, self.request["page_seconds"])
        image, notes = draw(order, page)
        return finish(image, (dpi, dpi), self.request["dpi"], notes)


def _open(path: Path) -> tuple[pdfium.PdfDocument, bytes | None]:
    """Open a PDF; where it had to be repaired for that, its new bytes too."""
    try:
        return pdfium.PdfDocument(path), None
    except pdfium.PdfiumError as error:
        cause = _cause(error)
        repaired = _repaired(path) if getattr(error, "err_code", 0) == raw.FPDF_ERR_FORMAT else None
    if repaired is None:
        raise cause
    try:
        return pdfium.PdfDocument(repaired), repaired
    except pdfium.PdfiumError:
        raise cause from None


def _repaired(path: Path) -> bytes | None:
    """Return the file as qpdf can put it together again, None where it cannot or finds no page."""
    import pikepdf  # noqa: PLC0415  # needed for few files only

    out = io.BytesIO()
    try:
        with pikepdf.open(path) as document:
            if not document.pages:
                return None
            document.save(out)
    except (pikepdf.PdfError, *DAMAGE):
        return None
    return out.getvalue()


def _cause(error: pdfium.PdfiumError) -> IntakeError:
    code = getattr(error, "err_code", None)
    if code == raw.FPDF_ERR_PASSWORD:
        return Refused("it is encrypted; save a copy without a password and send that")
    if code == raw.FPDF_ERR_SECURITY:
        return Refused("it is locked in an unknown way; print it to a new PDF")
    if code == raw.FPDF_ERR_FILE:
        return Failed("it cannot be opened; try again")
    return Refused(f"it is a damaged PDF; {RESCAN}")


def _is_portfolio(path: Path) -> bool:
    import pikepdf  # noqa: PLC0415  # needed for few files only

    try:
        with pikepdf.open(path) as document:
            return "/Collection" in document.Root
    except (pikepdf.PdfError, *DAMAGE):
        return False


def _traits(path: Path) -> tuple[bool, bool]:
    """Return whether any picture of the file may be recoded, and whether any may be masked.

    The dictionary of a picture always stands in the clear in the file, also in
    an encrypted one, so that searching it is enough.
    """
    recoded = masked = False
    tail = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            piece = tail + chunk
            names = piece if b"#" not in piece else piece + _spelt_out(piece)
            recoded = recoded or _RECODED.search(names) is not None
            masked = masked or _MASKED.search(names) is not None
            tail = piece[-32:]
    return recoded, masked


def _spelt_out(piece: bytes) -> bytes:
    coded = b" ".join(_CODED.findall(piece))
    return _CODE.sub(lambda code: bytes((int(code[1], 16),)), coded)
