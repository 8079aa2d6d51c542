"""Where a value ends and the form's own punctuation around it begins."""

from __future__ import annotations

from collections.abc import Sequence

_AFTER, _BEFORE = " ,‚„;:(_|-–—", " ,;:)_|."


def own_part(signs: Sequence[str]) -> slice:
    """Return the value's own part of what stands in a blank: no commas or brackets of the form."""
    first, last = 0, len(signs)
    while last > first and signs[last - 1] in _AFTER and not _ends_initial(signs[:last]):
        last -= 1
    while first < last and signs[first] in _BEFORE:
        first += 1
    if last > first and signs[last - 1] == ")" and "(" not in signs[first:last]:
        last -= 1
    return slice(first, last)


def _ends_initial(signs: Sequence[str]) -> bool:
    """Tell whether the last sign is the point of the last of several initials («Ж.У.»)."""
    return len(signs) >= 4 and signs[-1] == "." == signs[-3] and signs[-2].isupper()
