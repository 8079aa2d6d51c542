"""A notice's date apart from its signature: above the title, or below all that the form says.

«22 октября 2023 года», «Исх. № 17 от 05.02.24»: whoever types the form anew as a letter dates it
so. It is to be asked about but behind an outgoing number: an incoming stamp has a date too. With
it goes the number beside it, where the form has a blank for one beside the date's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from intake.domain.geometry import Box
from intake.domain.placement import Placement, Spot
from intake.domain.template import FieldKind
from intake.domain.text import PageText
from intake.fields.reference import Reference
from intake.stages.completion.dates.annex import numbers_in
from intake.stages.completion.dates.dated import is_outgoing, is_stamped, numbers_beside
from intake.stages.completion.page.title import title_of
from intake.stages.completion.page.unclaimed import Run, dates_in, is_contact, unclaimed
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
    # «КАБАРЛОО / 2023-ж. 3-август»: in the line below the title, too
    above = Spot(title.page, Box(0.0, 0.0, 1.0, title.box.bottom + BELOW * title.box.height))
    for name, rule in placement.template.fields.items():
        if rule.kind is not FieldKind.DATE or not rule.required or _is_filled(placement, name):
            continue
        for room in (above, _below_choices(placement)):
            runs = list(unclaimed(placement, texts, room, name)) if room else []
            runs = [run for run in runs if not any(is_contact(word.text) for word in run.words)]
            dates = [(date, run) for run in runs for date in dates_in(run, reference.months)]
            dates = [each for each in dates if not is_stamped(each[0].spot, placement, texts)]
            if len(dates) == 1:
                date, run = dates[0]
                is_aside = not is_outgoing(date.spot, texts)
                found = {name: date, **_number_by(date, run, name, placement)}
                placement = _with_found(placement, found, is_aside=is_aside)
                break
    return placement


def _with_found(placement: Placement, found: Mapping[str, Run], *, is_aside: bool) -> Placement:
    holes = {name: (run.as_hole(name, is_aside=is_aside),) for name, run in found.items()}
    return replace(placement, holes={**placement.holes, **holes})


def _number_by(date: Run, run: Run, name: str, placement: Placement) -> dict[str, Run]:
    """Return the number that stands beside a date in its run, and whose it is, if there is one."""
    rest = Run(run.page, tuple(word for word in run.words if word not in date.words))
    own = [field for field in numbers_beside(name, placement) if not _is_filled(placement, field)]
    numbers = list(numbers_in(rest))
    return {own[0]: numbers[0]} if len(own) == 1 and len(numbers) == 1 else {}


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
