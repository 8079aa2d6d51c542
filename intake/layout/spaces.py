"""Spaces that a reader ran over, or saw where none is, told by the white between letters.

People write «А.А.» and «А. А.», «8а» and «8 а», and a value is as written. A network that reads a
whole line hardly sees the difference; the white between two letters is that of other spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median, quantiles

from intake.domain.geometry import Box
from intake.domain.text import Letter, Line, Word

INITIALS = 0.95
"""White between a point and a capital that is a space, as a part of the page's usual space: pairs
without one had 0.86 at most, those with one 1.05 and, one, 0.73."""
HOUSE = 0.75
"""The same between a number and its letter, of which those with a space had 0.9 and more."""
SLASH = 0.6
"""The same beside a slash between words: 0.66 and more with a space."""
TORN = 0.6
"""White behind a digit alone, as a part of the usual space, below which the next number is its own:
«1 1.08.2023»."""
PITCH, NEXT = 0.83, 1.3
"""Distance of a comma from the digit before it in a typewriter's face, at least, and from the digit
of the same number behind it, at most, in that of two digits: in other faces a comma is nearer (0.6
to 0.79 of 20), and a space between makes it two."""
FEWEST = 8
"""Spaces that tell how wide they usually are on a page."""
WIDEST = 2.5
"""White that is a space and no gutter, in heights of a letter, at most."""


def with_spaces(lines: Sequence[Line], aspect: float) -> tuple[Line, ...]:
    """Return lines in which words are parted at such white, and numbers are whole.

    ``aspect`` is the page's width by its height.
    """
    usual = _usual_space(lines, aspect)
    mended = []
    for line in lines:
        words = _untorn(line.words, aspect, usual or 0.0)
        if usual is not None:
            words = [part for word in words for part in _parted(word, aspect, usual)]
        mended.append(line if line.words == tuple(words) else Line(tuple(words), line.box))
    return tuple(mended)


def _untorn(words: Sequence[Word], aspect: float, usual: float) -> list[Word]:
    """Return words with a digit that stands at the next number, or reaches into it, as its first.

    A «1» leaves white around it in most faces, and a typewriter's comma («486,3»).
    """
    whole: list[Word] = []
    for word in words:
        if whole and _is_torn(whole[-1], word, aspect, usual):
            letters = (*whole.pop().letters, *word.letters)
            sure = min(letter.confidence for letter in letters)
            word = Word(letters, Box.around(letter.box for letter in letters), sure)  # noqa: PLW2901
        whole.append(word)
    return whole


def _is_torn(one: Word, other: Word, aspect: float, usual: float) -> bool:
    """Tell whether two words are one number."""
    if not other.text[:1].isdigit():
        return False
    is_digit = len(one.text) == 1 and one.text.isdigit()
    if is_digit and _white(one.letters[0], other.letters[0], aspect) < TORN * usual:
        return True
    *digits, comma = one.letters
    pitch = _pitch(digits)
    if pitch is None or comma.text != ",":
        return False
    is_typewriters = _apart(digits[-1], comma) > PITCH * pitch
    return is_typewriters and _apart(comma, other.letters[0]) < NEXT * pitch


def _pitch(digits: Sequence[Letter]) -> float | None:
    """Return how far apart the digits of a number stand; None where there are too few."""
    both = [(one, other) for one, other in pairwise(digits) if (one.text + other.text).isdigit()]
    return median(_apart(*pair) for pair in both) if both else None


def _apart(one: Letter, other: Letter) -> float:
    """Return how far apart the middles of two letters are, as a share of the page's width."""
    return (other.box.left + other.box.right - one.box.left - one.box.right) / 2


def _usual_space(lines: Iterable[Line], aspect: float) -> float | None:
    """Return how wide the narrower spaces of a page are: justified lines have wide ones.

    In heights of a letter; None where there are too few.
    """
    pairs = (
        (one.letters[-1], other.letters[0])
        for line in lines for one, other in pairwise(line.words)
    )  # fmt: skip
    spaces = [white for one, other in pairs if 0 < (white := _white(one, other, aspect)) < WIDEST]
    return quantiles(spaces, n=4)[0] if len(spaces) >= FEWEST else None


def _white(one: Letter, other: Letter, aspect: float) -> float:
    """Return the white between two letters in heights of the taller one."""
    return (other.box.left - one.box.right) * aspect / max(one.box.height, other.box.height)


def _parted(word: Word, aspect: float, usual: float) -> Iterator[Word]:
    cuts = list(_cuts(word.letters, aspect, usual))
    if not cuts:
        yield word
        return
    for start, end in pairwise([0, *cuts, len(word.letters)]):
        letters = word.letters[start:end]
        yield Word(letters, Box.around(letter.box for letter in letters), word.confidence)


def _cuts(letters: Sequence[Letter], aspect: float, usual: float) -> Iterator[int]:
    for number, (one, other) in enumerate(pairwise(letters), start=1):
        part = _part_of_space(letters, number)
        if part is not None and _white(one, other, aspect) >= part * usual:
            yield number


def _part_of_space(letters: Sequence[Letter], number: int) -> float | None:
    """Return the part of a usual space that is one before a letter; None where none is lost."""
    before, sign = letters[number - 1].text, letters[number].text
    if before == "." and sign.isupper():
        return INITIALS
    if before.isdigit() and sign.isalpha():
        return HOUSE
    slash = number if sign == "/" else number - 1 if before == "/" else None
    if slash is not None and any(each.text.isalpha() for each in letters[slash - 1 : slash + 2]):
        return SLASH
    return None
