"""The printed part of a scene: lines of text, rules to write on, captions, boxes."""

from __future__ import annotations

from random import Random

import numpy as np
from PIL import ImageDraw

from intake.synth.reference import happens
from intake.train.pens.canvas import HEIGHT, WIDTH, Cover, cover_of, empty
from intake.train.pens.lettering import Lettering, Source

_CAPTIONS = (
    "(подпись, печать)", "(колу, мөөрү)", "ФИО", "М.О.", "М.П.", "(подпись)", "Аты-жөнү",
    "(аты-жөнү)",
)  # fmt: skip


def draw_print(rng: Random, source: Source) -> Cover:
    """Draw what a form has printed around a signature's place."""
    sheet = empty()
    draw = ImageDraw.Draw(sheet)
    lettering = source.print(rng, 22, 42)
    step = lettering.size * rng.uniform(1.1, 2.2)
    y = rng.uniform(-0.2, 0.3) * HEIGHT
    while y < HEIGHT + lettering.size:
        _line(rng, draw, y, lettering, source)
        y += step * rng.choice((1, 1, 1, 2))
    for thing, odds in ((_table_rules, 0.15), (_box, 0.1), (_triangle, 0.1)):
        if happens(rng, odds):
            thing(rng, draw)
    return cover_of(sheet)


def _line(
    rng: Random, draw: ImageDraw.ImageDraw, y: float, lettering: Lettering, source: Source
) -> None:
    """Draw one line of a form: perhaps text, a rule below it, a caption below the rule."""
    size = lettering.size
    if happens(rng, 0.62):
        lettering.write(draw, (rng.uniform(-0.6, 0.55) * WIDTH, y), source.text(rng, 3, 60))
    if happens(rng, 0.4):
        _rule(rng, draw, y + size * rng.uniform(0.05, 0.35))
    if happens(rng, 0.25):
        small = Lettering(lettering.face, round(size * rng.uniform(0.6, 1)))
        place = (rng.uniform(0, 0.8) * WIDTH, y + size * rng.uniform(0.6, 1))
        small.write(draw, place, rng.choice(_CAPTIONS))


def _rule(rng: Random, draw: ImageDraw.ImageDraw, y: float) -> None:
    """Draw a rule to write on, dotted or solid."""
    left = rng.uniform(0, 0.6) * WIDTH
    right = left + rng.uniform(0.1, 0.8) * WIDTH
    if happens(rng, 0.3):
        for x in np.arange(left, right, rng.uniform(5, 12)):
            draw.ellipse((x, y, x + 2, y + 2), fill=255)
        return
    end = y + rng.uniform(-2, 2)
    draw.line((left, y, right, end), fill=255, width=rng.choice((1, 2, 3)))


def _table_rules(rng: Random, draw: ImageDraw.ImageDraw) -> None:
    for _ in range(rng.randint(1, 2)):
        x = rng.uniform(0, WIDTH)
        foot = (x + rng.uniform(-3, 3), HEIGHT)
        draw.line(((x, 0), foot), fill=255, width=rng.choice((1, 2, 3, 4)))


def _box(rng: Random, draw: ImageDraw.ImageDraw) -> None:
    """Draw the outline of an office's rectangular stamp."""
    left, top = rng.uniform(0, 0.7) * WIDTH, rng.uniform(-0.2, 0.6) * HEIGHT
    right, bottom = left + rng.uniform(150, 330), top + rng.uniform(60, 140)
    draw.rectangle((left, top, right, bottom), outline=255, width=rng.choice((2, 3, 4)))


def _triangle(rng: Random, draw: ImageDraw.ImageDraw) -> None:
    """Draw the outline of a three-cornered stamp."""
    left, top = rng.uniform(0, 0.7) * WIDTH, rng.uniform(-0.1, 0.3) * HEIGHT
    side = rng.uniform(140, 300)
    foot = top + 0.87 * side
    corners = ((left, foot), (left + side, foot), (left + side / 2, top))
    draw.polygon(corners, outline=255, width=rng.choice((2, 3, 5)))
