"""A notice's date where it stands above the title: «22 октября 2023 года», «Исх. № 17 от 05.02.24».

Whoever types the form anew as a letter dates it there. It is to be asked about: an incoming stamp
has a date too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from intake.domain.geometry import Box
from intake.domain.placement import Placement, Spot
from intake.domain.template import FieldKind
from intake.domain.text import PageText
from intake.fields.dates import is_whole_date
from intake.fields.reference import Reference
from intake.stages.completion.title import title_of
from intake.stages.completion.unclaimed import Run, unclaimed
from intake.stages.writing import text_of

MOST_WORDS = 5
"""Words of a date («2023-жылдын « 24 » сентябры»)."""


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
        dates = [date for run in runs for date in _dates(run, reference.months)]
        if len(dates) == 1:
            holes[name] = (dates[0].as_hole(name, is_aside=True),)
    return replace(placement, holes=holes)


def _is_filled(placement: Placement, name: str) -> bool:
    return any(map(str.isdigit, "".join(map(text_of, placement.holes.get(name, ())))))


def _dates(run: Run, months: Mapping[str, int]) -> Iterator[Run]:
    """Yield the whole dates in a run, each in as few words as it has («№ 17 22.10.2023»)."""
    used = 0
    for end in range(1, len(run.words) + 1):
        starts = range(end - 1, max(used, end - MOST_WORDS) - 1, -1)
        found = (Run(run.page, run.words[start:end]) for start in starts)
        date = next((each for each in found if is_whole_date(each.text, months)), None)
        if date:
            yield date
            used = end
