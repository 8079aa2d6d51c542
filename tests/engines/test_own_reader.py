from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from intake.domain.geometry import Box
from intake.engines.raster import Raster
from intake.engines.readers.own import OwnReader, is_installed
from intake.engines.readers.own.model import MODEL, Model
from intake.engines.readers.own.strips import HEIGHT, cut_strip, normalised
from intake.errors import Failed

FACE = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"


def _page(*texts: str) -> tuple[Raster, list[Box]]:
    """Draw a line of text each 100 pixels; return the page and a box around each."""
    image = Image.new("L", (1200, 100 * len(texts) + 100), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(FACE, 44)
    boxes = []
    for number, text in enumerate(texts):
        place = (60, 100 * number + 70)
        draw.text(place, text, fill=0, font=font, anchor="ls")
        left, top, right, bottom = draw.textbbox(place, text, font=font, anchor="ls")
        boxes.append(Box(left / 1200, top / image.height, right / 1200, bottom / image.height))
    return Raster(np.asarray(image), 300), boxes


@pytest.fixture(scope="module")
def reader() -> OwnReader:
    return OwnReader()


def test_clean_print_in_a_face_never_trained_on_is_read(reader: OwnReader) -> None:
    texts = [
        "Кыргыз Республикасы",
        "общеобразовательная школа",
        "01709199610215",
        "№ 7 өнүгүү, жаңы",
    ]
    page, boxes = _page(*texts)
    assert [line.text for line in reader.read_lines(page, boxes)] == texts


def test_nothing_about_this_machine_is_kept_or_sent(tmp_path: Path) -> None:
    code = "from intake.engines.readers.own import OwnReader; OwnReader()"
    kept = {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], env=os.environ | kept, check=True)
    assert list(tmp_path.iterdir()) == []


def test_letters_lie_where_they_stand(reader: OwnReader) -> None:
    page, (box,) = _page("школа имени Манаса")
    (line,) = reader.read_lines(page, [box])
    lefts = [letter.box.left for word in line.words for letter in word.letters]
    assert lefts == sorted(lefts)
    assert len(line.words) == 3
    for word in line.words:
        assert 0 <= word.confidence <= 1
        assert all(0 <= letter.confidence <= 1 for letter in word.letters)
    first, _, last = line.words
    assert abs(first.box.left - box.left) < 0.02
    assert abs(last.box.right - box.right) < 0.02


def test_bare_paper_has_no_words(reader: OwnReader) -> None:
    page = Raster(np.full((200, 600), 240, dtype=np.uint8), 300)
    (line,) = reader.read_lines(page, [Box(0.1, 0.1, 0.9, 0.5)])
    assert line.words == ()


def test_the_weights_are_small_and_say_what_they_are(reader: OwnReader) -> None:
    assert MODEL.stat().st_size <= 10_000_000
    assert reader.name.startswith("own 20")
    assert {"ң", "ө", "ү", "№", "«", "–", "X", "7"} <= reader.alphabet


def test_damaged_weights_are_not_used(tmp_path: Path) -> None:
    copy = tmp_path / MODEL.name
    copy.write_bytes(MODEL.read_bytes()[:-1] + b"\0")
    (tmp_path / f"{MODEL.name}.sha256").write_text(
        MODEL.with_name(f"{MODEL.name}.sha256").read_text(encoding="ascii"), encoding="ascii"
    )
    with pytest.raises(Failed, match="damaged"):
        Model(copy)


def test_missing_weights_are_told_with_their_remedy(tmp_path: Path) -> None:
    assert not is_installed(tmp_path / "none.onnx")
    with pytest.raises(Failed, match="install again"):
        Model(tmp_path / "none.onnx")


def test_strips_have_one_height_and_one_contrast() -> None:
    rng = np.random.default_rng(1)
    pale = np.full((90, 400), 200, dtype=np.uint8)
    pale[30:60, 100:140] = 120
    pale += rng.integers(0, 3, pale.shape).astype(np.uint8)
    strip = normalised(pale)
    assert strip.shape == (HEIGHT, 178)
    assert strip.max() == 255
    assert np.median(strip) < 10


def test_a_sliver_or_bare_paper_is_no_line() -> None:
    page = Raster(np.full((500, 500), 255, dtype=np.uint8), 300)
    assert cut_strip(page, Box(0.1, 0.1, 0.9, 0.2)) is None
    assert cut_strip(page, Box(0.1, 0.1, 0.1, 0.2)) is None


def test_a_cut_line_knows_where_it_lies() -> None:
    pixels = np.full((500, 1000), 255, dtype=np.uint8)
    pixels[200:250, 300:700] = 0
    cut = cut_strip(Raster(pixels, 300), Box(0.3, 0.4, 0.7, 0.5))
    assert cut is not None
    on_page = cut.window.on_page((0.0, 0.0, float(cut.strip.shape[1]), float(HEIGHT)))
    assert on_page.top < 0.4
    assert on_page.bottom > 0.5
    assert on_page.left == pytest.approx(0.288, abs=0.003)
    assert on_page.right == pytest.approx(0.712, abs=0.003)
