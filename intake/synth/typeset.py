"""Sets tokens into lines and lines onto sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from intake.synth.faces import Face
from intake.synth.sheet import BLACK, Colour, Rule, Run, Sheet

PAD_STEP = 6.0  # points; a gap may break between two steps


@dataclass(frozen=True)
class Look:
    """How letters look; ``shift`` moves them off the baseline, in points right and down."""

    face: Face
    size: float
    colour: Colour = BLACK
    underlined: bool = False
    by_hand: bool = False
    shift: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Token:
    """A word, or a step of an empty gap (no text).

    ``is_spaced`` allows a line to break before it; ``gap`` names the gap it lies
    in; ``rule`` is how that gap is drawn: ``line``, ``underscores``, ``dots``, or nothing.
    """

    text: str
    look: Look
    tag: str = ""
    is_spaced: bool = True
    gap: str = ""
    rule: str = ""
    step: float = 0.0

    @property
    def width(self) -> float:
        """Advance width in points."""
        return self.step or self.look.face.width(self.text, self.look.size)

    @property
    def space(self) -> float:
        """Width of the space before it, in points."""
        wide = self.is_spaced and not (self.gap and not self.text)
        return self.look.face.width(" ", self.look.size) if wide else 0.0

    @property
    def may_start_line(self) -> bool:
        """Whether a line may break before it."""
        return self.is_spaced or (bool(self.gap) and not self.text)


@dataclass(frozen=True)
class Measure:
    """Where a paragraph stands: left and right edge in points, alignment, leading in points."""

    left: float
    right: float
    align: str
    leading: float
    indent: float = 0.0


Placed = tuple[Token, float]  # a token and its left edge


def break_lines(tokens: Sequence[Token], measure: Measure) -> list[list[Token]]:
    """Break tokens into lines that fit; a word wider than the line keeps a line of its own."""
    lines: list[list[Token]] = [[]]
    room = measure.right - measure.left - measure.indent
    used = 0.0
    for unit in _units(tokens):
        width = sum(t.width for t in unit) + sum(t.space for t in unit[1:])
        lead = unit[0].space if lines[-1] else 0.0
        if lines[-1] and used + lead + width > room:
            lines.append([])
            used, lead, room = 0.0, 0.0, measure.right - measure.left
        lines[-1].extend(unit)
        used += lead + width
    return lines


def _units(tokens: Sequence[Token]) -> list[list[Token]]:
    units: list[list[Token]] = []
    for token in tokens:
        if units and not token.may_start_line:
            units[-1].append(token)
        else:
            units.append([token])
    return units


def place_line(
    line: Sequence[Token], measure: Measure, indent: float, *, is_last: bool
) -> list[Placed]:
    """Give every token of a line its left edge."""
    widths = [(t.space if i else 0.0) + t.width for i, t in enumerate(line)]
    spare = measure.right - measure.left - indent - sum(widths)
    start = measure.left + indent
    if measure.align in ("centre", "right"):
        start += spare * (0.5 if measure.align == "centre" else 1.0)
    stretch = 0.0
    gaps = sum(1 for t in line[1:] if t.space)
    if measure.align == "justify" and not is_last and gaps and 0 < spare < 90:
        stretch = spare / gaps
    placed = []
    x = start
    for i, token in enumerate(line):
        x += (token.space + (stretch if token.space else 0.0)) if i else 0.0
        placed.append((token, x))
        x += token.width
    return placed


@dataclass
class Setter:
    """Sets paragraphs down one sheet after another within margins, in points."""

    margins: tuple[float, float, float, float]
    sheets: list[Sheet] = field(default_factory=lambda: [Sheet()])
    y: float = 0.0

    def __post_init__(self) -> None:
        self.y = self.y or self.margins[1]

    @property
    def sheet(self) -> Sheet:
        """The sheet being filled."""
        return self.sheets[-1]

    @property
    def left(self) -> float:
        """Left edge of the text."""
        return self.margins[0]

    @property
    def right(self) -> float:
        """Right edge of the text."""
        return self.sheet.width - self.margins[2]

    def turn_page(self) -> None:
        """Go on at the top of a new sheet."""
        self.sheets.append(Sheet())
        self.y = self.margins[1]

    def paragraph(self, tokens: Sequence[Token], measure: Measure) -> None:
        """Set one paragraph below what is there, over the page's end where it must."""
        lines = break_lines(tokens, measure)
        for number, line in enumerate(lines):
            if self.y + measure.leading > self.sheet.height - self.margins[3]:
                self.turn_page()
            self.y += measure.leading
            placed = place_line(
                line, measure, 0.0 if number else measure.indent, is_last=number == len(lines) - 1
            )
            following = lines[number + 1][0].gap if number + 1 < len(lines) else ""
            self._draw_line(placed, measure, following)

    def _draw_line(self, placed: Sequence[Placed], measure: Measure, following: str) -> None:
        for token, x in placed:
            if token.text:
                self._draw_word(token, x)
        for group in _gaps(placed):
            first, left = group[0]
            last, x = group[-1]
            runs_on = following == first.gap and group[-1] is placed[-1]
            right = measure.right if runs_on else x + last.width
            self._draw_gap(first, left, max(right, x + last.width))

    def _draw_word(self, token: Token, x: float) -> None:
        look = token.look
        dx, dy = look.shift
        self.sheet.items.append(
            Run(token.text, x + dx, self.y + dy, look.face, look.size, look.colour, token.tag,
                by_hand=look.by_hand)
        )  # fmt: skip
        edges = (x, self.y - 0.75 * look.size, x + token.width, self.y + 0.22 * look.size)
        self.sheet.note(token.tag, edges)
        if look.underlined:
            self.sheet.items.append(
                Rule(x - token.space, x + token.width, self.y + 0.12 * look.size, 0.05 * look.size)
            )

    def _draw_gap(self, token: Token, left: float, right: float) -> None:
        size = token.look.size
        self.sheet.note(token.gap, (left, self.y - size, right, self.y + 0.2 * size))
        if token.rule == "line":
            self.sheet.items.append(Rule(left, right, self.y + 0.1 * size, 0.6))
        elif token.rule in ("underscores", "dots"):
            sign = "_" if token.rule == "underscores" else "."
            face = replace(token.look, by_hand=False).face
            count = int((right - left) / max(face.width(sign, size), 0.5))
            self.sheet.items.append(Run(sign * max(count, 1), left, self.y, face, size))


def _gaps(placed: Sequence[Placed]) -> list[list[Placed]]:
    groups: list[list[Placed]] = []
    for item in placed:
        name = item[0].gap
        if not name:
            continue
        if groups and groups[-1][-1][0].gap == name:
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups
