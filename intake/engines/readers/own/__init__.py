"""A line recogniser of our own for Kyrgyz and Russian."""

from __future__ import annotations

from intake.engines.readers.own.model import is_installed
from intake.engines.readers.own.reader import OwnReader

__all__ = ["OwnReader", "is_installed"]
