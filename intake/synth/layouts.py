"""The arrangements in which offices set the form, from the official page to a bare table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake.synth.bodies import BODIES, gap_width
from intake.synth.compose import Scribe
from intake.synth.typeset import Measure, Setter
from intake.synth.wording import WORDING


@dataclass(frozen=True)
class Layout:
    """One arrangement: which parts stand on the page, and how.

    ``addressees``: ``stacked``, ``columns`` or ``relevant`` (only the block that
    applies), above the title or below it. ``body`` is one of ``BODIES``. ``gaps`` are
    the ways of filling that occur with it; ``breaks_before`` the parts with which a
    second page may begin.
    """

    name: str
    gaps: tuple[str, ...]
    addressees: str = "stacked"
    are_addressees_below: bool = False
    body: str = "text"
    has_heading: bool = True
    has_hints: bool = True
    has_letterhead: bool = False
    has_page_number: bool = False
    breaks_before: tuple[str, ...] = ()
    widening: float = 1.0
    flat_blocks: bool = False

    @property
    def has_table_hint(self) -> bool:
        """Whether the forms of ownership stand printed, to be marked."""
        return self.has_hints and self.body in ("text", "captions")


LAYOUTS = {
    layout.name: layout
    for layout in (
        Layout("official", ("line", "underscores", "underscores")),
        Layout("official-columns", ("line", "underscores"), addressees="columns"),
        Layout("retyped-kept", ("kept",), addressees="stacked", flat_blocks=True),
        Layout("retyped-dropped", ("dropped", "underlined"), addressees="relevant"),
        Layout("ruled", ("line",), addressees="stacked", flat_blocks=True),
        Layout("typed-over", ("underscores", "dots", "line"), addressees="stacked"),
        Layout("relevant-only", ("underscores", "kept", "line"), addressees="relevant",
               has_heading=False),
        Layout("table", ("dropped",), addressees="relevant", body="table", has_heading=False),
        Layout("grid", ("dropped",), addressees="relevant", body="grid", has_heading=False),
        Layout("captions-below", ("line",), addressees="relevant", body="captions",
               has_heading=False),
        Layout("addressees-below", ("line", "underscores", "dropped"), addressees="relevant",
               are_addressees_below=True),
        Layout("many-lines", ("line", "underscores", "kept"), widening=1.5),
        Layout("two-pages", ("underscores", "line", "dropped"),
               breaks_before=("inn", "statement", "statement", "signature", "date")),
        Layout("letterhead", ("dropped", "underlined", "line"), addressees="relevant",
               has_heading=False, has_letterhead=True, has_page_number=True),
    )
}  # fmt: skip


class Form:
    """Sets one notice onto sheets, part after part."""

    def __init__(self, setter: Setter, scribe: Scribe, layout: Layout) -> None:
        self.setter = setter
        self.scribe = scribe
        self.layout = layout
        self.words = WORDING[scribe.filling.language]
        self.second_page = scribe.rng.choice(layout.breaks_before or ("",))

    def draw(self) -> None:
        """Set the whole notice."""
        if self.layout.has_letterhead:
            self._letterhead()
        if self.layout.has_heading:
            self._heading()
        if self.layout.are_addressees_below:
            self._title()
            self._addressees()
        else:
            self._addressees()
            self._title()
        BODIES[self.layout.body](self)
        self._signature()
        if self.layout.has_page_number:
            self._page_number()

    def lines(self, markups: Iterable[str], left: float, right: float, align: str) -> None:
        """Set lines of wording, each as a paragraph of its own, between two edges in points."""
        for markup in markups:
            tokens = self.scribe.tokens(markup)
            leading = self.scribe.style.leading * self.scribe.scale
            self.setter.paragraph(tokens, Measure(left, right, align, leading))

    def space(self, lines: float) -> None:
        """Leave this many lines empty."""
        self.setter.y += lines * self.scribe.style.leading

    def across(self, share: float) -> float:
        """Return the place at this share of the text's width, in points."""
        return self.setter.left + share * (self.setter.right - self.setter.left)

    def _heading(self) -> None:
        start = self.across(0.56)
        self.lines(self.words["heading"], start, self.setter.right, "left")
        self.space(0.8)

    def _letterhead(self) -> None:
        name = self.scribe.filling.text("organization_name")
        setter, scribe = self.setter, self.scribe
        scribe.is_bold = True
        self.lines((f"{name.upper()[:70]}",), setter.left, setter.right, "centre")
        scribe.is_bold, scribe.scale = False, 0.85
        contacts = {"ru": "тел./факс: 0312 000 000, e-mail: school@example.kg",
                    "ky": "тел.: 0312 000 000, эл. почта: mektep@example.kg"}  # fmt: skip
        self.lines((contacts[scribe.filling.language],), setter.left, setter.right, "centre")
        scribe.scale = 1.0
        self.space(1.2)

    def blocks(self) -> Sequence[str]:
        """Return the addressee blocks that stand on this notice."""
        if self.layout.addressees != "relevant":
            return ("ministry", "department", "ayil")
        filled = [
            block for block in ("department", "ayil")
            if self.scribe.filling.entries[f"{block}_district"].value
        ]  # fmt: skip
        return filled or ("ministry",)

    def _addressees(self) -> None:
        if self.layout.addressees == "columns":
            self._addressee_columns()
            return
        start = self.across(0.5)
        for block in self.blocks():
            lines = self.words[block]
            flat = (" ".join(lines),) if self.layout.flat_blocks else lines
            self.scribe.is_bold = block == "ministry" or self.scribe.filling.language == "ru"
            self.lines(flat, start, self.setter.right, "left")
            self.scribe.is_bold = False
            self.space(0.5)

    def _addressee_columns(self) -> None:
        top, bottoms = self.setter.y, []
        for number, block in enumerate(self.blocks()):
            self.setter.y = top
            left, right = self.across(number * 0.345), self.across(number * 0.345 + 0.31)
            self.lines(self.words[block], left, right, "left")
            bottoms.append(self.setter.y)
        self.setter.y = max(bottoms)
        self.space(0.5)

    def _title(self) -> None:
        self.space(1)
        self.scribe.is_bold = True
        self.lines(self.words["title"], self.setter.left, self.setter.right, "centre")
        self.scribe.is_bold = False
        self.space(0.7)

    def hint(self, part: str, share: float = 1.0) -> None:
        """Set the small words that say what to write, over this share of the text's width."""
        if not self.layout.has_hints:
            return
        self.scribe.scale = 0.78
        self.lines(self.words[part], self.setter.left, self.across(share), "centre")
        self.scribe.scale = 1.0

    def captioned(self, fields: Iterable[tuple[str, str]]) -> None:
        """Set lines to write on beside each other, each with its label in small print below."""
        left, top, bottom = self.setter.left, self.setter.y, 0.0
        for name, label in fields:
            self.setter.y = top
            wide = max(gap_width(self, name), self.across(0.46) - self.setter.left)
            right = min(left + wide, self.setter.right)
            self.lines((f"{{{name}}}",), left, right, "left")
            self.scribe.scale = 0.74
            self.lines((f"({label.strip('()')})",), left, right, "centre")
            self.scribe.scale = 1.0
            bottom, left = max(bottom, self.setter.y), right + 14
        self.setter.y = bottom
        self.space(0.3)

    def turn_before(self, part: str) -> None:
        """Go on to a new page where this notice's second page begins with this part."""
        if part == self.second_page:
            self.setter.turn_page()

    def _signature(self) -> None:
        self.space(1.6)
        self.turn_before("signature")
        if self.layout.body == "captions":
            self._captioned_director()
        else:
            self._director()
        self.space(0.5)
        self.turn_before("date")
        self.lines(self.words["date"], self.setter.left, self.setter.right, "left")
        if self.layout.has_letterhead:
            self._executor()

    def _director(self) -> None:
        left, right = self.setter.left, self.setter.right
        name, director = self.words["director_name"], self.words["director"]
        on_line = self.scribe.style.name_place == "line"
        if on_line:
            director = (f"{director[0]} {{director_name}}",)
        self.lines(director, left, right, "left")
        self.hint("director_hint", 0.5)
        self.space(0.3)
        if not on_line:
            self.lines(name, left, right, "left")

    def _captioned_director(self) -> None:
        (label,) = (line.split(" {")[0] for line in self.words["director"])
        (name,) = (line.split(" {")[0] for line in self.words["director_name"])
        self.lines((label,), self.setter.left, self.setter.right, "left")
        self.space(0.6)
        hint = self.words["director_hint"][0]
        self.captioned((("signature", hint), ("director_name", name)))

    def _executor(self) -> None:
        """Set who typed the letter, as letterheads have it at their foot."""
        self.space(2)
        self.scribe.scale = 0.75
        words = {"ru": "Исп.: Токтосунова Г., тел.: 0555 00 00 00",
                 "ky": "Аткаруучу: Токтосунова Г., тел.: 0555 00 00 00"}  # fmt: skip
        self.lines(
            (words[self.scribe.filling.language],), self.setter.left, self.across(0.7), "left"
        )
        self.scribe.scale = 1.0

    def _page_number(self) -> None:
        leading = self.scribe.style.leading
        self.setter.y = self.setter.sheet.height - self.setter.margins[3] - leading - 1
        middle = self.across(0.5)
        self.lines(("1",), middle - 20, middle + 20, "centre")
