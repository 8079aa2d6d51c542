"""Numbers and addresses that a letter gives elsewhere than in its sentence.

In the letterhead («ИНН 0130…, ОКПО 2599…»), or in a list behind the statement («Уюм жөнүндө
маалымат: …»). Behind its label a number is known wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from intake.alignment.rows import DIGITS, LABELS
from intake.alignment.spots import spots_of
from intake.domain.geometry import Box
from intake.domain.placement import Hole, Placement, Spot
from intake.domain.template import FieldKind, FieldRule, Template
from intake.domain.text import Line, PageText, Word
from intake.fields.script import letters_only
from intake.layout.order import row_order
from intake.stages.completion.names.called import AUTHORITY, ORGANISATION, names_organisation
from intake.stages.completion.numbers.addresses import SENTENCE, address_behind, is_address, is_cut
from intake.stages.completion.numbers.whose import follows_option, owner_of
from intake.stages.completion.page.title import title_of
from intake.stages.completion.page.unclaimed import Run, names_executor
from intake.stages.completion.rows.headings import LIKE, headings_of, said_by
from intake.stages.completion.rows.list_rows import begins_item, kind_said, numbers_in, sign_at
from intake.stages.writing import text_of

BEHIND = 3
"""Words behind a label among which its number stands («ИНН организации: 0130…»)."""
MOST_DIGITS = 4
"""Digits of a number within a name, at most."""
OFF = 2
"""Digits that a number may have lost or won."""
BEYOND = 2.0
"""How far below a choice its numbers may stand, in heights of its line."""
_FOOT = (FieldKind.PERSON, FieldKind.SIGNATURE, FieldKind.DATE)
_KYRGYZ = re.compile(r"[өүң]|мекте[пб]и?\b|бакча|мекеме|атындагы|гимназиясы|лицейи", re.IGNORECASE)
"""What a name in Kyrgyz has, of one in each language."""
COLUMN = 0.05
"""White between a name in one language and the other, as a share of the page's width, at least."""
_OPEN = re.compile(r"(?:\bим\.|\bимени|атындагы|(?<!\w)[А-ЯЁӨҮҢ]\.)$")
"""The end of a line after which a name goes on, with a capital: «… № 2 им. Ч. / Айтматова»."""
REST = 4
"""Words of a name in its second line, at most."""
Texts = Mapping[int, PageText]


def with_elsewhere(placement: Placement, texts: Texts) -> Placement:
    """Return the placement with such values for fields that have none, the required or labelled.

    ``texts`` are the notice's pages by number. A value above the title is to be asked about, but
    for the only number of its kind.
    """
    title = title_of(placement, texts)
    if title is None:
        return placement
    holes = dict(placement.holes)
    for name, rule in placement.template.fields.items():
        several = placement.holes.get(name, ())
        # a hint with blanks for numbers was left out, and they stand behind a colon
        is_sought = (rule.required and name in holes) or rule.kind in DIGITS
        if not is_sought or any(_may_be(rule, hole) for hole in several):
            continue
        every = [
            Hole(name, letters, (spot,), 0.0, is_aside=_is_above(spot, title) or is_open)
            for page, lines in _lines(placement, texts)
            for spot, words in _values(rule.kind, page, lines)
            for is_open in [rule.kind is FieldKind.ADDRESS and is_cut(words, lines)]
            if (letters := tuple(Run(page, words).letters))
            and _is_its(rule, spot, placement.template, texts)
            and (rule.kind is not FieldKind.NAME or _is_above(spot, title))
        ]
        every += _signed(rule, placement, texts, title)
        laid = replace(placement, holes=holes)
        every = every or list(_another(rule, laid, texts, title))
        found = [hole for hole in every if not _is_taken(hole.spots[0], placement, texts, name)]
        if rule.required and rule.kind in DIGITS:  # it is what the option asks for
            found = [h for h in found if not follows_option(h.spots[0], placement, texts)]
        below = [hole for hole in found if not hole.is_aside]
        only = below or found
        if rule.kind is FieldKind.NAME and len(only) == 2:
            is_kyrgyz = placement.language == "ky"
            only = [h for h in only if bool(_KYRGYZ.search(text_of(h))) is is_kyrgyz]
        if len(only) == 1:
            # of two numbers the one that no other field took may be another's
            is_one = rule.kind not in DIGITS or (
                len({text_of(hole) for hole in every}) == 1
                and not _has_unlabelled(rule.kind, placement, texts)
            )
            found_at = spots_of(only[0].letters)
            # the only one of its kind is the organisation's in a letterhead, too: 45 of 45 were
            is_own = rule.kind in DIGITS and rule.required and is_one
            is_aside = not is_one or (only[0].is_aside and not is_own)
            whole = next((hole for hole in several if _goes_on_with(hole, only[0])), None)
            if whole:  # its label has two lines and so has it
                holes[name] = (replace(whole, is_aside=True),)
                continue
            holes[name] = (replace(only[0], spots=found_at, is_aside=is_aside),)
    taking = [name for name in holes if holes[name] != placement.holes.get(name, ())]
    moved = [spot for name in taking for hole in holes[name] for spot in hole.spots]
    for name, several in holes.items():
        rule = placement.template.fields[name]
        if moved and name not in taking and (rule.kind in _FOOT or not rule.required):
            holes[name] = tuple(_without(hole, moved) for hole in several)
    return replace(placement, holes=holes)


def _goes_on_with(hole: Hole, found: Hole) -> bool:
    """Tell whether words in a hole end with those that were found, and have more before them."""
    size = len(found.letters)
    tail = [placed.letter.box for placed in hole.letters[-size:]]
    return len(hole.letters) > size and tail == [placed.letter.box for placed in found.letters]


def _has_unlabelled(kind: FieldKind, placement: Placement, texts: Texts) -> bool:
    """Tell whether a number of a kind stands on the notice without its label before it.

    Where labels stand behind their values, the one behind a label is another's.
    """
    lines = list(_lines(placement, texts))
    labelled = {
        w.box for page, own in lines for _, words in _values(kind, page, own) for w in words
    }
    words = (word for _, own in lines for word in own[0].words)
    whole = re.compile(rf"\W*\d{{{DIGITS[kind]}}}\W*")  # «19.12.2023» has eight digits, too
    return any(whole.fullmatch(word.text) and word.box not in labelled for word in words)


def _digits(word: Word) -> int:
    return sum(map(str.isdigit, word.text))


def _signed(rule: FieldRule, placement: Placement, texts: Texts, title: Spot) -> Iterator[Hole]:
    """Yield the names behind a label of the field's own («… аталышы: №59 …», «От кого: …»).

    To be asked about above the title, and where the next line may be the rest of it.
    """
    headings = headings_of(placement.template)[rule.name]
    for page, lines in _lines(placement, texts) if rule.kind is FieldKind.NAME else ():
        words, place = lines[0].words, sign_at(lines[0])
        said = said_by(words[:place])
        if place and words[place:] and any(ratio(said, each) >= LIKE for each in headings):
            spot = Spot(page, Box.around(word.box for word in words[place:]))
            letters = tuple(Run(page, (*words[place:], *_rest(lines))).letters)
            is_open = any(not sign_at(line) and not numbers_in(line.words) for line in lines[1:2])
            is_aside = is_open or _is_above(spot, title)
            yield Hole(rule.name, letters, spots_of(letters), cost=0.0, is_aside=is_aside)


def _rest(lines: Sequence[Line]) -> Sequence[Word]:
    """Return the words of the next line before its first number's label, if a name goes on there.

    «Толук аталышы: «…» / муниципалдык мекемеси. ИНН …»: a sentence, straight across.
    """
    is_open = _OPEN.search(lines[0].text) is not None
    is_new = not is_open and len(lines) > 1 and lines[1].words[0].text[:1].isupper()
    if len(lines) < 2 or SENTENCE.search(lines[0].text) or is_new or begins_item(lines[1]):
        return ()
    words = lines[1].words
    end = next((n for n, word in enumerate(words) if kind_said(word.text)), 0)
    is_its = 0 < end <= REST and words[end - 1].text.endswith((".", ",", ";"))
    return words[:end] if is_its else ()


def _another(rule: FieldRule, placement: Placement, texts: Texts, title: Spot) -> Iterator[Hole]:
    """Yield the numbers behind a label below the title that no field of their kind has.

    For one that may be blank («ОКПО (центр): …»), to be asked about.
    """
    rules = placement.template.fields
    alike = [name for name, each in rules.items() if each.kind is rule.kind]
    holes = (hole for name in alike for hole in placement.holes.get(name, ()))
    known = {"".join(filter(str.isdigit, text_of(hole))) for hole in holes}
    is_told = any(rules[name].required and _has_number(placement, name) for name in alike)
    for page, lines in _lines(placement, texts) if is_told and not rule.required else ():
        for spot, words in _values(rule.kind, page, lines) if rule.kind in DIGITS else ():
            letters = tuple(Run(page, words).letters)
            hole = Hole(rule.name, letters, (spot,), cost=0.0, is_aside=True)
            if not _is_above(spot, title) and letters_only(text_of(hole)) not in known:
                yield hole


def _has_number(placement: Placement, name: str) -> bool:
    rule = placement.template.fields[name]
    return any(hole.letters and _may_be(rule, hole) for hole in placement.holes.get(name, ()))


def _is_its(rule: FieldRule, spot: Spot, template: Template, texts: Texts) -> bool:
    """Tell whether a value may be a field's: numbers of one that may be blank must say so."""
    if rule.kind not in DIGITS:
        return True
    owner = owner_of(rule.name, spot, template, texts)
    return owner == rule.name or (owner is None and rule.required)


def _may_be(rule: FieldRule, hole: Hole) -> bool:
    """Tell whether what stands in a hole may be a value of its kind; others are not looked for."""
    if rule.kind is FieldKind.NAME:
        return names_organisation(hole)
    if hole.is_aside:
        return False
    if rule.kind in DIGITS:
        digits = sum(placed.letter.text.isdigit() for placed in hole.letters)
        return abs(digits - DIGITS[rule.kind]) <= OFF
    return rule.kind is not FieldKind.ADDRESS or is_address(text_of(hole))


def _lines(placement: Placement, texts: Texts) -> Iterator[tuple[int, Sequence[Line]]]:
    """Yield each line of the notice, straight across its page, with those below it."""
    for page in placement.pages:
        words = [word for line in texts[page].lines for word in line.words]
        lines = row_order(words, texts[page].aspect)
        for number, line in enumerate(lines):
            if not names_executor(line):
                yield page, lines[number:]


def _values(
    kind: FieldKind, page: int, lines: Sequence[Line]
) -> Iterator[tuple[Spot, tuple[Word, ...]]]:
    """Yield the values of a kind behind their labels in the first of these lines."""
    words = lines[0].words
    for place, word in enumerate(words):
        behind = words[place + 1 : place + 1 + BEHIND]
        if place + 1 == len(words) and len(lines) > 1:
            behind = lines[1].words[:1]
        if kind in DIGITS and letters_only(word.text).startswith(LABELS[kind]):
            numbers = [w for w in behind if len(letters_only(w.text)) == DIGITS[kind]]
            for number in (w for w in numbers[:1] if letters_only(w.text).isdigit()):
                yield Spot(page, number.box), (number,)
        elif kind in DIGITS and len(letters_only(word.text)) == DIGITS[kind]:
            if letters_only(word.text).isdigit() and _is_captioned(kind, lines):
                yield Spot(page, word.box), (word,)
        elif kind is FieldKind.NAME and place == 0:
            for own in _names(lines):
                yield Spot(page, Box.around(w.box for w in own)), own
        elif kind is FieldKind.ADDRESS and (address := address_behind(place, lines)):
            yield Spot(page, Box.around(w.box for w in address)), address


def _names(lines: Sequence[Line]) -> Iterator[tuple[Word, ...]]:
    """Yield the organisation's name that a row is, or one in each language side by side."""
    words = lines[0].words
    cuts = [
        n for n, (one, other) in enumerate(pairwise(words), 1)
        if other.box.left - one.box.right > COLUMN
    ]  # fmt: skip
    parts = [words[a:b] for a, b in pairwise([0, *cuts, len(words)])]
    own = [Line(part, Box.around(w.box for w in part)) for part in parts]
    if len(own) == 2 and all(map(_is_letterhead, own)):
        yield from parts
    elif _is_letterhead(lines[0]):
        yield (*words, *_up_to_quote(lines))


def _is_captioned(kind: FieldKind, lines: Sequence[Line]) -> bool:
    """Tell whether a number's label stands in brackets below its line («(ИНН)   (ОКПО коду)»)."""
    labels = lines[1].words if len(lines) > 1 and lines[1].text.startswith("(") else ()
    return any(letters_only(word.text).startswith(LABELS[kind]) for word in labels)


def _is_letterhead(line: Line) -> bool:
    """Tell whether a line is an organisation's name, with no label, number or authority in it."""
    is_other = AUTHORITY.search(line.text) or ":" in line.text
    texts = (letters_only(word.text) for word in line.words)
    is_number = any(text.isdigit() and len(text) > MOST_DIGITS for text in texts)
    return bool(ORGANISATION.search(line.text)) and not is_other and not is_number


def _up_to_quote(lines: Sequence[Line]) -> tuple[Word, ...]:
    """Return the words of the next line where a name's quote is open, and closed there."""
    text = lines[0].text
    is_open = text.count("«") > text.count("»")
    return lines[1].words if is_open and len(lines) > 1 and "»" in lines[1].text else ()


def _is_above(spot: Spot, title: Spot) -> bool:
    return spot.page == title.page and spot.box.bottom <= title.box.top


def _is_taken(spot: Spot, placement: Placement, texts: Texts, name: str) -> bool:
    """Tell whether another field's value stands there; of a foot's fields the label says more.

    So it does of a number that may be left blank, but within the sentence that asks for it.
    """
    rules = placement.template.fields
    is_within = _is_within(spot, placement, texts)
    return any(
        place.page == spot.page and spot.box.holds(place.box)
        for other, several in placement.holes.items()
        if other != name
        and rules[other].kind not in _FOOT
        and (is_within or rules[other].required or rules[other].kind is not rules[name].kind)
        for hole in several
        if hole.letters and not hole.is_aside and _may_be(rules[other], hole)
        for place in hole.spots
    )


def _is_within(spot: Spot, placement: Placement, texts: Texts) -> bool:
    """Tell whether a place lies in the rows of the form's choices, or in the one behind them.

    Behind the end of their sentence another begins («Реквизиты: ОКПО …»).
    """
    rules = placement.template.fields
    rows = [
        each.box
        for option in placement.options
        for each in option.spots
        if each.page == spot.page
        and rules[option.field].kind is FieldKind.CHOICE
        and option.is_found
    ]
    if not rows:
        return False
    middle = (spot.box.top + spot.box.bottom) / 2
    last = max(rows, key=lambda box: box.bottom)
    ends = any(
        line.text.endswith(".")
        for line in texts[spot.page].lines
        if line.box.top <= (last.top + last.bottom) / 2 <= line.box.bottom
    )
    end = last.bottom if ends else last.bottom + BEYOND * last.height
    return min(box.top for box in rows) <= middle <= end


def _without(hole: Hole, spots: Sequence[Spot]) -> Hole:
    """Return a hole without its letters where some of them are another field's value."""
    letters = tuple(
        p for p in hole.letters
        if not any(s.page == p.page and s.box.holds(p.letter.box) for s in spots)
    )  # fmt: skip
    return hole if len(letters) == len(hole.letters) else replace(hole, letters=())
