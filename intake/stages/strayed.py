"""Blocks of a form that stand elsewhere on the page than the official form has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz.fuzz import ratio

from intake.alignment.align import align
from intake.alignment.chain import chain_of_block
from intake.alignment.found import BLOCK_ENOUGH, Found
from intake.alignment.lay import Layer
from intake.alignment.letters import fours
from intake.alignment.stream import Stream
from intake.domain.placement import PlacedLetter
from intake.domain.template import Block, FieldKind, Template, gaps_of, required_print_in
from intake.fields.script import letters_only
from intake.stages.traced import above_title, has_required, placed_fields

LIKE = 80.0
"""Likeness of a line's beginning to what a block must have, from which it is that."""
FORCED_ENOUGH = 0.5
"""Share of a block's print from which it is there although leaving it out would cost less."""
_FREE_TEXT = (FieldKind.NAME, FieldKind.ADDRESS)
_BRIEF = (FieldKind.REGION, FieldKind.DISTRICT, FieldKind.NUMBER, FieldKind.DATE)
_FOUR = 4


def strayed_blocks(found: Found, blocks: set[str]) -> Iterator[tuple[str, Layer, list[int]]]:
    """Yield the blocks that stand elsewhere on the page than the official form has them.

    Each with the letters that it takes: of what nothing took, or whole lines of what was
    taken for a name or an address.
    """
    junk, text = found.layer.junk(), found.layer.within(_FREE_TEXT)
    placed = placed_fields(found.wording, blocks)
    for block in found.wording.blocks:
        if block.name in blocks or placed & gaps_of(block):
            continue  # the latter is another way of writing what was found
        whole, head = sorted([*junk, *text]), above_title(found, junk)
        foot = _last_page(found) if is_closing(block, found.template) else []
        ways = ((whole, _alone), (junk, _alone), (head, _forced), (foot, _at_foot))
        for letters, lay_over in ways:
            layer = lay_over(block, found, letters) if len(letters) >= _FOUR else None
            held = layer.taken() if layer else []
            taken = list(letters[held[0] : held[-1] + 1]) if held else []  # brackets too
            if layer and taken and (letters is not whole or _are_lines(taken, found.stream)):
                yield block.name, layer, taken
                placed |= gaps_of(block)
                break


def _alone(block: Block, found: Found, letters: Sequence[int]) -> Layer | None:
    """Lay one block over some letters of the page; None where it does not stand there."""
    return _laid(block, found, letters, BLOCK_ENOUGH)


def _at_foot(block: Block, found: Found, letters: Sequence[int]) -> Layer | None:
    """Lay the block that is signed over some letters, of which little more than its title is left.

    «Директор … А. Асанов», without «(подпись, печать)».
    """
    return _laid(block, found, letters, FORCED_ENOUGH)


def is_closing(block: Block, form: Template) -> bool:
    """Tell whether a block is the one that is signed."""
    return any(form.fields[name].kind is FieldKind.SIGNATURE for name in gaps_of(block))


def misplaced_blocks(found: Found) -> set[str]:
    """Return the block that is signed where it was found in prose, and the foot has it."""
    pages = [placed.page for placed in found.stream.letters]
    last = [n for n, page in enumerate(pages) if page == pages[-1]]
    rest = [n for n, page in enumerate(pages) if page != pages[-1]]
    return blocks_in_prose(found) | {
        block.name for block in found.wording.blocks
        if rest and is_closing(block, found.template)
        and block.name not in found.blocks_on(pages[-1])
        and begins_line(block, found.template, found.stream.part(last))
        and not begins_line(block, found.template, found.stream.part(rest))
    }  # fmt: skip


def blocks_in_prose(found: Found) -> set[str]:
    """Return the block that is signed where it was found in prose above a foot of its own."""
    return {
        block.name for block in found.wording.blocks
        if block.name in found.blocks
        and is_closing(block, found.template)
        and _is_within_line(block, found)
    }  # fmt: skip


def _is_within_line(block: Block, found: Found) -> bool:
    """Tell whether a block was found in the midst of a line, and a line behind begins with it."""
    print_ = found.layer.printed(*found.chain.blocks[block.name])
    if not print_ or found.stream.letters[print_[0]].starts_line:
        return False
    lines = found.stream.lines.tolist()
    own = [n for n, line in enumerate(lines) if line == lines[print_[0]]]
    behind = [n for n, line in enumerate(lines) if line > lines[print_[-1]]]
    return not begins_line(block, found.template, found.stream.part(own)) and begins_line(
        block, found.template, found.stream.part(behind)
    )


def _last_page(found: Found) -> list[int]:
    """Return the letters on the last of several pages; none where there is one."""
    pages = [placed.page for placed in found.stream.letters]
    return [n for n, page in enumerate(pages) if page == pages[-1] != pages[0]]


def _forced(block: Block, found: Found, letters: Sequence[int]) -> Layer | None:
    """Lay a block with places where leaving it out would cost less; None unless all are filled in.

    To leave an addressee out costs less than to read «обл.» for one of its words.
    """
    gaps = gaps_of(block)
    if not any(found.template.fields[name].kind in _BRIEF for name in gaps):
        return None
    layer = _laid(replace(block, optional=False), found, letters, FORCED_ENOUGH)
    held = [letters[n] for n in layer.taken()] if layer else []
    filled = layer.holes() if layer else {}
    are_all = all(any(hole.letters for hole in filled.get(name, ())) for name in gaps)
    # a letterhead's address has the same words amid its lines
    return layer if held and are_all and _are_lines(held, found.stream) else None


def _laid(block: Block, found: Found, letters: Sequence[int], enough: float) -> Layer | None:
    stream = found.stream.part(letters)
    chain = chain_of_block(block, found.template.fields)
    if not has_required(block, fours(stream.codes.tolist())):
        return None
    layer = Layer(chain, stream, align(chain, stream), found.chain.words)
    start, end = chain.blocks[block.name]
    stands = not layer.is_skipped(start, end) and layer.found_share(start, end) >= enough
    return layer if stands else None


def _are_lines(letters: Sequence[int], stream: Stream) -> bool:
    """Tell whether letters are whole lines: a ministry within a school's name is not."""
    first, after = letters[0], letters[-1] + 1
    while after < len(stream) and _is_sign_amid(stream.letters[after]):
        after += 1  # the point of «обл.»
    return stream.letters[first].starts_line and (
        after == len(stream) or stream.letters[after].starts_line
    )


def _is_sign_amid(placed: PlacedLetter) -> bool:
    return not (placed.starts_line or placed.letter.text.isalnum())


def begins_line(block: Block, form: Template, stream: Stream) -> bool:
    """Tell whether a line begins with what a block must have («Директор»), or a person's label."""
    rules = [form.fields[name] for name in gaps_of(block)]
    said = [label for rule in rules if rule.kind is FieldKind.PERSON for label in rule.labels]
    wanted = [letters_only(each) for each in (required_print_in(block), *said)]
    lines: dict[int, str] = {}
    for placed, number in zip(stream.letters, stream.lines.tolist(), strict=True):
        lines[number] = lines.get(number, "") + placed.letter.text
    return any(
        ratio(letters_only(line)[: len(each)], each) >= LIKE
        for line in lines.values() for each in wanted if each
    )  # fmt: skip
