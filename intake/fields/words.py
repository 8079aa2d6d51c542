"""Which words are known: of organisations, addresses, places and persons."""

from __future__ import annotations

from dataclasses import dataclass

from intake.fields.graded import Language
from intake.fields.script import fold


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Known words in lower case by language, and the names of persons.

    ``given`` and ``surnames`` hold Kyrgyz and Russian spellings; ``by_fold``
    gives, for the folded form, every known spelling in any list.
    """

    common: dict[Language, frozenset[str]]
    given: frozenset[str]
    surnames: frozenset[str]
    by_fold: dict[str, tuple[str, ...]]

    def spellings(self, word: str) -> tuple[str, ...]:
        """Return the known words that differ from this at most by ө/о, ү/у, ң/н, ё/е."""
        return self.by_fold.get(fold(word), ())
