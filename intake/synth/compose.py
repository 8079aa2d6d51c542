"""Turns the marked-up wording and a filling into tokens, in one office's manner of filling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from intake.synth.faces import Face, Family
from intake.synth.filling import PLAIN_LETTERS, Entry, Filling
from intake.synth.reference import happens
from intake.synth.sheet import BLACK, Colour
from intake.synth.typeset import PAD_STEP, Look, Token
from intake.synth.wording import CENTRE, CORRECTIONS, Piece, parse

# The form's blanks, in points at 12 pt type.
GAP_WIDTHS = {
    "order_number": 34, "order_date": 60, "order_day": 30, "order_month": 50,
    "department_district": 96, "department_region": 96, "ayil_district": 96, "ayil_region": 96,
    "organization_name": 330, "organization_okpo": 84, "organization_inn": 130, "ownership": 130,
    "address": 250, "centre_inn": 90, "centre_okpo": 66, "director_name": 190,
    "notice_date": 96, "signature": 130,
}  # fmt: skip


# Labels after which a typist likes to put a colon.
COLONS = (
    "ОКПО", "ИНН", "форма собственности", "адрес", "ФИО", "дата", "менчиктин формасы", "дареги",
    "Аты-жөнү", "Директор",
)  # fmt: skip


@dataclass(frozen=True)
class Fill:
    """How values are written: face, size in points, colour, by hand or typed, off the line."""

    face: Face
    size: float
    colour: Colour = BLACK
    by_hand: bool = False
    shift: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Style:
    """One office's typing of the form.

    ``gap``: ``kept`` (value typed among underscores), ``dropped`` (only the
    value), ``underlined`` (the word processor's underline), ``line``,
    ``underscores``, ``dots`` (value over a printed rule). ``date_form``:
    ``year printed``, ``whole``, ``whole and year``. ``penned`` fields are
    written with ``pen``, the others as ``fill`` says. ``name_place``: ``label``
    (after «ФИО») or ``line`` (after the signature). Sizes in points.
    """

    family: Family
    size: float
    leading: float
    body_align: str
    margins: tuple[float, float, float, float]
    gap: str
    fill: Fill
    pen: Fill | None = None
    penned: frozenset[str] = frozenset()
    date_form: str = "year printed"
    name_place: str = "label"
    has_colons: bool = False
    has_kyrgyz: bool = True
    is_corrected: bool = False
    capital_title: bool = True


@dataclass
class Scribe:
    """Writes the form's pieces as tokens, and remembers what stands in each field."""

    style: Style
    filling: Filling
    rng: Random
    texts: dict[str, str] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    scale: float = 1.0
    is_bold: bool = False
    is_italic: bool = False

    def tokens(self, markup: str) -> list[Token]:
        """Return the tokens of one line of wording."""
        return [token for piece in parse(self._worded(markup)) for token in self._piece(piece)]

    def _worded(self, markup: str) -> str:
        asked, filled = CENTRE[self.filling.language]
        if asked in markup and self.filling.entries["centre_inn"].value:
            markup = markup.replace(asked, self.rng.choice(filled))
        if self.style.has_colons:
            for label in COLONS:
                markup = markup.replace(f"{label} {{", f"{label}: {{")
        if self.style.is_corrected:
            for wrong, right in CORRECTIONS:
                markup = markup.replace(wrong, right)
        return markup

    def _piece(self, piece: Piece) -> Iterator[Token]:
        if not piece.field:
            yield from self.words(piece.words, piece.tag, is_italic=piece.is_italic)
        elif piece.field == "order_date":
            yield from self._order_date()
        elif piece.field == "notice_date":
            yield from self._notice_date()
        else:
            yield from self.gap(piece.field)

    def words(self, text: str, tag: str = "", *, is_italic: bool = False) -> Iterator[Token]:
        """Yield printed words; a break may come where the text has a space."""
        look = self._print_look(is_italic=is_italic)
        text = text if self.style.has_kyrgyz else text.translate(PLAIN_LETTERS)
        if tag.startswith("option:"):
            self.printed[tag] = text
            tag = f"{self.filling.key}/{tag}"
        for match in re.finditer(r"(\s*)(\S+)", text):
            yield Token(match[2], look, tag, is_spaced=bool(match[1]))
        if text.endswith(" ") or not text.strip():
            yield Token("", look, step=0.001)

    def gap(self, name: str, text: str | None = None, part: str = "") -> Iterator[Token]:
        """Yield a gap with what is written in it; ``part`` names one of a field's several gaps."""
        entry = self.filling.entries[name]
        written = entry.text if text is None else text
        if name in ("signature", "seal"):
            written = ""
        if written:
            self.texts[name] = f"{self.texts.get(name, '')} {written}".strip()
        yield from self._gap_tokens(name, part or name, written)

    def _gap_tokens(self, name: str, part: str, written: str) -> Iterator[Token]:
        style = self.style.gap
        if written and style in ("dropped", "underlined"):
            yield from self._value(name, part, written, "")
            return
        if style in ("kept", "dropped", "underlined"):
            yield from self._among_underscores(name, part, written)
            return
        before = self.rng.randint(0, 2) if written else 0
        value = list(self._value(name, part, written, style))
        wanted = GAP_WIDTHS[part] * self.style.size / 12 * self.scale
        used = sum(t.width + t.space for t in value) + before * PAD_STEP
        after = max(int((wanted - used) / PAD_STEP), 1)
        yield from self._pads(part, style, before)
        yield from (replace(t, is_spaced=bool(i)) for i, t in enumerate(value))
        yield from self._pads(part, style, after)

    def _value(self, name: str, part: str, written: str, rule: str) -> Iterator[Token]:
        look = self._fill_look(name)
        for number, word in enumerate(written.split()):
            yield Token(
                word, look, self.filling.tag("field", name), number > 0, self._gap(part), rule
            )

    def _among_underscores(self, name: str, part: str, written: str) -> Iterator[Token]:
        value = list(self._value(name, part, written, ""))
        used = sum(t.width + t.space for t in value)
        unit = self.style.family.regular.width("_", self.style.size * self.scale)
        wanted = GAP_WIDTHS[part] * self.style.size / 12 * self.scale
        count = max(int((wanted - used) / unit), 2 if written else 4)
        before = self.rng.randint(1, max(count // 2, 1)) if written else 0
        tight = happens(self.rng, 0.6)
        yield from self._underscores(part, before)
        yield from (replace(t, is_spaced=bool(i) or not tight) for i, t in enumerate(value))
        after = list(self._underscores(part, count - before))
        yield from (replace(t, is_spaced=not tight and not i) for i, t in enumerate(after))

    def _underscores(self, part: str, count: int) -> Iterator[Token]:
        look = self._print_look()
        for start in range(0, count, 4):
            yield Token("_" * min(4, count - start), look, "", is_spaced=False, gap=self._gap(part))

    def _pads(self, part: str, rule: str, count: int) -> Iterator[Token]:
        look = self._print_look()
        for _ in range(count):
            yield Token(
                "", look, "", is_spaced=False, gap=self._gap(part), rule=rule, step=PAD_STEP
            )

    def _gap(self, part: str) -> str:
        return self.filling.tag("gap", part)

    def _print_look(self, *, is_italic: bool = False) -> Look:
        family = self.style.family
        face = family.bold if self.is_bold else family.regular
        if is_italic or self.is_italic:
            face = family.italic
        return Look(face, self.style.size * self.scale)

    def _fill_look(self, name: str) -> Look:
        style = self.style
        fill = style.pen if style.pen and name in style.penned else style.fill
        return Look(
            fill.face, fill.size * self.scale, fill.colour,
            underlined=self.style.gap == "underlined", by_hand=fill.by_hand, shift=fill.shift,
        )  # fmt: skip

    def _notice_date(self) -> Iterator[Token]:
        """Write the date line: «дата _____ 2023 г.» and what offices make of it."""
        written = self.filling.dates.get("notice_date")
        tail = "г." if self.filling.language == "ru" else "-ж."
        form = self.style.date_form
        if written and (written.day_of.year != 2023 or form == "whole"):
            yield from self.gap("notice_date", written.whole)
            return
        whole = form == "whole and year"
        text = "" if not written else written.whole if whole else written.day_month
        yield from self.gap("notice_date", text)
        yield from self.words(
            " 2023", self.filling.tag("field", "notice_date") if written and not whole else ""
        )
        yield from self.words(f" {tail}" if self.filling.language == "ru" else tail)
        if written and not whole:
            self.texts["notice_date"] += " 2023"

    def _order_date(self) -> Iterator[Token]:
        written = self.filling.dates.get("order_date")
        if written and self.style.date_form == "whole":
            yield from self.gap("order_date", written.whole)
            return
        day, month = (written.day, written.month) if written else ("", "")
        tag = self.filling.tag("field", "order_date") if written else ""
        if self.filling.language == "ky":
            yield from self.words("2023", tag)
            yield from self.words("-жылдын")
        yield from self.words(" «")
        yield from self.gap("order_date", day, "order_day")
        yield from self.words("» ")
        yield from self.gap("order_date", month, "order_month")
        if self.filling.language == "ru":
            yield from self.words(" 2023", tag)
            yield from self.words(" года")

    def truth(self) -> Filling:
        """Return the filling with every text as it now stands on paper."""
        filling = self.filling
        for name in ("education_level", "legal_entity"):
            chosen = (filling.entries[name].value or "").split(",")
            words = (self.printed.get(f"option:{name}:{option}", "") for option in chosen)
            self.texts[name] = ", ".join(word for word in words if word)
        for name, text in self.texts.items():
            entry = filling.entries[name]
            filling = filling.with_entry(name, Entry(entry.value, text, entry.state))
        return filling
