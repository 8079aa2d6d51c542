"""Doubts that one field of a notice casts on another, and doubts that others lay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from rapidfuzz.fuzz import ratio

from intake.domain.notice import Flag, Reading, State
from intake.domain.placement import Placement, Spot
from intake.domain.template import Check, FieldKind, FieldRule, gaps_of, print_in
from intake.fields.checks import names_in
from intake.fields.graded import Note, distinct
from intake.fields.places import needs_region
from intake.fields.reference import Reference
from intake.fields.script import letters_only

LONG, ALIKE = 5, 80.0
"""Letters of a word that is looked for among the form's own, and how like one of them it is."""
SHORT = 4
"""Letters of a word beside such a one in another language."""
SURE = 0.95
"""Confidence that nothing stands where nothing is called for."""
WIDE, FEW = 0.06, 2
"""Part of a page's width that eight small digits take, and digits that are a row's number."""
SHARED = 24
"""Letters in a row that a name and an address have in common by no chance: 665 pairs had 17."""
REACH = 0.5
"""Heights of a name (in fractions of the page) before it where a signature touches it."""
_ONE_INITIAL = re.compile(r"[^\W\d_]\.\s?[^\W\d_]{2}")
_FREE = (FieldKind.NAME, FieldKind.ADDRESS)
_IDS = (FieldKind.INN, FieldKind.OKPO)
_PLACES = (FieldKind.REGION, FieldKind.DISTRICT)


def weigh(placement: Placement, readings: dict[str, Reading], reference: Reference) -> None:
    """Flag readings, or take their flags back, by what was read of other fields."""
    rules = placement.template.fields
    _ask_about_print(placement, readings)
    _ask_about_subject(placement, readings)
    _ask_about_runs(rules, readings)
    _ask_about_columns(placement, readings)
    _ask_about_numbers(placement, readings)
    _ask_about_strays(placement, readings)
    _ask_about_places(rules, readings)
    _ask_about_halves(placement, readings, reference)
    _ask_about_initials(rules, readings)
    _trust_answered(placement.template.checks, readings)
    _ask_nothing_uncalled(placement.template.checks, readings)


def _asked(reading: Reading, note: Note) -> Reading:
    """Return a reading that a person must look at, and why."""
    return replace(
        reading,
        flags=distinct((*reading.flags, Flag.AMBIGUOUS)),
        notes=distinct((*reading.notes, str(note))),
    )


def _missed(reading: Reading) -> Reading:
    """Return a reading of a place that was not found, though there may be one."""
    return replace(reading, flags=distinct((*reading.flags, Flag.MISSING)), confidence=0.5)


def _ask_about_print(placement: Placement, readings: dict[str, Reading]) -> None:
    """Flag values with words in a row of the sentence that their blank stands in.

    A heading below the title («о создании Ресурсного центра …») runs on into the first blank, a
    letter begins «уведомляем о том, что …». Of the sentence in another language two words do: some
    forms have both.
    """
    for wording in placement.template.wordings:
        in_a_row = _in_a_row if wording == placement.wording else _pairs
        for block in wording.blocks:
            printed = in_a_row(print_in(block))
            for name in sorted(gaps_of(block) & readings.keys()):
                value = in_a_row(readings[name].value or "")
                if any(_are_alike(one, other) for one in value for other in printed):
                    readings[name] = _asked(readings[name], Note.FORM_WORDS)


def _ask_about_subject(placement: Placement, readings: dict[str, Reading]) -> None:
    """Flag names and addresses that say what the form is about, and nothing else."""
    subject = set(map(letters_only, placement.wording.subject.split()))
    for name in (n for n, rule in placement.template.fields.items() if rule.kind in _FREE):
        said = set(map(letters_only, (readings[name].value or "").split())) - {""}
        if said and said <= subject:  # «Ресурстук борбор»
            readings[name] = _asked(readings[name], Note.FORM_WORDS)


def _ask_about_runs(rules: Mapping[str, FieldRule], readings: dict[str, Reading]) -> None:
    """Flag names and addresses that share a piece: one was read on into the other."""
    said = [name for name, rule in rules.items() if rule.kind in _FREE and readings[name].value]
    for one, other in combinations(said, 2):
        a, b = ((readings[name].value or "").casefold() for name in (one, other))
        if SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size >= SHARED:
            for name in (one, other):
                readings[name] = _asked(readings[name], Note.FORM_WORDS)


def _ask_about_columns(placement: Placement, readings: dict[str, Reading]) -> None:
    """Flag values of which a line stands in another column than the ones before and behind it."""
    rules = placement.template.fields
    for name, several in placement.holes.items():
        if rules[name].kind in (*_FREE, FieldKind.TEXT) and readings[name].value:
            lines = max(several, key=lambda hole: len(hole.letters)).spots
            threes = zip(lines, lines[1:], lines[2:], strict=False)
            if any(_is_beside(line, one) and _is_beside(line, two) for one, line, two in threes):
                readings[name] = _asked(readings[name], Note.FORM_WORDS)


def _is_beside(one: Spot, other: Spot) -> bool:
    return one.page == other.page and not one.box.shares_columns(other.box)


def _in_a_row(text: str) -> list[tuple[str, ...]]:
    """Return each four words in a row, and each three without the short ones between."""
    words = re.findall(r"\w+", text.casefold())
    long = [word for word in words if len(word) >= LONG]
    fours = [tuple(words[n : n + 4]) for n in range(len(words) - 3)]
    return fours + [tuple(long[n : n + 3]) for n in range(len(long) - 2)]


def _pairs(text: str) -> list[tuple[str, ...]]:
    """Return each long word and the one beside it."""
    words = re.findall(r"\w+", text.casefold())
    return [
        pair
        for pair in pairwise(words)
        if min(map(len, pair)) >= SHORT and max(map(len, pair)) >= LONG
    ]


def _are_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether words are the same but for their endings and a letter misread."""
    return len(one) == len(other) and all(map(_is_alike, one, other))


def _is_alike(one: str, other: str) -> bool:
    return one == other or (len(one) >= LONG and ratio(one, other) >= ALIKE)


def _ask_about_numbers(placement: Placement, readings: dict[str, Reading]) -> None:
    """Flag a number that was not read where its block's date was, or has digits left over.

    They may be its own; and no order has a date alone. And a date that was not, beside a number in
    doubt: it may be in that.
    """
    rules = placement.template.fields
    for block in placement.wording.blocks:
        named = [n for n in sorted(gaps_of(block)) if rules[n].kind is FieldKind.DATE]
        numbers = [readings[n] for n in gaps_of(block) if rules[n].kind is FieldKind.NUMBER]
        doubted = any(each.state is State.READ and each.flags for each in numbers)
        for name in named:
            if doubted and readings[name].value is None and not readings[name].flags:
                readings[name] = _missed(readings[name])
        dates = [readings[name] for name in named]
        left_over = any(str(Note.DIGIT_COUNT) in each.notes for each in dates)
        is_dated = any(each.state is State.READ for each in dates)
        for name in sorted(gaps_of(block)):
            reading = readings[name]
            if rules[name].kind is not FieldKind.NUMBER:
                continue
            if left_over and reading.state is State.BLANK:
                readings[name] = _asked(reading, Note.DIGIT_COUNT)
            elif is_dated and reading.state is State.MISSING and not reading.flags:
                readings[name] = _missed(reading)


def _ask_about_strays(placement: Placement, readings: dict[str, Reading]) -> None:
    """Flag a number that may be another's: of a blank that must be filled, of a letterhead.

    An optional INN or OKPO where the required one of its kind was not read; a number of a block
    whose date was not.
    """
    rules = placement.template.fields
    lacking = {
        rules[name].kind for name, each in readings.items()
        if rules[name].required and each.state is not State.READ
    }  # fmt: skip
    asked = {n for n, r in rules.items() if r.kind in _IDS and r.kind in lacking and not r.required}
    for block in placement.wording.blocks:
        own = gaps_of(block)
        dates = [readings[n] for n in own if rules[n].kind is FieldKind.DATE]
        if dates and not any(each.state is State.READ for each in dates):
            asked |= {name for name in own if rules[name].kind is FieldKind.NUMBER}
    for name in sorted(asked):
        if readings[name].state is State.READ:
            readings[name] = _asked(readings[name], Note.OTHER_NUMBER)


def _ask_about_places(rules: Mapping[str, FieldRule], readings: dict[str, Reading]) -> None:
    """Flag places whose blank was not found where another took what is no place.

    Of two addressees alike, the one's words may stand in the other's blank: empty ones are asked
    about where such a place stands far from its own, read ones where another's blank is missing.
    """
    places = {name: readings[name] for name, rule in rules.items() if rule.kind in _PLACES}
    taken = any(Flag.NOT_IN_REFERENCE in e.flags or _is_stamped(e) for e in places.values())
    aside = {rules[n].kind for n, each in places.items() if str(Note.PLACE_ASIDE) in each.notes}
    for name, each in places.items():
        if rules[name].kind in aside and each.state is State.BLANK:
            readings[name] = replace(_asked(each, Note.PLACE_ASIDE), confidence=0.5)
        if each.state is State.READ and _lacks_its_like(name, rules, places):
            readings[name] = _asked(each, Note.PLACE_ASIDE)
        if taken and each.state is State.MISSING:
            readings[name] = _missed(each)


def _ask_about_halves(
    placement: Placement, readings: dict[str, Reading], reference: Reference
) -> None:
    """Flag a region that was read without its block's district, and that: no region stands alone.

    And an empty region's blank beside a district that lies in one («Манас» is no city): what was
    typed below its line was not found. Where none was found, a lone one may be that.
    """
    halves = list(_halves_of(placement, readings))
    lone = [each for each in halves if each.regions and not each.districts]
    empty = {State.BLANK, State.MISSING} if lone else {State.BLANK}
    for half in lone:
        for name in half.regions:
            readings[name] = _asked(readings[name], Note.PLACE_ASIDE)
    for half in halves:
        said = [readings[name].value or "" for name in half.districts]
        is_wanted = any(needs_region(each, reference) for each in said)
        for name in half.empty:
            kind, state = placement.template.fields[name].kind, readings[name].state
            is_half = half.regions if kind is FieldKind.DISTRICT else is_wanted and state in empty
            if is_half and not readings[name].flags:
                readings[name] = replace(_asked(readings[name], Note.HALF_UNREAD), confidence=0.5)


@dataclass(frozen=True, slots=True)
class _Half:
    """What was read of a block's places: regions, districts, and the fields that have none."""

    regions: Sequence[str]
    districts: Sequence[str]
    empty: Sequence[str]


def _halves_of(placement: Placement, readings: Mapping[str, Reading]) -> Iterator[_Half]:
    rules = placement.template.fields
    for block in placement.wording.blocks:
        names = sorted(name for name in gaps_of(block) if rules[name].kind in _PLACES)
        read = [name for name in names if readings[name].state is State.READ]
        regions = [name for name in read if rules[name].kind is FieldKind.REGION]
        districts = [name for name in read if rules[name].kind is FieldKind.DISTRICT]
        yield _Half(regions, districts, [n for n in names if readings[n].value is None])


def ask_whom(placement: Placement, readings: dict[str, Reading]) -> None:
    """Flag the first addressee's places where nobody was found that a notice goes to."""
    rules, known = placement.template.fields, placement.template.addressees
    first = next((block for block in placement.wording.blocks if block.name in known), None)
    for name in sorted(gaps_of(first)) if first else ():
        each = readings[name]
        if rules[name].kind in _PLACES and each.value is None and not each.flags:
            readings[name] = _missed(each)


def _ask_about_initials(rules: Mapping[str, FieldRule], readings: dict[str, Reading]) -> None:
    """Flag a person with one initial that a signature reaches: it may hide the first."""
    signed = [readings[name] for name, rule in rules.items() if rule.kind is FieldKind.SIGNATURE]
    for name in (name for name, rule in rules.items() if rule.kind is FieldKind.PERSON):
        each = readings[name]
        if _ONE_INITIAL.match(each.value or "") and any(_reaches(sign, each) for sign in signed):
            readings[name] = _asked(each, Note.INK_BESIDE)


def _reaches(signature: Reading, name: Reading) -> bool:
    """Tell whether a signature begins before a name and ends at it, or behind."""
    sign, box = signature.box, name.box
    if sign is None or box is None or signature.page != name.page:
        return False
    is_level = sign.top < box.bottom and box.top < sign.bottom
    return is_level and sign.left < box.left < sign.right + REACH * box.height


def _is_stamped(reading: Reading) -> bool:
    """Tell whether a blank was left empty because what stands beside it is no place."""
    return reading.state is State.BLANK and str(Note.PLACE_ASIDE) in reading.notes


def _lacks_its_like(
    name: str, rules: Mapping[str, FieldRule], places: Mapping[str, Reading]
) -> bool:
    """Tell whether a place of the same kind was not found, though a part of its block was."""
    return any(
        rules[other].kind is rules[name].kind and Flag.MISSING in each.flags
        for other, each in places.items()
    )


def _trust_answered(checks: Sequence[Check], readings: dict[str, Reading]) -> None:
    """Ask nobody about an unsure mark where all that its option calls for is surely filled in."""
    for check in checks:
        mark = readings[check.field]
        if check.rule != "only-when" or mark.value != check.settings["value"]:
            continue
        called = [readings[name] for name in names_in(check, "fields")]
        answered = all(each.state is State.READ and not each.flags for each in called)
        if answered and mark.notes == (str(Note.MARK_UNSURE),):
            readings[check.field] = replace(mark, flags=())


def _ask_nothing_uncalled(checks: Sequence[Check], readings: dict[str, Reading]) -> None:
    """Ask nobody about fields without any value that the option chosen does not call for.

    Of 3,021 fields in offices' scans 46 were asked about so, and none had a value. What may be a
    number that nobody could read stays asked. Whoever corrects the option is asked for them anew.
    """
    for check in checks:
        mark = readings[check.field]
        is_other = mark.value is not None and mark.value != check.settings.get("value")
        for name in names_in(check, "fields") if check.rule == "only-when" and is_other else ():
            own = readings[name]
            if own.value is None and not _may_be_number(own):
                state = State.BLANK if own.state is State.UNREADABLE else own.state
                readings[name] = replace(own, state=state, flags=(), notes=(), confidence=SURE)


def _may_be_number(unread: Reading) -> bool:
    """Tell whether digits were read, or a hand wrote as much as a number: a tick is narrower."""
    is_wide = unread.box is not None and unread.box.width >= WIDE
    by_hand = Flag.HANDWRITTEN in unread.flags
    return sum(map(str.isdigit, unread.text)) > FEW or (by_hand and is_wide)
