"""A notice's date apart from its signature: above the title, or below all that the form says.

«22 октября 2023 года», «Исх. № 17 от 05.02.24»: whoever types the form anew as a letter dates it
so. It is to be asked about but behind an outgoing number: an incoming stamp has a date too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from intake.domain.geometry import Box
from intake.domain.placement import Placement, Spot
from intake.domain.template import FieldKind
from intake.domain.text import PageText
from intake.fields.reference import Reference
from intake.stages.completion.dates.dated import is_outgoing, is_stamped
from intake.stages.completion.page.title import title_of
from intake.stages.completion.page.unclaimed import dates_in, is_contact, unclaimed
from intake.stages.writing import text_of

LONGEST = 32
"""Signs of a date («2023-жылдын « 24 » сентябры») with some dirt, at most."""
BELOW = 3.0
"""How far below the title a date may stand that belongs to it, in the title's heights."""


def with_apart(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with the only such date for a required one not found.

    ``texts`` are the notice's pages by number.
    """
    title = title_of(placement, texts)
    if title is None:
        return placement
    holes = dict(placement.holes)
    # «КАБАРЛОО / 2023-ж. 3-август»: in the line below the title, too
    above = Spot(title.page, Box(0.0, 0.0, 1.0, title.box.bottom + BELOW * title.box.height))
    for name, rule in placement.template.fields.items():
        if rule.kind is not FieldKind.DATE or not rule.required or _is_filled(placement, name):
            continue
        for room in (above, _below_choices(placement)):
            runs = list(unclaimed(placement, texts, room, name)) if room else []
            runs = [run for run in runs if not any(is_contact(word.text) for word in run.words)]
            dates = [date for run in runs for date in dates_in(run, reference.months)]
            dates = [date for date in dates if not is_stamped(date.spot, placement, texts)]
            if len(dates) == 1:
                is_aside = not is_outgoing(dates[0].spot, texts)
                holes[name] = (dates[0].as_hole(name, is_aside=is_aside),)
                break
    return replace(placement, holes=holes)


def _below_choices(placement: Placement) -> Spot | None:
    """Return the page below the form's last choices, which its sentence ends with."""
    spots = [spot for option in placement.options if option.is_found for spot in option.spots]
    if not spots:
        return None
    last = max(spots, key=lambda spot: (spot.page, spot.box.bottom))
    return Spot(last.page, Box(0.0, last.box.bottom, 1.0, 1.0))


def _is_filled(placement: Placement, name: str) -> bool:
    """Tell whether something like a date was read: «ул. Курманжан Датка, 94-а» has a «дата»."""
    text = "".join(map(text_of, placement.holes.get(name, ())))
    return any(map(str.isdigit, text)) and len(text) <= LONGEST
