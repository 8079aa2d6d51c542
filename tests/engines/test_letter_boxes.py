"""Letters whose places are known roughly, put on their ink."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from intake.domain.geometry import Box
from intake.domain.text import Letter, Line, Word
from intake.engines.letter_boxes import on_ink
from intake.engines.line_finder import print_of
from intake.engines.raster import Pixels, Raster

FACE = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"
WIDTH, HEIGHT = 900, 200
FONT = ImageFont.truetype(FACE, 46)


def _drawn(text: str) -> tuple[Pixels, list[Box]]:
    """Draw a line; return the page and the box around each sign's own ink, spaces left out."""
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    draw, across, boxes = ImageDraw.Draw(image), 60.0, []
    for sign in text:
        draw.text((across, 120), sign, fill=0, font=FONT, anchor="ls")
        left, top, right, bottom = draw.textbbox((across, 120), sign, font=FONT, anchor="ls")
        if sign != " ":
            boxes.append(Box(left / WIDTH, top / HEIGHT, right / WIDTH, bottom / HEIGHT))
        across += draw.textlength(sign, font=FONT)
    return np.array(image, np.uint8), boxes


def _read(text: str, boxes: list[Box], off: float) -> Line:
    """Return a line as a recogniser gives it: letters as high as it, their sides off by pixels."""
    around = Box.around(boxes)
    places = iter(boxes)
    words = []
    for word in text.split():
        letters = []
        for sign in word:
            box = next(places)
            left, right = box.left + off / WIDTH, box.right + off / WIDTH
            rough = Box(left, around.top, right, around.bottom)
            letters.append(Letter(sign, rough, 0.9, ()))
        words.append(Word(tuple(letters), Box.around(each.box for each in letters), 0.9))
    return Line(tuple(words), around)


@pytest.mark.parametrize("off", [-4.0, 0.0, 4.0])
def test_letters_and_words_end_where_their_ink_does(off: float) -> None:
    text = "Школа № 7, Ош"
    pixels, boxes = _drawn(text)
    line = on_ink(_read(text, boxes, off), print_of(Raster(pixels, 300)))
    found = [letter.box for word in line.words for letter in word.letters]
    for box, drawn in zip(found, boxes, strict=True):
        assert box.left * WIDTH == pytest.approx(drawn.left * WIDTH, abs=4)
        assert box.right * WIDTH == pytest.approx(drawn.right * WIDTH, abs=4)
    assert [word.text for word in line.words] == text.split()


def test_letters_are_as_high_as_their_ink_without_its_rule() -> None:
    pixels, boxes = _drawn("Ба")
    cv2.line(pixels, (20, 126), (860, 126), 0, 3)
    line = replace(_read("Ба", boxes, 0.0), box=Box(0.05, 0.3, 0.2, 0.7))
    (word,) = on_ink(line, print_of(Raster(pixels, 300))).words
    capital, small = (letter.box.height * HEIGHT for letter in word.letters)
    assert 26 <= capital <= 36
    assert 16 <= small <= 25


def test_a_letter_without_ink_keeps_its_place() -> None:
    pixels, boxes = _drawn("Ба")
    line = _read("Ба", boxes, 0.0)
    bare = np.full_like(pixels, 255)
    assert on_ink(line, print_of(Raster(bare, 300))) == line


def test_a_letter_at_the_pages_edge_needs_no_room_beside_it() -> None:
    pixels = np.full((HEIGHT, WIDTH), 255, np.uint8)
    pixels[60:120, WIDTH - 20 :] = 0
    box = Box(1 - 30 / WIDTH, 0.3, 1.0, 0.6)
    letter = Letter("I", Box(1 - 1 / WIDTH, 0.3, 1.0, 0.6), 0.9, ())
    line = Line((Word((letter,), letter.box, 0.9),), box)
    (word,) = on_ink(line, np.asarray(pixels == 0, np.uint8)).words
    assert word.box.right == pytest.approx(1.0)


def test_letters_that_a_reader_has_in_one_place_stay_in_their_order() -> None:
    page, boxes = _drawn("ИНН 0030")
    swapped = [*boxes[:2], boxes[3], boxes[2], *boxes[4:]]
    placed = on_ink(_read("ИНН 0030", swapped, 0.0), print_of(Raster(page, 300)))
    lefts = [letter.box.left for word in placed.words for letter in word.letters]
    assert placed.text == "ИНН 0030"
    assert len(lefts) == len(boxes)
