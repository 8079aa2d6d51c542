"""Finds in a period's corrections what the product should have known."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from intake.fields.place_forms import Place, bare_name
from intake.fields.reference import Reference
from intake.fields.script import fold
from intake.fields.words import words_in

LEAST_RECORDS = 2
"""A word or spelling that one notice alone has may be that notice's own mistake."""

_LEAST_LETTERS = 3
_MOST_THRESHOLD = 0.9995
_LEAST_ALIKE = 0.7
_SURNAME = re.compile(r".*(?:[оеё]ва?|ина?|ская|ский|тегин)")


@dataclass(frozen=True, slots=True)
class Corrected:
    """One value that a person set or confirmed.

    ``text`` is what was read, ``before`` the value it gave, ``value`` what the
    person says, None for nothing; ``confidence`` and ``flagged`` as they were.
    """

    record: int
    kind: str
    language: str
    text: str
    before: str | None
    value: str | None
    confidence: float
    flagged: bool

    @property
    def is_changed(self) -> bool:
        """Whether the person found the value wrong."""
        return fold(self.before or "") != fold(self.value or "") or (
            (self.before or "").casefold() != (self.value or "").casefold()
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing to adopt.

    ``kind`` is ``words``, ``names``, ``surnames``, ``places`` or ``thresholds``;
    ``content`` what is added; ``records`` how many notices speak for it.
    """

    kind: str
    content: Mapping[str, object]
    records: int

    @property
    def key(self) -> str:
        """A short name that stays the same as long as the content does."""
        text = json.dumps([self.kind, self.content], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:8]


def confusions(corrected: Iterable[Corrected]) -> list[tuple[str, str, int]]:
    """Return (as read, really, how often), letter by letter, the most frequent first.

    An empty string stands for nothing: a letter that was lost, or made up.
    Values that are altogether different tell nothing about letters.
    """
    found: Counter[tuple[str, str]] = Counter()
    for one in corrected:
        before, value = one.before or "", one.value or ""
        alike = Levenshtein.normalized_similarity(before, value)
        if one.is_changed and alike >= _LEAST_ALIKE:
            found.update(_swaps(before, value))
    return [(read, really, count) for (read, really), count in found.most_common()]


def _swaps(read: str, really: str) -> Iterable[tuple[str, str]]:
    for op in Levenshtein.editops(read, really):
        if op.tag == "replace":
            yield read[op.src_pos], really[op.dest_pos]
        elif op.tag == "delete":
            yield read[op.src_pos], ""
        else:
            yield "", really[op.dest_pos]


def propose(corrected: Sequence[Corrected], reference: Reference) -> list[Proposal]:
    """Return all that the corrections speak for, what most notices have first."""
    found = [
        *_words(corrected, reference),
        *_places(corrected, reference),
        *_thresholds(corrected),
    ]
    return sorted(found, key=lambda proposal: (-proposal.records, proposal.key))


def _words(corrected: Iterable[Corrected], reference: Reference) -> list[Proposal]:
    seen: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for one in corrected:
        if one.kind not in {"name", "address", "person"} or not one.value:
            continue
        for word in words_in(one.value):
            if len(word) >= _LEAST_LETTERS and not reference.words.knows(word):
                seen[_list_of(one.kind, word), one.language, word].add(one.record)
    return [
        Proposal(kind, {"word": word, "language": language}, len(records))
        for (kind, language, word), records in seen.items()
        if len(records) >= LEAST_RECORDS
    ]


def _list_of(kind: str, word: str) -> str:
    if kind != "person":
        return "words"
    return "surnames" if _SURNAME.fullmatch(word) else "names"


def _places(corrected: Iterable[Corrected], reference: Reference) -> list[Proposal]:
    """Propose a spelling that people keep putting right to one known place."""
    known = {"district": reference.districts, "region": reference.regions}
    seen: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for one in corrected:
        places = known.get(one.kind, ())
        written = bare_name(one.text)
        place = _place_named(one.value or "", places)
        if place and len(written) >= _LEAST_LETTERS and not _place_named(written, places):
            seen[one.kind, place.soate, written].add(one.record)
    return [
        Proposal("places", {"list": kind, "soate": soate, "spelling": written}, len(records))
        for (kind, soate, written), records in seen.items()
        if len(records) >= LEAST_RECORDS
    ]


def _place_named(text: str, places: Sequence[Place]) -> Place | None:
    wanted = fold(bare_name(text))
    found = [place for place in places if wanted in {fold(form) for form in place.forms}]
    return found[0] if len(found) == 1 and wanted else None


def _thresholds(corrected: Iterable[Corrected]) -> list[Proposal]:
    """Propose for each kind a threshold above its wrong values that nobody was asked about.

    Where the reading was certain no threshold helps, and none is proposed.
    """
    silent: dict[str, list[Corrected]] = defaultdict(list)
    for one in corrected:
        if one.is_changed and not one.flagged and one.confidence < _MOST_THRESHOLD:
            silent[one.kind].append(one)
    return [
        Proposal("thresholds", {"kind": kind, "flag_below": _just_above(wrong)}, _records(wrong))
        for kind, wrong in silent.items()
        if _records(wrong) >= LEAST_RECORDS
    ]


def _just_above(wrong: Sequence[Corrected]) -> float:
    return min(round(max(one.confidence for one in wrong) + 0.0005, 4), _MOST_THRESHOLD)


def _records(corrected: Iterable[Corrected]) -> int:
    return len({one.record for one in corrected})
