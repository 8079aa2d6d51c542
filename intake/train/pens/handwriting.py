"""What a pen does that is no signature: words in the blanks, underlines, circles."""

from __future__ import annotations

from random import Random

import numpy as np
from PIL import ImageDraw

from intake.synth.pen import circle, underline
from intake.synth.sheet import BLACK
from intake.train.pens.canvas import HEIGHT, WIDTH, Cover, cover_of, empty, inked
from intake.train.pens.lettering import Lettering, Source


def draw_words(rng: Random, source: Source) -> Cover:
    """Write a few words by hand, or in print where no face looks like handwriting."""
    faces = source.by_hand or source.printed
    lettering = Lettering(rng.choice(faces), rng.randint(26, 46))
    sheet = empty()
    place = (rng.uniform(0, 0.6) * WIDTH, rng.uniform(0.2, 0.95) * HEIGHT)
    lettering.write(ImageDraw.Draw(sheet), place, source.text(rng, 4, 28))
    return cover_of(sheet)


def draw_mark(rng: Random) -> Cover:
    """Underline or circle something by hand."""
    left, top = rng.uniform(-0.1, 0.9) * WIDTH, rng.uniform(-0.05, 0.5) * HEIGHT
    edges = (left, top, left + rng.uniform(60, 320), top + rng.uniform(20, 42))
    mark = rng.choice((underline, circle))
    return inked(rng, [np.array(stroke.path) for stroke in mark(rng, edges, BLACK, "")])
