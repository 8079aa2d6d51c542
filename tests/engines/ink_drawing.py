"""Draws a notice with marks, a signature, a seal and fills, and says where everything is.

A small draughtsman of its own, so that the inspector is not tested by the pages
it would meet in ``intake.synth`` alone: other layout code, other pens.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, PrintedOption, Spot
from intake.domain.template import FieldKind, FieldRule, Template
from intake.domain.text import Letter, Line, PageText, Word
from intake.engines.raster import Raster

Colour = tuple[int, int, int]
Option = tuple[str, str]
Fill = Literal["none", "typed", "hand"]
Rect = tuple[float, float, float, float]

BLACK: Colour = (25, 25, 28)
BLUE: Colour = (40, 55, 150)
VIOLET: Colour = (95, 60, 150)

RUSSIAN = (
    "уведомляет о том, что создан Ресурсный центр педагогического мастерства по вопросам "
    "<education_level=preschool:дошкольного> или <education_level=school:школьного> образования "
    "(нужное подчеркнуть) <legal_entity=formed:с образованием юридического лица> "
    "(указать ИНН, ОКПО), <legal_entity=not_formed:без образования юридического лица> "
    "(нужное подчеркнуть)."
)
KYRGYZ = (
    "<education_level=preschool:мектепке чейинки> же <education_level=school:мектептеги> билим "
    "берүү маселелери боюнча Педагогикалык чеберчиликтин ресурстук борбору түзүлгөндүгү "
    "(керектүүсүнүн астын сызуу) <legal_entity=not_formed:юрдикалык жакты түзбөстөн>, "
    "<legal_entity=formed:юрдикалык жакты түзүү> (ИНН, ОКПО көрсөтүлсүн) менен "
    "(керектүүсүнүн астын сызуу) жөнүндө кабарлайт."
)


_SEVERAL = {"education_level": True, "legal_entity": False}


@dataclass(frozen=True)
class Look:
    """How the page is printed: face file, size in points, dots an inch, line pitch in sizes."""

    face: str
    points: float = 12.0
    dpi: float = 300.0
    pitch: float = 1.15
    justified: bool = True


@dataclass(frozen=True)
class Drawn:
    """A drawn page: where its words and holes are, and the fills' true boxes."""

    raster: Raster
    placement: Placement
    text: PageText
    fills: dict[str, tuple[Box, ...]]
    seal: Box | None


@dataclass
class Sheet:
    """An A4 page in the making; boxes in pixels."""

    look: Look
    language: str
    rng: Generator
    picture: Image.Image = field(init=False)
    lines: list[list[tuple[str, Rect]]] = field(default_factory=list)
    printed: list[tuple[str, Rect]] = field(default_factory=list)
    options: dict[Option, list[tuple[int, Rect]]] = field(default_factory=dict)
    holes: dict[str, Rect] = field(default_factory=dict)
    rules: list[Rect] = field(default_factory=list)
    fills: dict[str, list[Rect]] = field(default_factory=dict)
    read_in: dict[str, list[tuple[str, Rect]]] = field(default_factory=dict)
    by_hand: set[str] = field(default_factory=set)
    seal: Rect | None = None

    def __post_init__(self) -> None:
        dpi = self.look.dpi
        self.picture = Image.new("RGB", (round(8.27 * dpi), round(11.69 * dpi)), (255, 255, 255))

    @property
    def em(self) -> float:
        return self.look.points * self.look.dpi / 72

    @property
    def mm(self) -> float:
        return self.look.dpi / 25.4

    def face(self, scale: float = 1.0, path: str = "") -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(path or self.look.face, round(self.em * scale))

    def word(self, x: float, baseline: float, text: str, face: ImageFont.FreeTypeFont) -> Rect:
        """Print one word and return its tight box."""
        draw = ImageDraw.Draw(self.picture)
        draw.text((x, baseline), text, font=face, fill=BLACK, anchor="ls")
        left, top, right, bottom = draw.textbbox((x, baseline), text, font=face, anchor="ls")
        return (left, top, right, bottom)

    def print_words(
        self, x: float, baseline: float, text: str, scale: float = 1.0, *, anchor: bool = True
    ) -> float:
        """Print words of the form from x on; return where the pen stands then."""
        face = self.face(scale)
        row: list[tuple[str, Rect]] = []
        for each in text.split():
            rect = self.word(x, baseline, each, face)
            row.append((each, rect))
            x += face.getlength(each + " ")
        self.lines.append(row)
        if anchor:
            self.printed.extend(row)
        return x

    def hole(self, name: str, x: float, baseline: float, width: float, *, rule: str) -> float:
        """Leave a blank: its rule is ``line``, ``underscores`` or nothing."""
        if rule == "underscores":
            face = self.face()
            count = max(1, int(width / face.getlength("_")))
            rect = self.word(x, baseline, "_" * count, face)
            self.rules.append(rect)
        elif rule == "line":
            y = baseline + 0.1 * self.em
            thick = max(1, round(0.17 * self.mm))
            ImageDraw.Draw(self.picture).line((x, y, x + width, y), fill=BLACK, width=thick)
            self.rules.append((x, y, x + width, y + thick))
        self.holes[name] = (x, baseline - 0.75 * self.em, x + width, baseline + 0.25 * self.em)
        return x + width + 0.3 * self.em


def notice(sheet: Sheet, rule: str = "underscores") -> None:
    """Print the form's body, holes empty, from the title down to the date."""
    em = sheet.em
    left, width = 30 * sheet.mm, 150 * sheet.mm
    y = 90 * sheet.mm
    step = sheet.look.pitch * em
    russian = sheet.language == "ru"
    sheet.print_words(left + 0.4 * width, y, "ИЗВЕЩЕНИЕ" if russian else "КАБАРЛОО", 1.0)
    y += 2 * step
    x = sheet.hole("organization_name", left, y, 0.62 * width, rule=rule)
    x = sheet.print_words(x, y, ", ОКПО")
    sheet.hole("organization_okpo", x, y, left + width - x, rule=rule)
    y += step
    hint = (
        "(полное наименование юридического лица)" if russian else "(юрдикалык жактын толук аталышы)"
    )
    sheet.print_words(left + 0.1 * width, y, hint, 0.8)
    y += 1.2 * step
    x = sheet.print_words(left, y, "ИНН")
    x = sheet.hole("organization_inn", x, y, 0.3 * width, rule=rule)
    x = sheet.print_words(x, y, ", форма собственности" if russian else ", менчиктин формасы")
    sheet.hole("ownership", x, y, left + width - x, rule=rule)
    y += step
    x = sheet.print_words(
        left, y, "юридический/фактический адрес" if russian else "юрдикалык/фактылык дареги"
    )
    sheet.hole("address", x, y, left + width - x, rule=rule)
    y = _paragraph(sheet, RUSSIAN if russian else KYRGYZ, left, y + 1.5 * step, width)
    y += 3 * step
    x = sheet.print_words(left, y, "Директор")
    sheet.hole("signature", x, y, 0.35 * width, rule=rule)
    sheet.hole("director_name", left + 0.6 * width, y, 0.4 * width, rule=rule)
    y += step
    sheet.print_words(
        left + 0.22 * width, y, "(подпись, печать)" if russian else "(колу, мөөрү)", 0.8
    )
    y += 2.5 * step
    x = sheet.print_words(left, y, "дата")
    x = sheet.hole("notice_date", x, y, 0.25 * width, rule=rule)
    sheet.print_words(x, y, "2023 г." if russian else "2023-ж.")


def _pieces(wording: str) -> Iterator[tuple[str, Option | None]]:
    for chunk in wording.replace("<", "\0<").replace(">", ">\0").split("\0"):
        if chunk.startswith("<"):
            head, words = chunk[1:-1].split(":")
            name, option = head.split("=")
            for each in words.split():
                yield each, (name, option)
        else:
            # a comma after an option is printed tight to it
            for each in chunk.split():
                yield each, None


def _paragraph(sheet: Sheet, wording: str, left: float, y: float, width: float) -> float:
    face = sheet.face()
    space = face.getlength(" ")
    row: list[tuple[str, Option | None]] = []
    used = 0.0
    for text, option in _pieces(wording):
        long = face.getlength(text)
        if row and used + space + long > width:
            stretch = (width - used) / max(1, len(row) - 1) if sheet.look.justified else 0.0
            _print_row(sheet, row, (left, y), space + stretch)
            y += sheet.look.pitch * sheet.em
            row, used = [], 0.0
        used += long + (space if row and text not in ",." else 0.0)
        row.append((text, option))
    _print_row(sheet, row, (left, y), space)
    return y


def _print_row(
    sheet: Sheet, row: Sequence[tuple[str, Option | None]], at: tuple[float, float], space: float
) -> None:
    x, y = at
    face = sheet.face()
    words: list[tuple[str, Rect]] = []
    for text, option in row:
        if text in ",.":
            x -= space
        rect = sheet.word(x, y, text, face)
        words.append((text, rect))
        if option:
            sheet.options.setdefault(option, []).append((len(sheet.lines), rect))
        else:
            sheet.printed.append((text, rect))
        x += face.getlength(text) + space
    sheet.lines.append(words)


def stroke(sheet: Sheet, points: NDArray[np.float64], width: float, colour: Colour = BLUE) -> None:
    """Draw a pen's way through these points (n×2 pixels), its pressure wandering."""
    draw = ImageDraw.Draw(sheet.picture)
    pressure = 1.0
    for (x0, y0), (x1, y1) in pairwise(points):
        pressure = min(1.4, max(0.6, pressure + float(sheet.rng.normal(0, 0.04))))
        thick = max(1.0, width * pressure)
        draw.line((x0, y0, x1, y1), fill=colour, width=round(thick))
        draw.ellipse((x1 - thick / 2, y1 - thick / 2, x1 + thick / 2, y1 + thick / 2), fill=colour)


def underline(
    sheet: Sheet, rect: Rect, *, shaky: float = 0.0, drop: float = 0.12, colour: Colour = BLACK
) -> None:
    """Underline a box: ``drop`` below its baseline in sizes, ``shaky`` 0 (printed) to 1."""
    rng, em = sheet.rng, sheet.em
    y = rect[3] + drop * em
    if shaky == 0:
        thick = max(1, round(0.05 * em))
        ImageDraw.Draw(sheet.picture).line((rect[0], y, rect[2], y), fill=colour, width=thick)
        return
    left = rect[0] + rng.normal(0, 0.3 * shaky) * em
    right = rect[2] + rng.normal(0, 0.3 * shaky) * em
    count = max(8, int((right - left) / (0.15 * em)))
    along = np.linspace(0, 1, count)
    slope = rng.normal(0, 0.015 * shaky) * (right - left)
    bow = rng.normal(0, 0.08 * shaky) * em
    wander = np.cumsum(rng.normal(0, 0.012 * shaky * em, count))
    down = y + slope * (along - 0.5) + bow * np.sin(np.pi * along) + wander
    width = float(rng.uniform(0.25, 0.6)) * sheet.mm
    stroke(sheet, np.column_stack([left + along * (right - left), down]), width, colour)


def circle(sheet: Sheet, rect: Rect, *, open_: float = 0.0, colour: Colour = BLUE) -> None:
    """Draw a hand's oval around a box; ``open_`` is the part of the turn left out."""
    rng, em = sheet.rng, sheet.em
    cx, cy = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    rx = (rect[2] - rect[0]) / 2 * 1.08 + rng.uniform(0.0, 0.5) * em
    ry = (rect[3] - rect[1]) / 2 + rng.uniform(0.15, 0.45) * em
    turn = np.linspace(0, 2 * math.pi * (1 - open_), 120) + rng.uniform(0, 2 * math.pi)
    drift = 1 + np.linspace(-0.04, 0.04, 120) * rng.uniform(0, 1)
    wander = np.cumsum(rng.normal(0, 0.01 * em, 120))
    square = 0.75  # a hand's oval around a long word is nearer to a box than to an ellipse
    xs = cx + rx * drift * np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** square
    ys = cy + ry * drift * np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** square + wander
    stroke(sheet, np.column_stack([xs, ys]), float(rng.uniform(0.25, 0.6)) * sheet.mm, colour)


def strike(sheet: Sheet, rect: Rect, colour: Colour = BLUE) -> None:
    """Strike a box out by one stroke through the small letters."""
    underline(sheet, (rect[0], rect[1], rect[2], rect[3]), shaky=0.7, drop=-0.28, colour=colour)


def scrawl(sheet: Sheet, rect: Rect, *, size: float, colour: Colour = BLUE) -> Rect:
    """Sign inside a box: loops of ``size`` millimetres height; return the ink's box."""
    rng, mm = sheet.rng, sheet.mm
    loops = int(rng.integers(4, 10))
    t = np.linspace(0, 2 * math.pi * loops, loops * 40)
    wide = min(rect[2] - rect[0], float(rng.uniform(18, 45)) * mm)
    envelope = 0.35 + 0.65 * np.abs(np.interp(t, np.linspace(0, t[-1], 6), rng.normal(0, 1, 6)))
    envelope /= envelope.max()
    xs = rect[0] + wide * t / t[-1] + 0.08 * wide * np.cos(t)
    ys = (rect[1] + rect[3]) / 2 + size * mm / 2 * envelope * np.sin(t + 0.3 * np.sin(t / 2))
    stroke(sheet, np.column_stack([xs, ys]), float(rng.uniform(0.3, 0.6)) * mm, colour)
    return float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())


def round_seal(
    sheet: Sheet, centre: tuple[float, float], *, colour: Colour = VIOLET, ink: float = 1.0
) -> None:
    """Stamp a round seal of about 40 mm; ``ink`` is the part of it that took."""
    rng, mm = sheet.rng, sheet.mm
    radius = float(rng.uniform(19, 21)) * mm
    side = int(2 * radius + 4)
    stamp = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(stamp)
    middle = side / 2
    for part, thick in ((1.0, 0.7), (0.93, 0.3), (0.62, 0.3)):
        r = radius * part
        draw.ellipse(
            (middle - r, middle - r, middle + r, middle + r),
            outline=255,
            width=max(1, round(thick * mm)),
        )
    _ring_of_letters(sheet, stamp, radius)
    grain = np.asarray(
        Image.fromarray(rng.integers(0, 255, (12, 12), dtype=np.uint8)).resize(
            (side, side), Image.Resampling.BICUBIC
        )
    )
    taken = np.asarray(stamp, np.float64) / 255 * np.clip((ink * 255 - grain) / 60 + 0.8, 0, 1)
    _press(sheet, taken, (int(centre[0] - middle), int(centre[1] - middle)), colour)
    sheet.seal = (centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius)


def _ring_of_letters(sheet: Sheet, stamp: Image.Image, radius: float) -> None:
    words = "КЫРГЫЗ РЕСПУБЛИКАСЫ * БИЛИМ БЕРҮҮ ЖАНА ИЛИМ МИНИСТРЛИГИ * "
    face = ImageFont.truetype(sheet.look.face, max(8, round(2.9 * sheet.mm)))
    middle = stamp.width / 2
    for index, letter in enumerate(words):
        angle = 2 * math.pi * index / len(words)
        tile = Image.new("L", (int(face.size) + 4,) * 2, 0)
        ImageDraw.Draw(tile).text(
            (tile.width / 2, tile.height / 2), letter, font=face, fill=230, anchor="mm"
        )
        turned = tile.rotate(-math.degrees(angle), resample=Image.Resampling.BILINEAR)
        x = middle + 0.78 * radius * math.sin(angle) - tile.width / 2
        y = middle - 0.78 * radius * math.cos(angle) - tile.height / 2
        stamp.paste(255, (round(x), round(y)), turned)
    centre = ImageDraw.Draw(stamp)
    centre.text((middle, middle), "№ 7\nМЕКТЕП", font=face, fill=230, anchor="mm", align="center")


def _press(sheet: Sheet, taken: NDArray[np.float64], at: tuple[int, int], colour: Colour) -> None:
    page = np.asarray(sheet.picture, np.float64).copy()
    x, y = at
    x0, y0 = max(0, x), max(0, y)
    x1, y1 = min(page.shape[1], x + taken.shape[1]), min(page.shape[0], y + taken.shape[0])
    part = taken[y0 - y : y1 - y, x0 - x : x1 - x, None]
    tint = 1 - np.asarray(colour, np.float64) / 255
    page[y0:y1, x0:x1] *= 1 - 0.9 * part * tint
    sheet.picture = Image.fromarray(page.astype(np.uint8))


def stamp_box(sheet: Sheet, rect: Rect, corners: int = 4, colour: Colour = VIOLET) -> None:
    """Stamp an incoming-mail stamp: a rectangle or a triangle with words in it."""
    draw = ImageDraw.Draw(sheet.picture)
    left, top, right, bottom = rect
    outline = [(left, top), (right, top), (right, bottom), (left, bottom)]
    if corners == 3:
        outline = [((left + right) / 2, top), (right, bottom), (left, bottom)]
    draw.polygon(outline, outline=colour, width=max(2, round(0.5 * sheet.mm)))
    face = sheet.face(0.7)
    draw.text(
        ((left + right) / 2, (top + 2 * bottom) / 3),
        "КИРДИ\n№ 215",
        font=face,
        fill=colour,
        anchor="mm",
    )


def fill(sheet: Sheet, name: str, text: str, *, hand: str = "", colour: Colour = BLACK) -> None:
    """Write a value into a hole, typed in the page's face or by ``hand`` (a face file)."""
    rng = sheet.rng
    left, _, right, bottom = sheet.holes[name]
    baseline = bottom - 0.25 * sheet.em
    scale = float(rng.uniform(1.1, 1.5)) if hand else 1.0
    face = sheet.face(scale, hand)
    while face.getlength(text) > right - left and len(text) > 3:
        text = text[:-1]
    if not hand:
        _clear_underscores(sheet, name, face.getlength(text))
    x, inked = left + 0.2 * sheet.em, []
    draw = ImageDraw.Draw(sheet.picture)
    words: list[tuple[str, Rect]] = []
    for each in text.split():
        y = baseline + (rng.normal(0, 0.05) * sheet.em if hand else 0.0)
        draw.text((x, y), each, font=face, fill=colour, anchor="ls")
        rect: Rect = draw.textbbox((x, y), each, font=face, anchor="ls")
        inked.append(rect)
        words.append((each, rect))
        x += face.getlength(each + " ")
    sheet.fills[name] = inked
    sheet.read_in[name] = words
    if hand:
        sheet.by_hand.add(name)
    else:
        sheet.lines.append(words)


def _clear_underscores(sheet: Sheet, name: str, width: float) -> None:
    """Typing replaces underscores about half the time; else it stands on them."""
    if sheet.rng.random() < 0.5:
        left, top, _, bottom = sheet.holes[name]
        ImageDraw.Draw(sheet.picture).rectangle(
            (left, top, left + width + 0.3 * sheet.em, bottom + 0.1 * sheet.em),
            fill=(255, 255, 255),
        )


def scanned(sheet: Sheet, kind: str) -> Raster:
    """Scan the sheet: ``colour``, ``grey``, ``bit``, ``fax`` or ``worn``."""
    rng, dpi = sheet.rng, sheet.look.dpi
    picture = sheet.picture
    if kind in {"fax", "worn"}:
        share = {"fax": 200 / dpi, "worn": 150 / dpi}[kind]
        picture = picture.resize(
            (round(picture.width * share), round(picture.height * share)), Image.Resampling.BOX
        )
        dpi = dpi * share
    page = np.asarray(picture, np.float64)[:, :, ::-1]
    if kind != "colour":
        page = page @ np.array([0.114, 0.587, 0.299])
    page = 40 + page * (200 / 255) if kind == "worn" else 12 + page * (238 / 255)
    page = page + rng.normal(0, 14 if kind == "worn" else 5, page.shape)
    if kind in {"bit", "fax"}:
        page = np.where(page < 140, 0.0, 255.0)
        flip = rng.random(page.shape) < (0.002 if kind == "fax" else 0.0003)
        page = np.where(flip, 255 - page, page)
    return Raster(np.clip(page, 0, 255).astype(np.uint8), dpi)


def finish(sheet: Sheet, kind: str) -> Drawn:
    """Scan the sheet and lay out what the reader and the matcher would hand on."""
    raster = scanned(sheet, kind)
    width, height = sheet.picture.size

    def box(rect: Rect) -> Box:
        return Box.clipped(rect[0] / width, rect[1] / height, rect[2] / width, rect[3] / height)

    def written(row: list[tuple[str, Rect]]) -> Line:
        words = tuple(
            Word(tuple(Letter(c, box(r), 0.9) for c in text), box(r), 0.9) for text, r in row
        )
        return Line(words, Box.around(w.box for w in words))

    options = []
    for (name, option), rects in sheet.options.items():
        by_line: dict[int, list[Box]] = {}
        for row, rect in rects:
            by_line.setdefault(row, []).append(box(rect))
        spots = tuple(Spot(1, Box.around(boxes)) for boxes in by_line.values())
        words = tuple(Spot(1, box(rect)) for _, rect in rects)
        options.append(PrintedOption(name, option, spots, words, 0.0))
    holes = {}
    for name, rect in sheet.holes.items():
        inked = sheet.read_in.get(name)
        seen = (
            Box.around(box(r) for _, r in inked)
            if inked and name not in sheet.by_hand
            else box(rect)
        )
        letters = tuple(
            PlacedLetter(1, Letter(c, box(r), 0.9), starts_word=i == 0, starts_line=False)
            for text, r in (inked or ())
            if name not in sheet.by_hand
            for i, c in enumerate(text)
        )
        holes[name] = (Hole(name, letters, (Spot(1, seen),), 0.0),)
    placement = Placement(
        template=Template("drawn", "1", _rules(holes), checks=(), wordings=()),
        language=sheet.language,
        pages=(1,),
        share=1.0,
        blocks=frozenset(),
        holes=holes,
        options=tuple(options),
        anchors=tuple((text, Spot(1, box(r))) for text, r in sheet.printed),
    )
    rows = tuple(written(row) for row in sheet.lines if row)
    fills = {name: tuple(box(r) for r in rects) for name, rects in sheet.fills.items()}
    return Drawn(
        raster, placement, PageText(rows, "drawn"), fills, box(sheet.seal) if sheet.seal else None
    )


def _rules(names: Iterable[str]) -> dict[str, FieldRule]:
    kinds = {"signature": FieldKind.SIGNATURE, "seal": FieldKind.SEAL}
    choices = {
        n: FieldRule(n, FieldKind.CHOICE, several=several) for n, several in _SEVERAL.items()
    }
    return {n: FieldRule(n, kinds.get(n, FieldKind.TEXT)) for n in (*names, "seal")} | choices


def option_rects(sheet: Sheet, option: Option) -> list[Rect]:
    """Return one box a line around an option's words, its bottom on the baseline."""
    by_line: dict[int, list[Rect]] = {}
    for row, rect in sheet.options[option]:
        by_line.setdefault(row, []).append(rect)
    face = sheet.face()
    boxes = []
    for row, rects in by_line.items():
        # the tight bottom of the line's words without descenders is its baseline
        top = min(r[1] for r in rects)
        baseline = _baseline(sheet, row, face)
        boxes.append((min(r[0] for r in rects), top, max(r[2] for r in rects), baseline))
    return boxes


def _baseline(sheet: Sheet, row: int, face: ImageFont.FreeTypeFont) -> float:
    text, rect = sheet.lines[row][0]
    left, _, _, bottom = face.getbbox(text, anchor="ls")
    del left
    return rect[3] - bottom
