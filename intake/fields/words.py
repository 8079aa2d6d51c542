"""Which words are known: of organisations, addresses, places and persons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from intake.fields.script import fold, fold_letters, unify_letters

# Endings of number, possession and case that a known Kyrgyz word may take.
_ENDINGS = re.compile(
    r"([лдт][аеоө]р)?([ыиуү]|с[ыиуү])?"
    r"(н[ыиуү]н|[дт][ыиуү]н|н[ыиуү]|[дт][ыиуү]|н|[гкн]?[аеоө]|н?[дт][аеоө]н?|н[аеоө]н|"
    r"н?[дт][аеоө]г[ыиуү])?"
)
_SHORT_WORDS = (
    "ул к көч коч г ш с д а о пр пер кв корп стр мкр мкрн р н обл им ат кб үй уй б тк ж м гор пос "
    "дом бул бульв просп туп эт оф лит сош сш нсш ншдс доо доу моу чоу увк отк мчббу мббм жббм "
    "осоо ооо жчк оао ааак зао жак ао ип гп му мп чу уму и в на при для же жана"
)
_ABBREVIATIONS = frozenset(_SHORT_WORDS.split())
_PATRONYMIC = re.compile(r"(.{2,}?)[оеё]?(?:вич|вна|ич|ична)[а-яөү]{0,3}")
# After the last vowel of a word, the high and the low vowel its endings have.
_HARMONY = {
    "а": "ыа", "я": "ыа", "ы": "ыа", "о": "уо", "ё": "уо", "у": "уао", "ю": "уао",
    "э": "ие", "е": "ие", "и": "ие", "ө": "үө", "ү": "үө",
}  # fmt: skip


_LIKE_SHAPES = {"в": "бн", "б": "в", "н": "квип", "к": "н", "и": "н", "п": "н", "э": "з", "з": "э",
                "л": "д", "д": "л", "г": "т", "т": "г", "ц": "и", "ш": "щ", "щ": "ш", "с": "е",
                "е": "с", "о": "ө", "ө": "о", "у": "ү", "ү": "у", "ң": "н"}  # fmt: skip
"""Letters that both readers were seen to take for others («Вакыт»)."""
_SHORTEST_LIKE = 4


@dataclass(frozen=True, eq=False)
class Words:
    """Known words, all in lower case.

    ``common`` are words of organisations, addresses and places in both
    languages; ``given`` and ``surnames`` the names of persons, in Kyrgyz and
    Russian spelling.
    """

    common: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]

    @cached_property
    def every(self) -> frozenset[str]:
        """All known words."""
        return self.common | self.given | self.surnames | _ABBREVIATIONS

    @cached_property
    def _by_fold(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for word in sorted(self.every):
            key = fold_letters(word)
            found[key] = (*found.get(key, ()), word)
        return found

    @cached_property
    def _long(self) -> tuple[str, ...]:
        return tuple(sorted(word for word in self.every if len(word) >= 6))

    def knows(self, word: str) -> bool:
        """Tell whether a word, or each part of a hyphenated one, is known in any form."""
        low = word.casefold().strip(".,;:()«»\"'")
        parts = [part for part in re.split(r"[-./]", low) if part]
        return low in self.every or (bool(parts) and all(map(self._knows_part, parts)))

    def _knows_part(self, part: str) -> bool:
        if part in self.every or part.isdigit() or len(part) == 1:
            return True
        father = _PATRONYMIC.fullmatch(part)
        if father and any(name in self.given for name in _fathers(father[1])):
            return True
        longest = min(len(part) - 3, 8)
        return any(
            part[:-cut] in self.every and _is_ending(part[-cut:], part[:-cut])
            for cut in range(1, longest + 1)
        )

    def spellings(self, word: str) -> tuple[str, ...]:
        """Return the known words that differ from this at most by ө/о, ү/у, ң/н, ё/е."""
        return self._by_fold.get(fold(word), ())

    def neighbour(self, word: str) -> str | None:
        """Return a known word one letter away from a word of six letters or more, if any.

        None for patronymics: a surname is always near («Асановна», «Асанова»).
        """
        low = word.casefold()
        if len(low) < 6 or _PATRONYMIC.fullmatch(low):
            return None
        found = process.extractOne(low, self._long, scorer=Levenshtein.distance, score_cutoff=1)
        return found[0] if found and found[1] == 1 else None

    def look_alike(self, word: str) -> str | None:
        """Return a known word that differs from this one by one letter of like shape, if any."""
        low = word.casefold()
        others = (
            low[:place] + like + low[place + 1 :]
            for place, sign in enumerate(low if len(low) >= _SHORTEST_LIKE else "")
            for like in _LIKE_SHAPES.get(sign, "")
        )
        return next((other for other in others if other in self.every), None)


def _fathers(stem: str) -> tuple[str, ...]:
    """Return the names a patronymic may come from, by what stands before -ович, -евна."""
    return stem, stem + "й", stem + "ь", stem[:-1] if stem.endswith(("и", "ы")) else stem


def _is_ending(ending: str, stem: str) -> bool:
    """Tell whether this is a Kyrgyz ending that goes with the vowels of the stem."""
    if not _ENDINGS.fullmatch(ending) or (ending == "н" and stem[-1] not in _HARMONY):
        return False
    last = next((sign for sign in reversed(stem) if sign in _HARMONY), "а")
    return all(sign in _HARMONY[last] for sign in ending if sign in "аеоөыиуү")


def words_in(text: str) -> Iterable[str]:
    """Return the words of a text in lower case, hyphenated ones whole and in parts."""
    for token in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", unify_letters(text, "ky").casefold()):
        yield token
        yield from token.split("-")
