"""What a list of items says of a choice, in words of its own: «сигнализация, водопровод»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from intake.stages.completion.choices.said import AND, Place, Ways

STEM, ENDING = 5, 3
"""Letters at least in which forms of one word are alike, and letters of their ends."""


def options_by_items(ways: Ways, words: Sequence[Place]) -> list[tuple[str, Sequence[Place]]]:
    """Return the options that a list's items say, one each; none where one says none, or more."""
    said: dict[str, Sequence[Place]] = {}
    for item in items_of(words):
        options = [option for option in ways if _has_word_of(item, option, ways)]
        if len(options) != 1:
            return []
        own = [word for way in ways[options[0]] for word in way]
        said[options[0]] = [word for word in item if any(_is_form(word.said, one) for one in own)]
    return list(said.items())


def items_of(words: Sequence[Place]) -> Iterator[Sequence[Place]]:
    """Yield what stands between commas and «and»."""
    start = 0
    for end, word in enumerate(words, 1):
        is_and, is_end = word.said in AND, end == len(words)
        if is_and or is_end or word.word.text.endswith(","):
            item = words[start : end - is_and]
            start = end
            if item:
                yield item


def _has_word_of(item: Sequence[Place], option: str, ways: Ways) -> bool:
    """Tell whether an item has a long word, in any case form, that one option alone is said by."""
    others = [w for name, each in ways.items() if name != option for way in each for w in way]
    own = [word for way in ways[option] for word in way]
    return any(
        any(_is_form(word.said, one) for one in own)
        and not any(_is_form(word.said, other) for other in others)
        for word in item
    )


def _is_form(one: str, other: str) -> bool:
    """Tell whether two words are forms of one: alike but for their ends."""
    size = max(len(one), len(other)) - ENDING
    return size >= STEM and one[:size] == other[:size]
