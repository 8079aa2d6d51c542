"""Gives fields what the alignment left over: a retyped form leads past many a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from intake.domain.geometry import Box
from intake.domain.placement import Placement
from intake.domain.text import PageText
from intake.fields.reference import Reference
from intake.stages.completion.addressees.addressed import with_addressees, with_traces
from intake.stages.completion.addressees.town import with_towns
from intake.stages.completion.choices.alone import with_alone
from intake.stages.completion.choices.answered import with_answered
from intake.stages.completion.choices.answers import with_answers
from intake.stages.completion.choices.options import with_options
from intake.stages.completion.dates.annex import with_annex
from intake.stages.completion.dates.apart import with_apart
from intake.stages.completion.dates.cited import with_cited
from intake.stages.completion.dates.dated import (
    with_stamped_asked,
    with_years,
    without_printed_years,
    without_stamped,
)
from intake.stages.completion.dates.foot import with_foot
from intake.stages.completion.names.ends import with_ends
from intake.stages.completion.names.rest import with_rest
from intake.stages.completion.names.signer import with_signer
from intake.stages.completion.names.stated import with_stated
from intake.stages.completion.names.strays import without_doubled, without_strays
from intake.stages.completion.names.strokes import without_strokes
from intake.stages.completion.numbers.displaced import with_displaced
from intake.stages.completion.numbers.elsewhere import with_elsewhere
from intake.stages.completion.numbers.labelled import with_labelled
from intake.stages.completion.numbers.torn import with_torn
from intake.stages.completion.numbers.whose import with_owners
from intake.stages.completion.page.behind import with_behind
from intake.stages.completion.rows.celled import (
    Table,
    holds_lists,
    labels_in,
    table_of,
    values_of,
    with_cells,
)
from intake.stages.completion.rows.crossed import with_crossed
from intake.stages.completion.rows.headed import with_headed
from intake.stages.completion.rows.headings import labels_of_rows
from intake.stages.completion.rows.label_words import with_label_words
from intake.stages.completion.rows.listed import with_listed
from intake.stages.completion.rows.lost import with_lost
from intake.stages.completion.rows.numbering import without_numbering
from intake.stages.completion.rows.row_values import with_row_values
from intake.stages.completion.rows.stacked import stacked_cells
from intake.stages.completion.rows.two_columns import two_column_cells
from intake.stages.completion.rows.unlined import unlined_cells

NO_CELLS: Mapping[int, Sequence[Box]] = MappingProxyType({})


def complete(
    placement: Placement,
    texts: Mapping[int, PageText],
    reference: Reference,
    cells: Mapping[int, Sequence[Box]] = NO_CELLS,
) -> Placement:
    """Return the placement with whole values, each in its own field, as far as text tells.

    ``texts`` are the notice's pages by number, ``cells`` those of their ruled tables. Each step
    looks at words that no field has yet, so what labels prove goes before what only place tells.
    """
    laid = placement
    placement = _labelled(placement, texts, reference)
    placement = _bounded(placement, texts, reference)
    placement = _dated(placement, texts, reference)
    placement = with_answers(placement, texts, reference)
    placement = with_addressees(placement, texts, reference)
    placement = with_towns(placement, texts, reference)
    placement = _in_rows(placement, laid, texts, reference, cells)
    # a cell holds more than its value, too
    placement = without_doubled(with_ends(placement, reference.months))
    return with_label_words(with_traces(placement, texts), texts)


def _labelled(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with values in the fields that labels beside them say."""
    # what hides that a blank is empty
    placement = without_strokes(without_numbering(placement, texts))
    placement = with_labelled(with_owners(placement, texts), texts)
    placement = with_listed(placement, texts, reference)
    # a letter's opening is no name: what it says elsewhere is not looked for beside one
    placement = with_ends(without_strays(placement, texts), reference.months)
    placement = with_signer(placement, texts, reference)
    return with_elsewhere(with_stated(placement, texts), texts)


def _bounded(
    placement: Placement, texts: Mapping[int, PageText], reference: Reference
) -> Placement:
    """Return the placement with values that begin and end where words and sentences do."""
    return with_ends(with_rest(with_torn(placement, texts), texts), reference.months)


def _dated(placement: Placement, texts: Mapping[int, PageText], reference: Reference) -> Placement:
    """Return the placement with the order's number and the dates, a stamp's as the last resort."""
    placement = without_printed_years(without_stamped(placement, texts))
    placement = with_years(placement, texts)
    placement = with_cited(placement, texts, reference)
    placement = with_behind(placement, texts, reference)
    placement = with_foot(placement, texts, reference)  # first: whoever signs dates there
    placement = with_displaced(placement, texts, reference)
    placement = with_apart(placement, texts, reference)
    placement = with_annex(placement, texts, reference)
    return with_stamped_asked(placement, texts)


def _in_rows(
    placement: Placement,
    laid: Placement,
    texts: Mapping[int, PageText],
    reference: Reference,
    cells: Mapping[int, Sequence[Box]],
) -> Placement:
    """Return the placement with choices at their options' words, and what rows and cells hold.

    No option is said in a label, so the table is told first. ``laid`` is the placement before any
    look: what it had in the blank of a number or a term belongs to nobody now.
    """
    table = table_of(placement, texts, cells)
    if not table or holds_lists(table, placement):
        table = max(table, _without_lines(placement, texts), key=_told)
    labels = labels_in(table) | labels_of_rows(placement, texts)
    placement = with_options(placement, texts, table, labels)
    placement = with_alone(placement, texts, labels)
    placement = with_answered(placement, texts, table, labels)
    placement = with_lost(placement, laid, texts)
    if not table:
        placement = with_row_values(placement, texts, reference)
    placement = with_cells(placement, table, reference)
    placement = with_crossed(placement, texts, cells, reference)
    return with_headed(placement, texts, reference)


def _without_lines(placement: Placement, texts: Mapping[int, PageText]) -> Table:
    """Return the table that white alone makes on a notice's pages, the one that tells most."""
    ways = (unlined_cells, two_column_cells, stacked_cells)
    tables = [table_of(placement, texts, cells(placement, texts)) for cells in ways]
    return max(tables, key=_told)


def _told(table: Table) -> int:
    """Return of how many fields a table has the values."""
    return len({name for name, _ in values_of(table)})
