"""A notice's date where it stands above the title: «22 октября 2023 года», «Исх. № 17 от 05.02.24».

Whoever types the form anew as a letter dates it there. It is to be asked about: an incoming stamp
has a date too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from intake.domain.geometry import Box
from intake.domain.placement import Placement, Spot
from intake.domain.template import FieldKind
from intake.domain.text import PageText
from intake.fields.reference import Reference
from intake.stages.completion.page.title import title_of
from intake.stages.completion.page.unclaimed import dates_in, unclaimed
from intake.stages.writing import text_of


def with_head(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with the only date above the title for a required one not found.

    ``texts`` are the notice's pages by number.
    """
    title = title_of(placement, texts)
    if title is None:
        return placement
    holes = dict(placement.holes)
    for name, rule in placement.template.fields.items():
        if rule.kind is not FieldKind.DATE or not rule.required or _is_filled(placement, name):
            continue
        above = Spot(title.page, Box(0.0, 0.0, 1.0, title.box.top))
        runs = unclaimed(placement, texts, above, name)
        dates = [date for run in runs for date in dates_in(run, reference.months)]
        if len(dates) == 1:
            holes[name] = (dates[0].as_hole(name, is_aside=True),)
    return replace(placement, holes=holes)


def _is_filled(placement: Placement, name: str) -> bool:
    return any(map(str.isdigit, "".join(map(text_of, placement.holes.get(name, ())))))
