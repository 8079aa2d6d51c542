from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from intake.domain.document import Kind
from intake.errors import Refused
from intake.options import DEFAULT
from intake.stages.receive import receive
from tests.stages import hostile
from tests.stages.papers import pdf_of, saved, scan, write

KINDS = {**{kind.value: kind for kind in Kind}, "fax": Kind.TIFF}


@pytest.mark.parametrize("name", hostile.pictures())
def test_type_goes_by_content_not_by_name(name: str, tmp_path: Path) -> None:
    body = hostile.pictures()[name]
    path = tmp_path / "scan.gif"
    path.write_bytes(body)
    document = receive(path)
    assert document.kind is KINDS[name]
    assert document.sha256 == hashlib.sha256(body).hexdigest()
    assert document.page_count == 1
    assert document.source == str(path)


def test_a_pdf_after_rubbish_is_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "mail.bin"
    path.write_bytes(b"\r\nContent-Type: x\r\n\r\n" + hostile.pdf_plain(2))
    assert receive(path).page_count == 2


def test_pages_of_a_tiff_are_counted_without_thumbnails(tmp_path: Path) -> None:
    path = tmp_path / "x.tif"
    thumbnail = scan(62, 88)
    thumbnail.encoderinfo = {"tiffinfo": {254: 1}}
    pages = [scan(124, 175), thumbnail, scan(175, 124).convert("1")]
    pages[0].save(path, "TIFF", save_all=True, append_images=pages[1:])
    with Image.open(path) as tiff:
        assert getattr(tiff, "n_frames") == 3  # noqa: B009
    assert receive(path).page_count == 2


def test_bigtiff_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.tif"
    scan(124, 175).save(path, "TIFF", big_tiff=True)
    assert receive(path).page_count == 1


def test_limits_are_the_callers(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(hostile.pdf_plain(3))
    with pytest.raises(Refused, match="more than 2 pages; split it"):
        receive(path, replace(DEFAULT, pages=2))
    with pytest.raises(Refused, match="larger than 0 MB"):
        receive(path, replace(DEFAULT, bytes=10))
    path.write_bytes(hostile.tiff_of(5))
    with pytest.raises(Refused, match="more than 4 pictures"):
        receive(path, replace(DEFAULT, frames=4))
    path.write_bytes(hostile.pictures()["png"])
    with pytest.raises(Refused, match="too large"):
        receive(path, replace(DEFAULT, pixels=1000))


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP", "BMP", "TIFF"])
def test_a_picture_too_small_to_read_is_refused(format_: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(saved(scan(400, 20), format_))
    with pytest.raises(Refused, match="too small"):
        receive(path)


def test_a_pdf_with_a_broken_table_is_repaired(tmp_path: Path) -> None:
    body = hostile.pdf_plain(2)
    at = body.rindex(b"startxref")
    path = tmp_path / "x.pdf"
    path.write_bytes(body[:at] + b"startxref\n1\n%%EOF")
    assert receive(path).page_count == 2


def test_an_update_added_at_the_end_counts(tmp_path: Path) -> None:
    first = hostile.raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    start = int(first.split(b"startxref\n")[1].split()[0])
    new = b"2 0 obj\n<</Type/Pages/Count 2/Kids[3 0 R 3 0 R]>>\nendobj\n"
    table = b"xref\n2 1\n%010d 00000 n \n" % len(first)
    trailer = b"trailer\n<</Size 4/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    path = tmp_path / "x.pdf"
    path.write_bytes(first + new + table + trailer % (start, len(first) + len(new)))
    assert receive(path).page_count == 2


def test_an_xfa_form_is_refused(tmp_path: Path) -> None:
    document = pdf_of(hostile.PLAIN)
    xfa = document.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'></xdp:xdp>")
    document.Root.AcroForm = {"/XFA": xfa, "/Fields": []}
    document.Root.NeedsRendering = True
    with pytest.raises(Refused, match="XFA"):
        receive(write(document, tmp_path / "x.pdf"))
