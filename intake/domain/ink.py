"""What the ink of a notice says, apart from its letters: marks, signature, seal, blanks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from intake.domain.placement import Spot


class Mark(StrEnum):
    """What was done to a printed option."""

    NONE = "none"
    UNDERLINED = "underlined"
    CIRCLED = "circled"
    STRUCK = "struck"
    TICKED = "ticked"
    BOLD = "bold"


@dataclass(frozen=True, slots=True)
class OptionInk:
    """The mark at one printed option.

    ``confidence`` 0..1 that ``mark`` is right; below the inspector's band it
    abstains: ``sure`` is False and a person must look.
    """

    field: str
    option: str
    mark: Mark
    confidence: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether a signature or a seal is there, how surely, and where its ink is."""

    present: bool
    confidence: float
    sure: bool
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class BlankInk:
    """The ink in the place of one field.

    ``amount`` is the ink that is neither a rule line nor printed form, as a
    share of a line of typing of the same width (0 = nothing, about 1 = typed
    full); ``written`` whether somebody wrote there; ``handwritten`` 0..1 how
    surely by hand; ``spots`` tight boxes of that ink, one a line; ``unread``
    whether letters that nobody could read go on from those that were read.
    """

    amount: float
    written: bool
    handwritten: float
    spots: tuple[Spot, ...] = ()
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Ink:
    """All that was seen on one notice besides letters, by field."""

    options: tuple[OptionInk, ...]
    presences: Mapping[str, Presence]
    blanks: Mapping[str, BlankInk]
