"""Choices whose row or cell says one option alone: «По вопросам образования | дошкольное».

Behind the choice's label it is an answer, of however few words. Behind words that nobody knows for
its label it is one where it is all that stands there, and no other row has an option.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from intake.domain.geometry import Box
from intake.domain.placement import Placement, PrintedOption, Spot
from intake.domain.template import FieldRule
from intake.domain.text import Line, PageText, Word
from intake.fields.script import folded_letters
from intake.layout.order import parts_of
from intake.stages.completion.choices.items import items_of, options_by_items
from intake.stages.completion.choices.said import (
    AND,
    Place,
    Ways,
    behind_label,
    choices_in,
    is_said,
    may_be_said,
    printed_option,
    says_every,
    words_below_title,
)
from intake.stages.completion.page.title import rows_below
from intake.stages.completion.rows.celled import Table, right_of, values_of
from intake.stages.completion.rows.headings import LIKE, headings_of, likenesses, said_by
from intake.stages.completion.rows.list_rows import begins_item, label_at, sign_at, table_column

YES, NO = frozenset(("да", "ооба")), frozenset(("нет", "жок"))
"""What affirms or denies an option in a row of its own."""
CLEAN = 0.05
"""Cost of an option's words up to which they were read as the form has them."""
APART = 1.5
"""White between a label and what stands beside it, in heights of a line, at least."""


def with_answered(
    placement: Placement,
    texts: Mapping[int, PageText],
    table: Table,
    labels: Set[Box] = frozenset(),
) -> Placement:
    """Return the placement with such choices: their only option, and that it is alone.

    ``texts`` are the notice's pages by number, ``labels`` the boxes of labels' letters.
    """
    rows = [
        *_rows_of_cells(table), *_signed_rows(placement, texts), *_captioned_rows(placement, texts),
    ]  # fmt: skip
    there = _There(
        [*_in_cells(table), *_in_rows(placement, texts)],
        rows,
        [*rows, *_white_rows(placement, texts)],
        [*_cells(table), *_parts(placement, texts)],
    )
    written = set(placement.written)
    choices = {rule.name for _, rule, _ in choices_in(placement)}
    # «ул. Школьная» is no option
    written |= {
        placed.letter.box
        for name, cell in values_of(table) if name not in choices
        for placed in cell.letters
    }  # fmt: skip
    every_word = list(words_below_title(placement, texts, labels | written))
    options, alone, asked = list(placement.options), set(placement.alone), set(placement.asked)
    for _, rule, ways in choices_in(placement):
        told = _told(ways, there.beside)
        listed = _listed(rule, ways, placement)
        said = there.answer(rule, ways, every_word, listed) or _affirmed(told, rule, ways)
        is_alone = rule.name in alone
        if not said and rule.several and (not is_alone or there.lists_more(rule, options)):
            said = there.items(rule, ways, every_word, listed)
            asked |= {rule.name} if said or is_alone else set()
        if any(not is_so for is_so, _ in told.values()) and not said:
            alone.discard(rule.name)  # what is denied is said as well
        if said:
            options = [each for each in options if each.field != rule.name]
            options += [
                printed_option(rule.name, option, [word.said for word in here], here)
                for option, here in said
            ]
            alone.add(rule.name)
    return replace(
        placement, options=tuple(options), alone=frozenset(alone), asked=frozenset(asked)
    )


_Answer = list[tuple[str, Sequence[Place]]]
"""Options, and the words that say them."""


_Row = tuple[list[Place], list[Place]]
"""A label, and what stands behind it."""
_Told = Mapping[str, tuple[bool, Sequence[Place]]]
"""Whether a row affirms each option or denies it, and the option's words."""


@dataclass(frozen=True, slots=True)
class _There:
    """What the rows and cells of a notice say.

    ``behind``: what stands behind the label of each field; ``rows``: labels and what stands behind
    their sign, in the next cell, or above their brackets; ``beside``: these, and what white sets
    off; ``alone``: what stands in a cell or part of a row by itself.
    """

    behind: Sequence[tuple[str, list[Place]]]
    rows: Sequence[_Row]
    beside: Sequence[_Row]
    alone: Sequence[list[Place]]

    def answer(
        self, rule: FieldRule, ways: Ways, every_word: Sequence[Place], listed: Sequence[Spot]
    ) -> _Answer:
        """Return the options that the only answer to a choice says; none where there is none.

        One of the form's own list of them (``listed``) that white sets off is no answer: the line
        is justified.
        """
        wide = behind_label(rule, ways)
        answered = [row for row in self.rows if _is_answered(ways, wide, *row)]
        # a label that says all options is a heading, too, and what it says no answer
        labelled = {_at(word) for label, _ in answered for word in label}
        own = (words for name, words in self.behind if name == rule.name)
        own = (words for words in own if not labelled.intersection(map(_at, words)))
        answers = _once(own) or _once(words for _, words in answered)
        known = wide if answers else ways
        free = (words for words in self.alone if words and not _is_at(words[0], listed))
        answers = answers or _once(_saying(ways, free))
        said = _options_in(known, answers[0]) if len(answers) == 1 else []
        rest = [word for word in every_word if _at(word) not in labelled]
        return said if _is_answer(said, rule, ways, rest) else []

    def items(
        self, rule: FieldRule, ways: Ways, every_word: Sequence[Place], listed: Sequence[Spot]
    ) -> _Answer:
        """Return what the only list of items says, each by a word that one option alone has.

        To be asked about: «сигнализация» for «автоматической пожарной сигнализацией».
        """
        own = _once(words for name, words in self.behind if name == rule.name)
        free = (words for words in self.alone if words and not _is_at(words[0], listed))
        lists = (words for words in free if len(list(items_of(words))) > 1)
        answers = [said for words in own or _once(lists) if (said := options_by_items(ways, words))]
        is_one = len(answers) == 1 and _is_answer(answers[0], rule, ways, every_word)
        return answers[0] if is_one else []

    def lists_more(self, rule: FieldRule, options: Sequence[PrintedOption]) -> bool:
        """Tell whether an item behind the label of a choice of several is no option found."""
        own = (words for name, words in self.behind if name == rule.name and rule.several)
        lists = (list(_before_stop(words)) for words in own)
        found = [spot for each in options if each.field == rule.name for spot in each.words]
        return any(
            not any(_is_at(word, found) for word in item)
            for words in lists
            for item in items_of(words)
        )


def _before_stop(words: Sequence[Place]) -> Iterator[Place]:
    """Yield the words of a list: what stands behind a semicolon is another row's."""
    for word in words:
        yield word
        if word.word.text.endswith(";"):
            return


def _listed(rule: FieldRule, ways: Ways, placement: Placement) -> Sequence[Spot]:
    """Return where all options of a choice stand as the form prints them; nothing where not all."""
    every = [each for each in placement.options if each.field == rule.name and each.cost <= CLEAN]
    are_all = {each.option for each in every} == set(ways)
    return [spot for each in every for spot in each.spots] if are_all else []


def _is_at(place: Place, spots: Sequence[Spot]) -> bool:
    return any(s.page == place.page and s.box.overlap(place.word.box) > 0 for s in spots)


def _affirmed(told: _Told, rule: FieldRule, ways: Ways) -> _Answer:
    """Return the options that rows affirm, where they say yes or no to each."""
    chosen = [(option, here) for option, (is_so, here) in told.items() if is_so]
    is_whole = len(told) == len(ways) and (len(chosen) == 1 or rule.several)
    return chosen if is_whole else []


def _is_answer(said: _Answer, rule: FieldRule, ways: Ways, every_word: Sequence[Place]) -> bool:
    """Tell whether what words say is an answer: where no other option may be said anywhere.

    Of a choice of several, some of the options but not all: a list of all is there to be marked.
    """
    if not said or len(said) == len(ways) or (len(said) > 1 and not rule.several):
        return False
    words = [word for _, here in said for word in here]
    own = {_at(word) for word in words}
    rest = [word for word in every_word if _at(word) not in own]
    chosen = {option for option, _ in said}
    shared = [word.said for word in words]
    others = (way for other, each in ways.items() if other not in chosen for way in each)
    return not any(may_be_said(way, shared, rest) for way in others)


def _told(ways: Ways, rows: Sequence[_Row]) -> _Told:
    """Return which options rows of their own affirm or deny, and their words.

    «Дошкольное образование | нет», «Школьное образование | да».
    """
    told: dict[str, tuple[bool, Sequence[Place]]] = {}
    for label, answer in rows:
        said = "".join(word.said for word in answer)
        if len(answer) == 1 and said in YES | NO:
            own = [
                (option, here) for option, each in ways.items() for here in _said_in(label, each)
            ]
            for option, here in sorted(own, key=lambda one: -len(one[1]))[:1]:
                told[option] = said in YES, here
    return told


def _said_in(words: Sequence[Place], ways: Sequence[Sequence[str]]) -> Iterator[Sequence[Place]]:
    """Yield the words that say an option."""
    for way in ways:
        starts = range(len(words) - len(way) + 1)
        here = (words[start : start + len(way)] for start in starts)
        yield from (some for some in here if is_said(way, some))


def _options_in(ways: Ways, words: Sequence[Place]) -> _Answer:
    """Return the options that words say one behind the other; none where anything else is said."""
    if not words:
        return []
    every = [(option, way) for option, each in ways.items() for way in each]
    for option, way in sorted(every, key=lambda one: -len(one[1])):  # «да, образовано» is one
        here, rest = words[: len(way)], words[len(way) :]
        if _are(way, here):
            rest = rest[1:] if rest and rest[0].said in AND else rest
            after = _options_in(ways, rest)
            if not rest or after:
                return [(option, here), *after]
    return []


def _are(way: Sequence[str], words: Sequence[Place]) -> bool:
    """Tell whether words are those of an option, as printed or misspelt («юрдикалык»)."""
    return len(way) == len(words) and is_said(way, words)


def _saying(ways: Ways, parts: Iterable[list[Place]]) -> Iterator[list[Place]]:
    """Yield the parts of rows that say an option of a choice and nothing else."""
    every = [way for each in ways.values() for way in each]
    return (words for words in parts if any(_are(way, words) for way in every))


def _once(answers: Iterable[list[Place]]) -> list[list[Place]]:
    """Return answers without those that stand at the same place: a cell may be a row's end."""
    return list({_at(words[0]): words for words in answers if words}.values())


def _at(place: Place) -> Box:
    return place.word.letters[0].box


def _is_answered(ways: Ways, wide: Ways, label: Sequence[Place], answer: Sequence[Place]) -> bool:
    """Tell whether a label says all options and what is behind it some («С … / без …: без …»).

    ``wide`` are the ways of saying them behind a label.
    """
    is_label = says_every(ways, [word.said for word in label])
    return is_label and 0 < len(_options_in(wide, answer)) < len(ways)


def _rows_of_cells(table: Table) -> Iterator[_Row]:
    for cell in table:
        for value in right_of(cell, table)[:1]:
            yield _places(cell.page, cell.words), _places(value.page, value.words)


def _signed_rows(placement: Placement, texts: Mapping[int, PageText]) -> Iterator[_Row]:
    for page in placement.pages:
        lines = texts[page].lines
        for line, after in zip_longest(lines, lines[1:]):
            if place := sign_at(line):
                own = line.words[place:]
                more = _going_on(line, after, place) if after else ()
                yield _places(page, line.words[:place]), _places(page, (*own, *more))


def _captioned_rows(placement: Placement, texts: Mapping[int, PageText]) -> Iterator[_Row]:
    """Yield rows with what stands in brackets below them: «школьного / (дошкольного или …)»."""
    for page, rows in rows_below(placement, texts):
        for row, below in pairwise(rows):
            if below.text.startswith("("):
                yield _places(page, below.words), _places(page, row.words)


def _white_rows(placement: Placement, texts: Mapping[int, PageText]) -> Iterator[_Row]:
    for page, rows in rows_below(placement, texts):
        for row in rows:
            parts = list(parts_of(row.words, texts[page].aspect, APART))
            for label, answer in pairwise(parts):
                yield _places(page, label), _places(page, answer)


def _cells(table: Table) -> Iterator[list[Place]]:
    for cell in table:
        if not cell.fields:
            yield _places(cell.page, cell.words)


def _parts(placement: Placement, texts: Mapping[int, PageText]) -> Iterator[list[Place]]:
    """Yield what stands behind a label's sign, or beyond wide white, in rows below the title."""
    for page, rows in rows_below(placement, texts):
        for row in rows:
            place = sign_at(row)
            _, *parts = parts_of(row.words, texts[page].aspect, APART)
            yield from (_places(page, part) for part in parts)
            if place:
                yield _places(page, row.words[place:])


def _in_cells(table: Table) -> Iterator[tuple[str, list[Place]]]:
    for name, cell in values_of(table):
        yield name, _places(cell.page, cell.words[cell.label :])


def _in_rows(
    placement: Placement, texts: Mapping[int, PageText]
) -> Iterator[tuple[str, list[Place]]]:
    headings = headings_of(placement.template)
    for page in placement.pages:
        lines = texts[page].lines
        column = table_column(lines)
        for line, after in zip_longest(lines, lines[1:]):
            place = label_at(line, column)
            like = likenesses(said_by(line.words[:place]), headings)
            more = _going_on(line, after, place) if after else ()
            for name in (name for name, alike in like.items() if place and alike >= LIKE):
                yield name, _places(page, (*line.words[place:], *more))


def _going_on(line: Line, after: Line, place: int) -> Sequence[Word]:
    """Return the words of the next line that a value goes on with («дошкольное /»).

    None of one that begins a row of its own, or that is the rest of the label beside the value,
    which has no sign then. ``place`` is where the value begins in the first line.
    """
    begins = sign_at(after) > 0 or begins_item(after) or after.text[:1].isupper()
    value = line.words[place:]
    is_left = bool(value) and after.box.right < value[0].box.left
    return () if begins or (is_left and not sign_at(line)) else after.words


def _places(page: int, words: Sequence[Word]) -> list[Place]:
    places = (Place(folded_letters(word.text), page, 0, word) for word in words)
    return [place for place in places if place.said]
