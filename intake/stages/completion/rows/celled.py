"""Values of forms typed anew as a table: in the cell beside their label's, below it, or with it.

The alignment knows the official sentence, and a table has none. A cell is a field's label where it
says what the form's ``headings`` have, and the cell beside it holds the field's value whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from rapidfuzz.fuzz import ratio

from intake.alignment.rows import DIGITS
from intake.domain.geometry import Box
from intake.domain.placement import PlacedLetter, Placement, words_in
from intake.domain.template import FieldKind, FieldRule
from intake.domain.text import PageText
from intake.fields.dates import is_whole_date
from intake.fields.place_forms import bare_name
from intake.fields.reference import Reference
from intake.fields.script import folded_letters, letters_only
from intake.fields.terms import is_term, terms_of, unbroken
from intake.stages.completion.choices.said import choices_in
from intake.stages.completion.dates.annex import YEAR
from intake.stages.completion.page.given import goes_on, with_given
from intake.stages.completion.page.unclaimed import MOST_WORDS as MOST_DATE
from intake.stages.completion.rows.cells import (
    EDGE,
    Cell,
    Cells,
    cells_below_title,
    in_column,
)
from intake.stages.completion.rows.headings import (
    LIKE,
    Headings,
    both_said,
    headings_of,
    is_label,
    likenesses,
    plain,
    said_by,
)
from intake.stages.completion.rows.list_rows import ORDINAL, kind_said

LEAST_LABELS = 3
"""Labels in cells from which a page bears a table of the form."""
HEADS = 3
"""Labels in columns of their own in a label's row, from which it heads the column below it."""
MOST_WORDS = 12
"""Words of a label at most."""
MOST_ANSWER = 2
"""Words of an answer («жеке менчик») at most."""
_WRITTEN = frozenset(FieldKind) - {FieldKind.CHOICE, FieldKind.SIGNATURE, FieldKind.SEAL}

_WORDED = (FieldKind.NAME, FieldKind.ADDRESS)
_DATED = (FieldKind.NUMBER, FieldKind.DATE)
_PLACES = (FieldKind.REGION, FieldKind.DISTRICT)

Table = Sequence[Cell]


def with_cells(placement: Placement, table: Table, reference: Reference) -> Placement:
    """Return the placement with the values of a table's cells."""
    found = dict[str, tuple[PlacedLetter, ...]]()
    for name, cell in values_of(table):
        rule = placement.template.fields[name]
        kept = value_in(rule, cell.letters, placement, reference)
        if not kept or (rule.kind in _WORDED and goes_on(kept, placement.holes.get(name, ()))):
            continue
        found[name] = kept
    printed = (placed for cell in table for placed in cell.printed)
    return _with_whole(with_given(placement, found, printed), table) if table else placement


def _with_whole(placement: Placement, table: Table) -> Placement:
    """Return the placement with texts of unlabelled cells as all of what stands in one of them.

    To be asked about: the cell may have a label in other words, and one of two be another's.
    """
    rules = placement.template.fields
    held = {
        name: {(p.page, p.letter.box) for hole in several for p in hole.letters}
        for name, several in placement.holes.items()
    }
    found = dict[str, tuple[PlacedLetter, ...]]()
    for cell in sorted((cell for cell in table if not cell.fields), key=lambda c: len(c.letters)):
        inside = {(p.page, p.letter.box) for p in cell.letters}
        there = [name for name, own in held.items() if own & inside]
        if len(there) == 1 and rules[there[0]].kind in _WORDED and held[there[0]] != inside:
            found[there[0]] = cell.letters  # of several the one with most letters
    return with_given(placement, found, (), found.keys()) if found else placement


def labels_in(table: Table) -> frozenset[Box]:
    """Return the boxes of the letters of a table's labels: no option is said there."""
    return frozenset(placed.letter.box for cell in table for placed in cell.printed)


def table_of(placement: Placement, texts: Mapping[int, PageText], cells: Cells) -> Table:
    """Return the cells of the notice's pages, labels told from values; none where no table is."""
    rules = placement.template.fields
    headings = headings_of(placement.template)
    enums = [rule for rule in rules.values() if rule.kind is FieldKind.ENUM]
    behind = (said.partition("(")[2] for rule in enums for said in rule.headings)
    listed = frozenset(word for said in behind for word in plain(said).split())
    answers = [
        " ".join(said)
        for _, _, ways in choices_in(placement)
        for way in ways.values()
        for said in way
    ]
    table = [
        _labelled(cell, headings, listed, answers)
        for cell in cells_below_title(placement, texts, cells)
    ]
    is_one = sum(bool(cell.fields) for cell in table) >= LEAST_LABELS
    return _labelled_once(table) if is_one else []


def holds_lists(table: Table, placement: Placement) -> bool:
    """Tell whether a cell holds several labels in lines of their own: a frame around a list."""
    headings = headings_of(placement.template)
    return any(sum(is_label(line.words, headings) for line in cell.lines) > 1 for cell in table)


def _labelled_once(table: Table) -> Table:
    """Return a table in which no value is a label: «Сменасы | 2-смена», options like a heading.

    One with a value of its own beside it is: «Уюм | Толук аталышы | «…» мектеби».
    """
    twice = [
        cell
        for label in table
        if label.fields and label.label == len(label.words)
        for cell in right_of(label, table)[:1]
        if cell.fields == label.fields and not _beside(cell, table)
    ]
    return [replace(c, fields=(), label=0) if any(c is t for t in twice) else c for c in table]


def value_in(
    rule: FieldRule,
    letters: tuple[PlacedLetter, ...],
    placement: Placement,
    reference: Reference,
) -> tuple[PlacedLetter, ...]:
    """Return what of a cell or row is a field's value, perhaps nothing.

    Of identification numbers the one that is as long, for two may share a cell; of a number and a
    date in one cell each its own; of an enum one answer, not all of them in a hint; no number's
    unit, and no hint behind a text, where the form has them; of a place not what kind it is, at
    either end («г. …», «(город) …»).
    """
    if rule.kind not in _WRITTEN:
        return ()
    words = words_in(letters)
    texts = ["".join(p.letter.text for p in word) for word in words]
    if rule.kind in DIGITS:
        own = [w for w, t in zip(words, texts, strict=True) if _digits(t) == DIGITS[rule.kind]]
        is_anothers = any(_digits(t) in DIGITS.values() for t in texts) and not own
        is_none = is_anothers or not any(map(_digits, texts))  # a dash
        return tuple(own[0]) if len(own) == 1 else () if is_none else letters
    if rule.kind in _DATED:
        date = _date_in(texts, reference)
        others = [w for n, w in enumerate(words) if n not in date and _digits(texts[n])]
        if date and others:
            own = words[date.start : date.stop] if rule.kind is FieldKind.DATE else others
            return tuple(placed for word in own for placed in word)
    if rule.kind is FieldKind.ENUM:
        return letters if says_term(" ".join(texts), rule, reference) else ()
    if rule.kind in _PLACES:
        named = [word for word, text in zip(words, texts, strict=True) if bare_name(text)]
        kept = words[words.index(named[0]) : words.index(named[-1]) + 1] if named else []
        return tuple(placed for word in kept for placed in word)
    end = _value_end(rule.kind, texts, placement.wording.words)
    return tuple(placed for word in words[:end] for placed in word)


def _date_in(texts: Sequence[str], reference: Reference) -> range:
    """Return which words are a whole date, behind a number's sign none is; empty without one."""
    spans = (
        range(start, end)
        for end in range(1, len(texts) + 1)
        for start in range(end - 1, max(0, end - MOST_DATE) - 1, -1)
        if not texts[start].startswith("№")
    )
    for span in spans:
        said = " ".join(texts[span.start : span.stop])
        if YEAR.search(said) and is_whole_date(said, reference.months):  # «0770 25-40-11» has none
            return span
    return range(0)


def says_term(text: str, rule: FieldRule, reference: Reference) -> bool:
    """Tell whether a text is an answer of an enum, its heading's words aside («2-смена»)."""
    own = {word for said in rule.headings for word in plain(said).split()}
    text = unbroken(text)
    words = re.findall(r"[^\W_]+", text)
    bare = " ".join(word for word in words if folded_letters(word) not in own)
    return any(is_term(each, terms_of(rule, reference)) for each in (text, bare))


def _value_end(kind: FieldKind, texts: Sequence[str], printed: frozenset[str]) -> int:
    """Return the number of words before the form's own ones behind a value."""
    own = [letters_only(text) in printed for text in texts]
    end = len(texts)
    if kind is FieldKind.NUMBER:
        while end and own[end - 1] and not _digits(texts[end - 1]):
            end -= 1
    elif kind in _WORDED and (number := next((n for n, t in enumerate(texts) if kind_said(t)), 0)):
        end = number  # the next label of a list in one cell («ИНН юридического лица»)
    elif texts and texts[-1].endswith(")"):
        start = max((n for n, text in enumerate(texts) if text.startswith("(")), default=end)
        end = start if start and all(own[start:]) else end
    return end


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _labelled(
    cell: Cell,
    headings: Headings,
    listed: frozenset[str],
    answers: Sequence[str],
) -> Cell:
    """Return a cell with the field whose heading it is, or begins with, on lines of its own."""
    texts = [plain(word.text) for word in cell.words]
    whole = " ".join(filter(None, texts))
    as_answer = max((ratio(whole, each) for each in answers), default=0.0)
    if as_answer >= LIKE and as_answer > max(likenesses(whole, headings).values(), default=0.0):
        return cell  # «юридикалык жакты түзбөстөн» begins with a heading
    ends, count = set[int](), 0
    for line in cell.lines:
        count += len(line.words)
        ends.add(count)
    ends |= {n for n, word in enumerate(cell.words, 1) if word.text.endswith((":", ","))}
    best: tuple[float, tuple[str, ...], int] | None = None
    for end in (n for n in sorted(ends) if n <= MOST_WORDS):
        said = " ".join(filter(None, texts[:end]))
        bare = likenesses(said_by(cell.words[:end]), headings)
        like = {name: max(each, bare[name]) for name, each in likenesses(said, headings).items()}
        most = max(like.values(), default=0.0)
        names = tuple(name for name in headings if like[name] == most)
        if most < LIKE and (both := both_said(said, headings)):
            most, names = LIKE, both
        # «без образования юридического лица» is an option, not its heading
        is_answer = any(ratio(said, each) > most for each in answers)
        if most >= LIKE and not is_answer and (best is None or most >= best[0]):
            best = most, names, end
    if best is None:
        return cell
    # «Полное наименование / юридического лица»: its second line is no value, but one of the
    # answers that a heading has in brackets is
    own = {word for each in headings.values() for said in each for word in said.split()}
    rest = [text for text in texts[best[2] :] if text]
    is_answer = 0 < len(rest) <= MOST_ANSWER and listed.issuperset(rest)
    behind = " ".join(word.text for word in cell.words[best[2] :])
    is_hint = behind.startswith("(") and behind.endswith(")")
    # «Всего привито, голов», «Күнү, айы, жылы»
    goes_on = cell.words[best[2] - 1].text.endswith(",") and not any(map(str.isdigit, behind))
    is_all = (own.issuperset(rest) or is_hint or goes_on) and not is_answer
    return replace(cell, fields=best[1], label=len(texts) if is_all else best[2])


def values_of(table: Table) -> Iterator[tuple[str, Cell]]:
    """Yield each labelled field and its value's cell, the first where several labels say the same.

    It is the label's own cell where that holds the value, too.
    """
    seen = set[str]()
    for cell in table:
        names = [name for name in cell.fields if name not in seen]
        value = cell if cell.label < len(cell.words) else _value_of(cell, table)
        if names and value is not None:
            seen.update(names)
            yield from ((name, value) for name in names)


def _value_of(label: Cell, table: Table) -> Cell | None:
    """Return the cell beside a label's, or below it where other labels stand beside.

    Not the one that numbers its column.
    """
    beside = next(iter(_beside(label, table)), None)
    if beside is not None and not _is_among_heads(label, table):
        return beside
    below = _below(label, table)
    numbered = len(below) > 1 and ORDINAL.fullmatch(below[0].lines[0].text) is not None
    under = next(iter(below[numbered:]), None)
    return under if under is not None and not under.fields else None


def _is_among_heads(label: Cell, table: Table) -> bool:
    """Tell whether labels stand right of one in columns of their own, as in a table's first row."""
    row = right_of(label, table)
    heads = [cell.box for cell in row if cell.fields and cell.label == len(cell.words)]
    columns = [box for n, box in enumerate(heads) if not any(in_column(box, o) for o in heads[:n])]
    return len(columns) >= HEADS


def _below(label: Cell, table: Table) -> list[Cell]:
    """Return the cells below one in its column, the nearest first."""
    under = [
        cell for cell in table
        if cell.page == label.page
        and cell.box.top >= label.box.bottom - EDGE
        and in_column(cell.box, label.box)
    ]  # fmt: skip
    return sorted(under, key=lambda cell: cell.box.top)


def _beside(label: Cell, table: Table) -> list[Cell]:
    """Return the cells right of a label up to the next label, the nearest first."""
    return list(takewhile(lambda cell: not cell.fields, right_of(label, table)))


def right_of(label: Cell, table: Table) -> list[Cell]:
    """Return the cells right of one in its row, the nearest first."""
    return sorted(
        (
            cell for cell in table
            if cell.page == label.page
            and cell.box.left >= label.box.right - EDGE
            and cell.box.shares_row(label.box)
        ),
        key=lambda cell: cell.box.left,
    )  # fmt: skip
