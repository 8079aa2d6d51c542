"""Regions, districts and cities as written, held against the classifier.

The value is what is written, spaces collapsed, in whatever case or language it
stands; the matched unit's soate code is in the candidates' origin. The spelling
of the reference replaces what was read only where

- the second reading has exactly that spelling: no flag;
- what was read is one letter away and no other unit comes near: ``corrected``.

What differs from the reference only by ө/о, ү/у, ң/н may be typed so or misread: ``ambiguous``
with both spellings as candidates. One letter is lost by both readings now and then («Туп» for
«Түп»), not two: where both have «Озгон», it is typed so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from intake.domain.notice import Candidate, Flag
from intake.fields.graded import Graded, Note, Written, best_first, distinct, ocr_evidence
from intake.fields.place_forms import Place, bare_name, kind_said
from intake.fields.reference import Reference
from intake.fields.script import (
    collapse,
    has_writing,
    letters_only,
    mend_dashes,
    squeeze,
    tidy,
    unify_letters,
)

KNOWN = 0.75
"""Below this similarity a name is not in the reference."""
CLEAR = 0.2
"""A runner-up of another name nearer than this makes a damaged name unsure."""


@dataclass(frozen=True, slots=True)
class Match:
    """The unit a name was matched with: its form, similarity 0..1, and the runner-up's."""

    place: Place
    form: str
    score: float
    runner_up: float

    @property
    def margin(self) -> float:
        """The distance to the best unit of another name."""
        return self.score - self.runner_up


def grade_region(written: Written, reference: Reference) -> Graded:
    """Return an oblast (or city of republican significance) as written."""
    return _grade(written, reference.regions)


def grade_district(written: Written, reference: Reference, *, region: str | None = None) -> Graded:
    """Return a raion, city district or city as written.

    ``region`` is the region's value, where known: it decides between units of
    one name and speaks, as ``in_region``, for or against the reading.
    """
    graded = _grade(written, _near_first(reference, region))
    inside = lies_in_region(graded.value, region, reference) if graded.value and region else None
    evidence = dict(graded.evidence) | {"in_region": {None: 0.5, True: 1.0, False: 0.0}[inside]}
    return Graded(
        graded.value, graded.text, graded.candidates, graded.flags, graded.notes, evidence
    )


def match_place(text: str, places: Iterable[Place]) -> Match | None:
    """Return the unit whose name this is, None where none comes near."""
    name = bare_name(text)
    kind = kind_said(text)
    ranked = sorted((_best_form(name, place, kind) for place in places), key=lambda pair: -pair[0])
    if not ranked or not squeeze(name) or ranked[0][0] < KNOWN:
        return None
    score, form, place = ranked[0]
    rivals = (s for s, f, p in ranked[1:] if squeeze(p.name_ky) != squeeze(place.name_ky))
    return Match(place, form, min(score, 1.0), min(next(rivals, 0.0), 1.0))


def is_named(text: str, places: Iterable[Place]) -> bool:
    """Tell whether a unit is called so, in some form of its name."""
    key = squeeze(bare_name(text))
    return any(key in _keys(place) for place in places)


def needs_region(district: str, reference: Reference) -> bool:
    """Tell whether a district lies in regions alone, and in no city that is one («Бишкек»)."""
    key = squeeze(bare_name(district))
    regions = {p.region_iso for p in reference.districts if key in _keys(p)}
    cities = {place.region_iso for place in reference.regions if place.kind == "city"}
    return bool(regions) and not regions & cities


def lies_in_region(district: str, region: str, reference: Reference) -> bool | None:
    """Tell whether a district lies in a region, by their names; None where either is unknown."""
    where = match_place(region, reference.regions)
    if where is None:
        return None
    key = squeeze(bare_name(district))
    same_name = [place for place in reference.districts if key in _keys(place)]
    if not same_name:
        found = match_place(district, reference.districts)
        same_name = [found.place] if found else []
    if not same_name:
        return None
    named = {p.region_iso for p in reference.regions if p.name_ky == where.place.name_ky}
    meant = {where.place.region_iso} if kind_said(region) else named  # «Ош»: city or region
    return any(place.region_iso in meant for place in same_name)


def same_place(one: str, other: str, kind: str, reference: Reference) -> bool | None:
    """Tell whether two names mean the same unit; None where either is unknown."""
    places = reference.regions if kind == "region" else reference.districts
    first, second = match_place(one, places), match_place(other, places)
    if first is None or second is None:
        return None
    return squeeze(first.place.name_ky) == squeeze(second.place.name_ky)


def _near_first(reference: Reference, region: str | None) -> Sequence[Place]:
    where = match_place(region, reference.regions) if region else None
    iso = where.place.region_iso if where else ""
    return sorted(reference.districts, key=lambda place: place.region_iso != iso)


@cache
def _keys(place: Place) -> frozenset[str]:
    return frozenset(map(squeeze, place.forms))


def _best_form(name: str, place: Place, kind: str | None) -> tuple[float, str, Place]:
    key, spelled = squeeze(name), name.casefold()
    score, exact, form = max(
        (Levenshtein.normalized_similarity(key, squeeze(f)), f.casefold() == spelled, f)
        for f in place.forms
    )
    # Spelling decides between Каракол and Кара-Көл, a word for the kind («шаары», «района»)
    # between units of one name; neither outweighs a letter.
    return score + 0.002 * exact + 0.001 * (kind == place.kind), form, place


def _grade(written: Written, places: Sequence[Place]) -> Graded:
    text = collapse(written.text)
    again = written.as_second()
    second = _spell(again.text, written) if again else None
    if not has_writing(text) and not has_writing(second or ""):
        return Graded(None, text, evidence=ocr_evidence(written))
    first = _spell(text, written)
    value, found, notes = _settle(first, second, places)
    value = _capital(_spaced_like(found.form, found.place.forms, value), found) if found else value
    if (
        not notes
        and written.language == "ky"
        and _may_be_kyrgyz(value, found, agreed=_agree(first, second))
    ):
        notes = (Note.KYRGYZ_LETTERS,)
    return Graded(
        value,
        text,
        _candidates(value, first, second, found),
        distinct(_FLAGS[note] for note in notes),
        notes,
        ocr_evidence(written) | _evidence(value, first, second, found),
    )


def _capital(value: str, found: Match) -> str:
    """Return a place that begins with its name («ош», not «г. Ош») with its capital letter."""
    first = value.partition(" ")[0]
    is_name = found.form[:1].isupper() and squeeze(found.form).startswith(squeeze(first))
    return value[:1].upper() + value[1:] if is_name else value


_FLAGS = {
    Note.PLACE_UNKNOWN: Flag.NOT_IN_REFERENCE,
    Note.PLACE_UNSURE: Flag.AMBIGUOUS,
    Note.KYRGYZ_LETTERS: Flag.AMBIGUOUS,
    Note.READINGS_DISAGREE: Flag.AMBIGUOUS,
    Note.SPELLING_REPAIRED: Flag.CORRECTED,
}


def _spell(text: str, written: Written) -> str:
    spelled = _LEADER.sub("", mend_dashes(unify_letters(tidy(text), written.language)))
    spelled = _ADDRESSEE.sub("", spelled)
    spelled = spelled if ")" in spelled else spelled.replace("(", " ")
    bare = spelled.strip(" .,;:_-|'«»·•" if "(" in spelled else " .,;:_-|'«»·•)")
    return f"{bare}." if _SHORTENED.search(bare) and f"{bare}." in spelled else bare


_LEADER = re.compile(r"^(?:[аоеАОЕ][.,…]+\s*)+(?=\w)")  # a dotted rule before the name, as read
_ADDRESSEE = re.compile(r"^(?:айыл\s+)?[өо]км[өо]т[үу]\s+(?=\w)", re.IGNORECASE)
"""Another addressee's name before a place, as in columns."""
_SHORTENED = re.compile(r"(?:^|\s)(?:ш|г|обл|р-н)$")  # «Бишкек ш.»

Settled = tuple[str, Match | None, tuple[Note, ...]]


def _settle(first: str, second: str | None, places: Sequence[Place]) -> Settled:
    """Decide between the readings and the reference; see the module's docstring."""
    found = match_place(first, places)
    other = match_place(second, places) if second else None
    if _is_form(first, found) and not _is_kyrgyz_spelling(second, first):
        return first, found, _contradiction(found, other)
    if second and _is_form(second, other):
        near = found is None or _same(found, other)
        return second, other, () if near and _close(first, second) else (Note.READINGS_DISAGREE,)
    if found is None and (named := _named_within(first, places)):
        return named, match_place(named, places), (Note.PLACE_UNSURE,)
    if found is None:
        return (second, other, (Note.PLACE_UNSURE,)) if second and other else (
            first, None, (Note.PLACE_UNKNOWN,))  # fmt: skip
    return _settle_damaged(first, second, found)


def _named_within(text: str, places: Sequence[Place]) -> str | None:
    """Return the words of a text that are a place's name among others: a village's, a stamp's."""
    words = text.split()
    runs = [
        " ".join(words[start : start + size])
        for size in range(len(words) - 1, 0, -1)
        for start in range(len(words) - size + 1)
    ]
    return next((run for run in runs if len(run) > 2 and is_named(run, places)), None)


def _settle_damaged(first: str, second: str | None, found: Match) -> Settled:
    agreed = _agree(first, second)
    if squeeze(bare_name(first)) == squeeze(found.form):
        is_typed = agreed and _lost_letters(first, found.form) > 1
        return first, found, () if is_typed else (Note.KYRGYZ_LETTERS,)
    if not agreed and found.margin >= CLEAR and _letters_apart(bare_name(first), found.form) == 1:
        return _with_form(first, _form_like(first, found)), found, (Note.SPELLING_REPAIRED,)
    return first, found, (Note.PLACE_UNSURE,)


def _is_form(text: str | None, found: Match | None) -> bool:
    """Tell whether a name is spelled as the reference has it, letter for letter but for case."""
    if text is None or found is None:
        return False
    name = letters_only(bare_name(text))
    return any(name == letters_only(form) for form in found.place.forms)


def _may_be_kyrgyz(value: str, found: Match | None, *, agreed: bool) -> bool:
    """Tell whether a listed plain spelling («Чуй») may be the misread Kyrgyz one («Чүй»)."""
    if found is None:
        return False
    name = letters_only(bare_name(value))
    twins = [f for f in map(letters_only, found.place.forms) if squeeze(f) == squeeze(name)]
    lost = max((_lost_letters(name, twin) for twin in twins), default=0)
    return 0 < lost <= (1 if agreed else len(name))


def _is_kyrgyz_spelling(second: str | None, first: str) -> bool:
    """Tell whether the second reading is the first with more of its Kyrgyz letters seen.

    The models lose ө ү ң (confusions.csv); none was measured to see one that is not there.
    """
    if second is None or squeeze(second) != squeeze(first):
        return False
    return _kyrgyz_count(second.casefold()) > _kyrgyz_count(first.casefold())


def _agree(first: str, second: str | None) -> bool:
    return second is not None and second.casefold() == first.casefold()


def _lost_letters(text: str, form: str) -> int:
    return _kyrgyz_count(form.casefold()) - _kyrgyz_count(text.casefold())


def _kyrgyz_count(text: str) -> int:
    return sum(sign in "өүң" for sign in text)


_CAPITAL_WITHIN = re.compile(r"[а-яёөүң][А-ЯЁӨҮҢ]")


def _spaced_like(form: str, forms: Sequence[str], value: str) -> str:
    """Return the value with the form's spaces and dashes where no letter differs.

    «Кара -Кулжа», «Кара:Кулжа» and «КараКулжа» lost theirs; «Ысык Көл» is written so.
    """
    if _CAPITAL_WITHIN.search(re.sub(r"[^\w -]", "", value)):  # «Ак:Суйского» lost its hyphen
        form = next((f for f in forms if "-" in f and letters_only(f) == letters_only(value)), form)
    bare = value.replace(" ", "").casefold()
    is_torn = bare == form.replace(" ", "").casefold()
    is_joined = bare == letters_only(form) and " " not in value
    odd = any(not sign.isalnum() and sign not in "-–()№" for sign in bare)
    is_dirty = odd and letters_only(bare) == letters_only(form)
    if not (is_torn or is_joined or is_dirty):
        return value
    signs = iter(sign for sign in value if sign.isalnum())
    return "".join(next(signs) if sign.isalnum() else sign for sign in form)


def _contradiction(found: Match | None, other: Match | None) -> tuple[Note, ...]:
    return (Note.READINGS_DISAGREE,) if other and found and not _same(found, other) else ()


def _same(found: Match | None, other: Match | None) -> bool:
    return found is not None and other is not None and (
        squeeze(found.place.name_ky) == squeeze(other.place.name_ky))  # fmt: skip


def _close(first: str, second: str) -> bool:
    return Levenshtein.normalized_similarity(squeeze(first), squeeze(second)) >= 0.6


def _letters_apart(text: str, form: str) -> int:
    return Levenshtein.distance(letters_only(text), letters_only(form))


def _form_like(text: str, found: Match) -> str:
    """Return the form that was found, with a dash or without as it was written."""
    same = [f for f in found.place.forms if letters_only(f) == letters_only(found.form)]
    name = bare_name(text).casefold()
    return min(same, key=lambda form: Levenshtein.distance(form.casefold(), name))


def _with_form(text: str, form: str) -> str:
    """Put the reference's spelling in place of the name, keeping the words around it."""
    name = bare_name(text)
    return text.replace(name, form) if name in text else form


def _candidates(
    value: str, first: str, second: str | None, found: Match | None
) -> tuple[Candidate, ...]:
    listed = [Candidate(value, 0.9, found.place.soate if found else "read")]
    if found:
        listed.append(
            Candidate(_with_form(value, found.form), found.score * 0.8, found.place.soate)
        )
    listed.extend(Candidate(text, 0.4, "read") for text in (first, second) if text)
    return best_first(listed)


def _evidence(value: str, first: str, second: str | None, found: Match | None) -> dict[str, float]:
    return {
        "reference": found.score if found else 0.0,
        "margin": found.margin if found else 0.0,
        "exact_form": float(_is_form(value, found)),
        "repaired": float(_letters_apart(value, first)),
        "agree": float(second is not None and second.casefold() == first.casefold()),
    }
