"""What stands in the middle of a seal: words, a sun, a star, figures, or nothing."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from intake.synth.pen import smooth
from intake.synth.reference import happens, weighted
from intake.train.pens.die import Die
from intake.train.pens.lettering import Source

Emblem = Callable[[Random, Die, float, Source], None]

_WORDS = ("ОРТО", "МЕКТЕП", "ШКОЛА", "ДЛЯ", "СПРАВОК", "БИЛИМ", "БАЛА", "БАКЧА")


def draw_emblem(rng: Random, die: Die, radius: float, source: Source) -> None:
    """Cut an emblem of a radius into the middle of a die."""
    weighted(rng, _EMBLEMS)(rng, die, radius, source)


def _lines(rng: Random, die: Die, _radius: float, source: Source) -> None:
    """One to four lines of words, a third of them at a slant."""
    lettering = source.print(rng, 15, 26)
    lines = [_line(rng, source) for _ in range(rng.randint(1, 4))]
    die.across(lines, lettering, rng.choice((0, 0, rng.uniform(-60, 60))))


def _line(rng: Random, source: Source) -> str:
    if happens(rng, 0.6):
        return source.words(rng, 1).upper()[:9]
    numbers = (f"№ {rng.randint(1, 99)}", f"{rng.randrange(10**8):08d}")
    return rng.choice((*_WORDS, *numbers))


def _sun(rng: Random, die: Die, radius: float, _source: Source) -> None:
    """Rays around a disc, like the state's emblem."""
    count = rng.randint(8, 48)
    near, far = radius * rng.uniform(0.35, 0.6), radius * rng.uniform(0.7, 1)
    for i in range(count):
        angle = 2 * math.pi * i / count
        ray = (die.at(near, angle), die.at(far, angle))
        die.draw.line(ray, fill=255, width=rng.choice((1, 2, 3)))
    disc = near * 0.85
    die.ring(disc, 2)
    for _ in range(rng.randint(0, 3)):
        angle = rng.uniform(0, math.pi)
        die.draw.line((die.at(disc, angle), die.at(-disc, angle)), fill=255, width=1)


def _star(rng: Random, die: Die, radius: float, _source: Source) -> None:
    """A star of five, six or eight points."""
    radii: list[float] = []
    for _ in range(rng.choice((5, 5, 6, 8))):
        radii += (0.9 * radius, radius * rng.uniform(0.35, 0.5))
    die.star(radii, is_filled=happens(rng, 0.3))


def _figures(rng: Random, die: Die, radius: float, _source: Source) -> None:
    """Curved lines, like mountains, birds and open books."""
    reach = 0.7 * radius
    for _ in range(rng.randint(3, 9)):
        points = [
            (die.middle + rng.uniform(-reach, reach), die.middle + rng.uniform(-reach, reach))
            for _ in range(rng.randint(3, 5))
        ]  # fmt: skip
        die.draw.line(smooth(points, 6), fill=255, width=rng.choice((1, 2, 3)))


def _nothing(_rng: Random, _die: Die, _radius: float, _source: Source) -> None:
    return


_EMBLEMS: dict[Emblem, float] = {_lines: 40, _sun: 20, _star: 15, _figures: 15, _nothing: 10}
