"""One office's manner, drawn by chance: faces, sizes, margins, ways of filling."""

from __future__ import annotations

from pathlib import Path
from random import Random

from intake.synth.compose import Fill, Style
from intake.synth.faces import (
    Family,
    fitting,
    handwriting_faces,
    print_families,
    typewriter_families,
)
from intake.synth.filling import Filling
from intake.synth.layouts import Layout
from intake.synth.reference import happens, weighted
from intake.synth.sheet import BLACK, Colour

PENS: dict[Colour, float] = {(24, 44, 140): 6, (38, 60, 170): 4, (20, 20, 30): 3, (70, 40, 130): 1}
# Offices type in Times more often than in anything else.
TIMES = {"Liberation Serif": 6.0, "Nimbus Roman": 4.0, "FreeSerif": 2.0, "Liberation Sans": 2.0}
# What is added by hand to a typed notice.
PENNED = (
    ("notice_date",),
    ("notice_date", "director_name"),
    ("organization_okpo", "organization_inn"),
    ("order_number", "order_date", "notice_date"),
    ("address", "director_name"),
)
OFFICIAL = ("official", "official-columns", "typed-over", "many-lines")
OVER_RULE = ("line", "underscores", "dots")
ALPHABET = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяңөүҢӨҮ0123456789«»“”№–./-,()"


def draw_style(
    rng: Random, layout: Layout, filling: Filling, fill: str, fonts: Path | None
) -> Style:
    """Draw a style for a layout; ``fill`` is one of the axis."""
    families = [f for f in print_families() if fitting((f.regular,), ALPHABET)]
    family = weighted(rng, {f: TIMES.get(f.name, 1.0) for f in families})
    size = rng.choice((11, 12, 12, 12, 13, 14)) / max(layout.widening, 1.0) ** 0.3
    gap = rng.choice(layout.gaps)
    if fill in ("typewriter", "hand") and gap not in OVER_RULE:
        gap = rng.choice(OVER_RULE[:2])
    penned = frozenset(rng.choice(PENNED)) if fill == "mixed" else frozenset()
    scene = (gap, filling, fonts)
    left, top = rng.uniform(56, 90), rng.uniform(40, 75)
    return Style(
        family=family,
        size=size,
        leading=size * rng.uniform(1.12, 1.5) * (1.25 if fill == "hand" else 1.0),
        body_align=rng.choice(("left", "justify", "justify")),
        margins=(left * layout.widening, top, rng.uniform(34, 60) * layout.widening, 40),
        gap=gap,
        fill=draw_fill(rng, family, size, fill, scene),
        pen=draw_fill(rng, family, size, "hand", scene) if penned else None,
        penned=penned,
        date_form=weighted(rng, {"year printed": 60, "whole": 36, "whole and year": 4}),
        name_place="line" if layout.name not in OFFICIAL and happens(rng, 0.35) else "label",
        has_colons=layout.name not in OFFICIAL and happens(rng, 0.2),
        is_corrected=layout.name not in OFFICIAL and happens(rng, 0.3),
    )


def draw_fill(
    rng: Random, family: Family, size: float, fill: str, scene: tuple[str, Filling, Path | None]
) -> Fill:
    """Draw how values are written; ``scene`` is the gap's style, the filling, the fonts' folder."""
    gap, filling, fonts = scene
    if fill == "hand":
        written = "".join(entry.text for entry in filling.entries.values()) + "0123456789."
        face = rng.choice(fitting(handwriting_faces(fonts), written) or handwriting_faces(fonts))
        shift = (rng.uniform(-2, 2), rng.uniform(-2.5, 0.5))
        return Fill(face, size * rng.uniform(1.15, 1.5), weighted(rng, PENS), True, shift)
    shift = (rng.uniform(-2, 2), rng.uniform(-2.2, 0.6)) if gap in OVER_RULE else (0.0, 0.0)
    if fill == "typewriter":
        face = rng.choice(typewriter_families()).regular
        return Fill(face, size * rng.uniform(0.9, 1.0), BLACK, False, shift)
    bold = gap not in OVER_RULE and happens(rng, 0.15)
    return Fill(family.bold if bold else family.regular, size, BLACK, False, shift)
