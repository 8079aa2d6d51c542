"""Inspect a notice's ink: marks at choices, signature, seal, and what stands in its blanks."""

from __future__ import annotations

from collections.abc import Mapping

from intake.domain.ink import Ink, Presence
from intake.domain.placement import Placement
from intake.domain.template import FieldKind
from intake.domain.text import PageText
from intake.engines.ink.choices import choice_inks
from intake.engines.ink.presence import seal_presence, signature_presence
from intake.engines.ink.sight import Sight, open_sights
from intake.engines.ink.values import blank_inks
from intake.engines.raster import Raster

_NO_VALUE = (FieldKind.CHOICE, FieldKind.SIGNATURE, FieldKind.SEAL)


def inspect(
    placement: Placement, pages: Mapping[int, Raster], texts: Mapping[int, PageText]
) -> Ink:
    """Return what the ink of a notice says apart from its letters.

    ``pages`` are the straightened pages of the notice by number, in colour where
    they were scanned so; ``texts`` what was read on them, boxes on the same
    pages. Every signature and seal of the form is among the presences, every
    hole that was found among the blanks.
    """
    sights = open_sights(placement, pages, texts)
    presences = _presences(placement, sights)
    signed = [each.spot for each in presences.values() if each.spot is not None]
    return Ink(
        choice_inks(placement, sights),
        presences,
        blank_inks(placement, sights, _valued(placement), signed),
    )


def _valued(placement: Placement) -> tuple[str, ...]:
    """Return the fields that hold a written value."""
    rules = placement.template.fields
    return tuple(name for name in placement.holes if rules[name].kind not in _NO_VALUE)


def _presences(placement: Placement, sights: Mapping[int, Sight]) -> dict[str, Presence]:
    found: dict[str, Presence] = {}
    for name, rule in placement.template.fields.items():
        if rule.kind is FieldKind.SEAL:
            found[name] = seal_presence(sights)
        elif rule.kind is FieldKind.SIGNATURE:
            found[name] = signature_presence(placement, name, sights)
    return found
