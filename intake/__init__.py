"""Reads scanned official notices into records that a person reviews.

The library call::

    from intake import extract

    for notice in extract("scan.pdf"):
        print(notice.fields["organization_inn"].value)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake.options import Options as Options
    from intake.pipeline import extract as extract

__all__ = ["Options", "extract"]


def __getattr__(name: str) -> object:
    """Load the library call on first use: the children that decode files must start quickly."""
    if name == "extract":
        from intake.pipeline import extract  # noqa: PLC0415

        return extract
    if name == "Options":
        from intake.options import Options  # noqa: PLC0415

        return Options
    raise AttributeError(f"module 'intake' has no attribute {name!r}")
