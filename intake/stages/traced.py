"""Blocks of a form that were not found, though some of their words stand on the page, unread.

A notice has fields in them that a person must look for.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from intake.alignment.found import Found
from intake.alignment.letters import fours, printed_fours
from intake.domain.geometry import Box
from intake.domain.placement import Spot
from intake.domain.template import (
    Block,
    FieldKind,
    Wording,
    gaps_of,
    print_in,
    required_print_in,
)

NAMED = 0.4
"""Share of a block's letter fours in a name from which it is there: «билим берүү» is a third of
some."""
SAID = 0.6
"""Share of a block's letter fours on the page from which it is there, if no other addressee is."""
TRACED = 0.25
"""Share of a block's letter fours, among what nothing took, from which it may be there unread."""
REQUIRED = 0.3
"""Share of the letter fours that a block must have, or has alone, from which it is not its optional
words, or another's («района», «области»)."""
MOSTLY = 0.6
"""Share of a block's letter fours that it must have, from which the others say little."""
UNREAD, COLUMN = 40, 0.02
"""Letters below an addressee from which another one stands there, and how far left of it they may
begin, as a share of the page's width."""


def traces_of(found: Found, blocks: Set[str]) -> frozenset[str]:
    """Return the blocks not found whose letters partly stand among what nothing took.

    In a name, most of them must: many begin with words of an addressee. Anywhere on the page, where
    nobody at all is addressed.
    """
    layer, stream = found.layer, found.stream
    is_sent = bool(blocks & _addressees(found)) and not found.is_strained
    whole = fours(stream.codes.tolist()) if not is_sent else frozenset[int]()
    junk = fours(stream.part(layer.junk()).codes.tolist())
    head = fours(stream.part(above_title(found, layer.junk())).codes.tolist())
    names = fours(stream.part(layer.within((FieldKind.NAME,))).codes.tolist())
    traced = set()
    for block in _unfound(found, blocks):
        is_addressee = block.name in _addressees(found)
        printed = printed_fours(print_in(block))
        left = head if is_addressee else junk  # a stamp of theirs stands anywhere
        seen = whole | left | names
        if not has_required(block, seen) or not _has_own(block, found.wording, seen):
            continue
        left_over, in_names = len(printed & left), len(printed & names)
        is_named = in_names >= NAMED * len(printed) or len(printed & whole) >= SAID * len(printed)
        if left_over >= TRACED * len(printed) or is_named:
            traced.add(block.name)
    return frozenset(traced)


def unread_addressees(found: Found, blocks: Set[str]) -> frozenset[str]:
    """Return the addressees not found, where letters that nothing took stand below one that was."""
    if found.is_strained or _below_addressee(found, blocks) < UNREAD:
        return frozenset()
    return frozenset(b.name for b in _unfound(found, blocks) if b.name in _addressees(found))


def placed_fields(wording: Wording, blocks: Set[str]) -> set[str]:
    """Return the fields of the blocks that were found."""
    return {name for block in wording.blocks if block.name in blocks for name in gaps_of(block)}


def _unfound(found: Found, blocks: Set[str]) -> list[Block]:
    """Return the blocks that were not found, nor another way of writing them, and have print."""
    placed = placed_fields(found.wording, blocks)
    return [
        block for block in found.wording.blocks
        if block.name not in blocks and print_in(block) and not placed & gaps_of(block)
    ]  # fmt: skip


def _below_addressee(found: Found, blocks: Set[str]) -> int:
    """Count the letters that nothing took below an addressee, in its column, above the title."""
    layer, letters = found.layer, found.stream.letters
    title = _title(found)
    named = blocks & _addressees(found) & found.blocks
    own = [letters[n] for name in named for n in layer.held(*found.chain.blocks[name])]
    if title is None or not own or any(each.page != title.page for each in own):
        return 0
    column = Box.around(each.letter.box for each in own)
    return sum(
        placed.letter.text.isalpha() and placed.page == title.page
        and column.left - COLUMN <= box.left <= column.right
        and column.bottom <= box.top and box.bottom <= title.box.top
        for placed in (letters[n] for n in layer.junk())
        for box in (placed.letter.box,)
    )  # fmt: skip


def above_title(found: Found, letters: Sequence[int]) -> list[int]:
    """Return the letters that stand above the form's title, where addressees do."""
    title = _title(found)
    placed = ((n, found.stream.letters[n]) for n in letters)
    return [
        n for n, each in placed
        if title and each.page == title.page and each.letter.box.bottom <= title.box.top
    ]  # fmt: skip


def _title(found: Found) -> Spot | None:
    return next((s for word, s in found.layer.anchors() if word == found.wording.title), None)


def has_required(block: Block, seen: Set[int]) -> bool:
    """Tell whether what a block must have is among letter fours, not its optional words alone.

    «Во исполнение приказа Министерства образования и науки» is no «Приложение к приказу …».
    """
    required, every = printed_fours(required_print_in(block)), printed_fours(print_in(block))
    is_mostly = len(required) > MOSTLY * len(every)
    return is_mostly or len(required & seen) >= REQUIRED * len(required)


def _has_own(block: Block, wording: Wording, seen: Set[int]) -> bool:
    """Tell whether words that a block has alone are among letter fours.

    A letterhead says «область» and «район», too, and «Министерство образования и науки».
    """
    others = (each for each in wording.blocks if gaps_of(each).isdisjoint(gaps_of(block)))
    shared = {
        four for each in others if each is not block for four in printed_fours(print_in(each))
    }
    own = printed_fours(print_in(block)) - shared
    return not own or len(own & seen) >= REQUIRED * len(own)


def _addressees(found: Found) -> Set[str]:
    """Return the blocks of those whom a notice may go to, by the form's checks."""
    checks = (check for check in found.template.checks if check.rule == "addressee")
    asked = (value for check in checks for value in check.settings.values())
    return {str(block) for blocks in asked if isinstance(blocks, list) for block in blocks}
