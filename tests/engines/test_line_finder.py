"""Lines of text found by their ink alone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from intake.domain.geometry import Box
from intake.engines.line_finder import find_lines, print_of
from intake.engines.raster import Pixels, Raster

FACE = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"
WIDTH, HEIGHT = 1600, 900
ROWS = ("Кабарлоо, билим берүү", "общеобразовательная школа № 7", "дата «12» июня 2023 г.")


def _page(*rows: str, gap: int = 120) -> tuple[Pixels, list[Box]]:
    """Draw a row each ``gap`` pixels; return the page and a box around each row's ink."""
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(FACE, 46)
    boxes = []
    for number, text in enumerate(rows):
        place = (120, 150 + gap * number)
        draw.text(place, text, fill=0, font=font, anchor="ls")
        left, top, right, bottom = draw.textbbox(place, text, font=font, anchor="ls")
        boxes.append(Box(left / WIDTH, top / HEIGHT, right / WIDTH, bottom / HEIGHT))
    return np.array(image, dtype=np.uint8), boxes


def _found(pixels: Pixels) -> list[Box]:
    page = Raster(pixels, 300)
    return find_lines(page, print_of(page))


def _holds(found: Box, drawn: Box) -> bool:
    """Tell whether a box holds a row, and not much more."""
    is_held = found.left <= drawn.left + 0.002 and found.right >= drawn.right - 0.002
    is_high = found.top <= drawn.top + 0.004 and found.bottom >= drawn.bottom - 0.004
    return is_held and is_high and found.height <= 1.3 * drawn.height


def test_each_row_is_a_line_from_top_to_bottom() -> None:
    pixels, drawn = _page(*ROWS)
    found = _found(pixels)
    assert len(found) == len(drawn)
    assert all(_holds(line, row) for line, row in zip(found, drawn, strict=True))


def test_close_rows_stay_apart() -> None:
    pixels, drawn = _page(*ROWS, gap=50)
    assert len(_found(pixels)) == len(drawn)


def test_rules_and_table_edges_are_no_part_of_a_line() -> None:
    pixels, drawn = _page(*ROWS)
    for number in range(3):
        cv2.line(pixels, (60, 158 + 120 * number), (1500, 158 + 120 * number), 0, 3)
    cv2.rectangle(pixels, (40, 60), (1550, 480), 0, 4)
    found = _found(pixels)
    assert len(found) == len(drawn)
    assert all(line.overlap(row) > 0.6 for line, row in zip(found, drawn, strict=True))


def test_print_under_a_ring_stays_one_line() -> None:
    pixels, (row,) = _page("Асанова Жылдыз Бакытовна")
    cv2.circle(pixels, (420, 140), 90, 0, 5)
    cv2.circle(pixels, (420, 140), 60, 0, 3)
    found = [line for line in _found(pixels) if line.overlap(row) > 0.2]
    assert len(found) == 1
    assert found[0].left <= row.left + 0.002
    assert found[0].right >= row.right - 0.002


def test_a_row_that_climbs_is_cut_into_strips_that_hardly_do() -> None:
    pixels, _ = _page("мугалимдердин билимин өркүндөтүү борбору түзүлдү")
    turn = cv2.getRotationMatrix2D((WIDTH / 2, 150), 3.0, 1.0)
    tilted = cv2.warpAffine(pixels, turn, (WIDTH, HEIGHT), borderValue=255.0)
    found = _found(np.asarray(tilted, np.uint8))
    assert len(found) > 1
    assert max(line.height for line in found) * HEIGHT < 75  # 44 level, 100 from end to end


def test_joined_letters_are_found_as_words() -> None:
    pixels, (row,) = _page("директордун кол тамгасы")
    joined = cv2.erode(pixels, np.ones((1, 6), np.uint8))
    (line,) = _found(np.asarray(joined, np.uint8))
    assert line.overlap(row) > 0.7


def test_bare_paper_and_specks_hold_no_line() -> None:
    pixels = np.full((HEIGHT, WIDTH), 255, np.uint8)
    assert _found(pixels) == []
    pixels[::70, ::90] = 0
    assert _found(pixels) == []


def test_a_number_sign_beside_a_blank_is_kept_and_a_lone_stroke_is_not() -> None:
    pixels, (row,) = _page("№                  от 2023 года")
    cv2.line(pixels, (1500, 600), (1504, 640), 0, 4)
    found = _found(pixels)
    assert min(line.left for line in found) == pytest.approx(row.left, abs=0.003)
    assert max(line.bottom for line in found) < 0.5


def test_a_punched_hole_is_no_letter() -> None:
    pixels, drawn = _page(*ROWS)
    cv2.circle(pixels, (50, 270), 30, 0, -1)
    assert len(_found(pixels)) == len(drawn)


def test_quotes_around_a_blank_belong_to_its_line() -> None:
    pixels, (row,) = _page("Билим «   »")
    (line,) = _found(pixels)
    assert _holds(line, row)
