"""The files that offices send: each kind opens, and shows the page that the truth speaks of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from intake.synth.born import misread
from intake.synth.draw import draw_file
from intake.synth.files import FILES, ONE_PAGE
from intake.synth.scenes import Scene

SCENE = Scene("office", "official", "typed", "grey-200", "clean", "png", "one", "ky")
Record = dict[str, object]


def drawn(folder: Path, kind: str, arrangement: str = "one") -> tuple[Path, list[Record]]:
    scene = replace(SCENE, file=kind, arrangement=arrangement)
    if kind in ("pdf-born", "pdf-mixed"):
        scene = replace(scene, scanner="none")
    return draw_file(Random(8), folder / kind, scene, None)


def shown(path: Path) -> Image.Image:
    """Show the first page as any viewer does, upright, in grey."""
    if path.suffix == ".pdf":
        page = pypdfium2.PdfDocument(path)[0]
        return page.render(scale=2).to_pil().convert("L")  # type: ignore[no-any-return]
    register_heif_opener()
    with Image.open(path) as image:
        return ImageOps.exif_transpose(image).convert("L")


@pytest.mark.parametrize("kind", sorted(FILES))
def test_every_kind_shows_ink_in_the_boxes_of_its_truth(tmp_path: Path, kind: str) -> None:
    path, records = drawn(tmp_path, kind)
    page = np.asarray(shown(path))
    height, width = page.shape
    for name in ("organization_name", "education_level"):
        field = records[0]["fields"][name]  # type: ignore[index]
        left, top, right, bottom = field["box"]
        part = page[int(top * height) : int(bottom * height) + 1,
                    int(left * width) : int(right * width) + 1]  # fmt: skip
        assert part.min() < 120 < np.median(part), name


def test_a_telephones_picture_is_stored_lying(tmp_path: Path) -> None:
    path, _ = drawn(tmp_path, "jpeg-exif")
    with Image.open(path) as image:
        assert image.getexif()[0x0112] in (3, 6, 8)


def test_a_rotated_pdf_says_so(tmp_path: Path) -> None:
    path, _ = drawn(tmp_path, "pdf-rotated")
    with pikepdf.open(path) as document:
        assert document.pages[0].obj["/Rotate"] == 90


def test_a_born_digital_pdf_has_the_value_as_text(tmp_path: Path) -> None:
    path, records = drawn(tmp_path, "pdf-born")
    text = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    assert records[0]["fields"]["organization_inn"]["value"] in text  # type: ignore[index]


def test_a_layered_pdf_has_a_text_layer_with_errors(tmp_path: Path) -> None:
    path, _ = drawn(tmp_path, "pdf-layered")
    text = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    assert "КАБАРЛОО" in text
    assert "ө" not in text


def test_somebodys_ocr_loses_the_kyrgyz_letters() -> None:
    assert misread(Random(0), "өүң") == "еун"


@pytest.mark.parametrize("kind", ["tiff", "pdf", "pdf-mixed"])
def test_several_pages_keep_their_order(tmp_path: Path, kind: str) -> None:
    path, records = drawn(tmp_path, kind, "pair")
    assert [record["pages"] for record in records] == [[1], [2]]
    if path.suffix == ".pdf":
        assert len(pypdfium2.PdfDocument(path)) == 2
    else:
        with Image.open(path) as image:
            assert getattr(image, "n_frames", 1) == 2


def test_a_fax_is_black_and_white_with_its_own_resolution(tmp_path: Path) -> None:
    scene = replace(SCENE, file="tiff", scanner="fax")
    path, _ = draw_file(Random(8), tmp_path / "fax", scene, None)
    with Image.open(path) as image:
        assert image.mode == "1"
        across, down = image.info["dpi"]
    assert (round(across), round(down)) in ((204, 196), (204, 98))


def test_kinds_of_one_page_are_known() -> None:
    assert set(FILES) >= ONE_PAGE
