"""Gives fields what the alignment left over: a retyped form leads past many a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from intake.domain.geometry import Box
from intake.domain.placement import Placement
from intake.domain.text import PageText
from intake.fields.reference import Reference
from intake.stages.completion.addressed import with_addressees
from intake.stages.completion.alone import with_alone
from intake.stages.completion.annex import with_annex
from intake.stages.completion.answered import with_answered
from intake.stages.completion.answers import with_answers
from intake.stages.completion.celled import labels_in, table_of, with_cells
from intake.stages.completion.dated import with_stamped_asked, with_years, without_stamped
from intake.stages.completion.elsewhere import with_elsewhere
from intake.stages.completion.ends import with_ends
from intake.stages.completion.foot import with_foot
from intake.stages.completion.head import with_head
from intake.stages.completion.headed import with_headed
from intake.stages.completion.headings import labels_of_rows
from intake.stages.completion.label_words import with_label_words
from intake.stages.completion.labelled import with_labelled
from intake.stages.completion.listed import with_listed
from intake.stages.completion.lost import with_lost
from intake.stages.completion.options import with_options
from intake.stages.completion.rest import with_rest
from intake.stages.completion.stated import with_stated
from intake.stages.completion.strays import without_strays
from intake.stages.completion.strokes import without_strokes
from intake.stages.completion.unlined import unlined_cells
from intake.stages.completion.whose import with_owners

NO_CELLS: Mapping[int, Sequence[Box]] = MappingProxyType({})


def complete(
    placement: Placement,
    texts: Mapping[int, PageText],
    reference: Reference,
    cells: Mapping[int, Sequence[Box]] = NO_CELLS,
) -> Placement:
    """Return the placement with whole values, each in its own field, as far as text tells.

    ``texts`` are the notice's pages by number, ``cells`` those of their ruled tables.
    """
    laid = placement
    placement = with_labelled(with_owners(without_strokes(placement), texts), texts)
    placement = with_listed(placement, texts, reference)
    placement = without_strays(placement, texts)
    placement = with_elsewhere(with_stated(placement, texts), texts)
    placement = with_rest(placement, texts)
    placement = with_ends(placement)  # what it leaves may be another field's
    placement = with_years(without_stamped(placement, texts), texts)
    placement = with_head(with_foot(placement, texts, reference), texts, reference)
    placement = with_annex(placement, texts, reference)
    placement = with_stamped_asked(placement, texts)
    placement = with_answers(placement, texts, reference)
    placement = with_addressees(placement, texts, reference)
    table = table_of(placement, texts, cells)
    table = table or table_of(placement, texts, unlined_cells(placement, texts))
    labels = labels_in(table) | labels_of_rows(placement, texts)
    placement = with_alone(with_options(placement, texts, labels), texts, labels)
    placement = with_answered(placement, texts, table, labels)
    placement = with_cells(with_lost(placement, laid), table, reference)
    # a table's head stands in a cell, too
    return with_label_words(with_ends(with_headed(placement, texts, reference)), texts)
