"""Inspect a notice's ink: marks at choices, signature, seal, and what stands in its blanks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from intake.domain.ink import Ink, Presence
from intake.domain.placement import Placement, Spot
from intake.domain.template import FieldKind
from intake.domain.text import PageText
from intake.engines.ink.choices import choice_inks
from intake.engines.ink.presence import DOUBTED, seal_presence, signature_presence
from intake.engines.ink.sight import Sight, open_sights
from intake.engines.ink.values import blank_inks
from intake.engines.raster import Raster

SAME = 0.3
"""Overlap of two signatures' boxes from which they are the same strokes."""
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
    return _owned(found, placement)


def _owned(found: dict[str, Presence], placement: Placement) -> dict[str, Presence]:
    """Doubt signatures of which one's strokes were taken for another's too: one hand, one blank."""
    rules = placement.template.fields
    signed = [name for name in found if rules[name].kind is FieldKind.SIGNATURE]
    doubted = {
        name
        for name in signed
        for other in signed
        if name != other and _are_same(found[name].spot, found[other].spot)
    }
    return {
        name: replace(each, confidence=min(each.confidence, DOUBTED), sure=False)
        if name in doubted
        else each
        for name, each in found.items()
    }


def _are_same(one: Spot | None, other: Spot | None) -> bool:
    if one is None or other is None or one.page != other.page:
        return False
    return one.box.overlap(other.box) > SAME
