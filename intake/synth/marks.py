"""Puts onto a set notice what people add: marked choices, signature, seal, office stamps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from intake.synth import pen
from intake.synth.filling import Filling
from intake.synth.reference import happens, weighted
from intake.synth.seal import Die, incoming_stamp, round_seal
from intake.synth.sheet import Colour, Edges, Rule, Sheet, Stroke
from intake.synth.style import PENS

OPTIONS = {"education_level": ("preschool", "school"), "legal_entity": ("formed", "not_formed")}
COUNTRY = {"ru": "Кыргызская Республика", "ky": "Кыргыз Республикасы"}
HAND: dict[str, Callable[[Random, Edges, Colour, str], list[Stroke]]] = {
    "pen": pen.underline, "circle": pen.circle, "struck": pen.strike,
}  # fmt: skip


@dataclass(frozen=True)
class Marking:
    """How one notice is marked: ``word`` (word processor), ``pen``, ``circle`` or ``struck``."""

    style: str
    colour: Colour


def draw_marking(rng: Random, *, typed: bool) -> Marking:
    """Draw a way of marking; who types the notice often underlines with the word processor."""
    odds = {"word": 45.0 if typed else 0.0, "pen": 40.0, "circle": 12.0, "struck": 3.0}
    return Marking(weighted(rng, odds), weighted(rng, PENS))


def mark_choices(rng: Random, sheets: Sequence[Sheet], filling: Filling, marking: Marking) -> None:
    """Mark the options that the filling chose."""
    for name, options in OPTIONS.items():
        chosen = (filling.entries[name].value or "").split(",")
        if marking.style == "struck" and filling.entries[name].value:
            chosen = [option for option in options if option not in chosen]
        for option in chosen:
            for sheet in sheets:
                _mark(rng, sheet, filling.tag("option", f"{name}:{option}"), marking)


def mark_ownership(rng: Random, sheets: Sequence[Sheet], tag: str, marking: Marking) -> None:
    """Mark the form of ownership of this tag in the hint, where nobody wrote it."""
    for sheet in sheets:
        _mark(rng, sheet, tag, marking)


def _mark(rng: Random, sheet: Sheet, tag: str, marking: Marking) -> None:
    for edges in lines_of(sheet.places.get(tag, [])):
        if marking.style == "word":
            left, _, right, bottom = edges
            sheet.items.append(Rule(left, right, bottom - 0.08 * (bottom - edges[1]), 0.7, "mark"))
        else:
            sheet.items.extend(HAND[marking.style](rng, edges, marking.colour, "mark"))


def lines_of(words: Sequence[Edges]) -> list[Edges]:
    """Join the edges of words that stand on one line."""
    lines: list[Edges] = []
    for word in words:
        if lines and abs(lines[-1][3] - word[3]) < 2:
            last = lines[-1]
            lines[-1] = (last[0], min(last[1], word[1]), word[2], max(last[3], word[3]))
        else:
            lines.append(word)
    return lines


def sign(rng: Random, sheets: Sequence[Sheet], filling: Filling, *, strong: bool = False) -> None:
    """Sign and seal near the director's line, as far as the filling says so.

    ``strong`` inks the seal so that a copier or a fax keeps it.
    """
    gap = filling.tag("gap", "signature")
    for sheet in [sheet for sheet in sheets if gap in sheet.places][:1]:
        left, _, right, bottom = sheet.places[gap][0]
        if filling.entries["signature"].value == "present":
            start = (left + rng.uniform(-10, 0.4 * (right - left)), bottom + rng.uniform(-8, 4))
            tag = filling.tag("field", "signature")
            sheet.items.extend(pen.signature(rng, start, weighted(rng, PENS), tag))
        if filling.entries["seal"].value == "present":
            centre = (left + rng.uniform(20, 230), bottom + rng.uniform(-10, 60))
            name = filling.text("organization_name") or "Мектеп"
            die = Die(name[:44], COUNTRY[filling.language], filling.tag("field", "seal"), strong)
            sheet.items.append(round_seal(rng, centre, die))


def stray(rng: Random, sheets: Sequence[Sheet]) -> bool:
    """Leave a clerk's ticks and a slip of the pen; tell whether it happened."""
    if not happens(rng, 0.08):
        return False
    sheet, colour = rng.choice(sheets), weighted(rng, PENS)
    for _ in range(rng.randint(1, 3)):
        x, y = rng.uniform(20, 50), rng.uniform(150, 600)
        tick = [(x, y), (x + 4, y + 7), (x + 15, y - rng.uniform(8, 16))]
        sheet.items.append(pen.draw(rng, tick, colour, "stray"))
    if happens(rng, 0.5):
        x, y = rng.uniform(100, 450), rng.uniform(500, 780)
        slip = [(x + 14 * i, y + rng.gauss(0, 6)) for i in range(rng.randint(3, 7))]
        sheet.items.append(pen.draw(rng, slip, colour, "stray"))
    return True


def receive(rng: Random, sheet: Sheet, language: str) -> bool:
    """Put the district office's stamp for incoming post somewhere free; tell whether it did."""
    if not happens(rng, 0.15):
        return False
    left, top = rng.choice(((40, 20), (380, 700), (60, 720), (60, 40)))
    sheet.items.append(incoming_stamp(rng, left + rng.uniform(-10, 20), top, language))
    return True
