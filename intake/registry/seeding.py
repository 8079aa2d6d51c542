"""Known-wrong values shown at the desk in place of right ones, to measure whether they are caught.

People miss about a third of what is rare. A seeded value lives in a row of its
own; the record never holds it: what a reviewer says about it is taken out of
the corrections before they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from intake.registry import forms
from intake.registry.access import Actor
from intake.registry.decisions import Wanted
from intake.registry.models import FieldValue, Record, RecordStatus, Seed, Station
from intake.registry.policy import current, is_drawn, pick
from intake.registry.values import normal_form, same_value

_SURE = 0.9
_SHOWN_AS = "low-confidence"
_DIGITS = dict(zip("0123456789", "8713985604", strict=True))
# A letter that the notice's language has not would be no likely error, but an obvious one.
_LOOK_ALIKE = {
    "ky": {**_DIGITS, **dict(zip("өүңоунеаи", "оунөүңсои", strict=True))},
    "ru": {**_DIGITS, **dict(zip("оунеаи", "ауисоп", strict=True))},
}


@dataclass(frozen=True, slots=True)
class Feedback:
    """A known-wrong value was met: what was shown, what really stands there, whether caught."""

    field: str
    shown: str
    really: str
    caught: bool


def shown_values(record: Record, actor: Actor) -> list[FieldValue]:
    """Return the record's values as the desk shows them, perhaps one of them known to be wrong.

    That one is a copy, flagged like a doubtful one, and must not be saved. Which
    records get one depends on the record alone.
    """
    values = list(record.values.all())
    seed = _seed_of(record, values, actor)
    if seed is not None:
        for value in values:
            if value.name == seed.field:
                value.value, value.text = seed.shown, seed.shown
                value.flags, value.notes, value.confidence = [_SHOWN_AS], [], 0.5
    return values


def answered(
    record: Record, wanted: Sequence[Wanted], actor: Actor
) -> tuple[list[Wanted], tuple[Feedback, ...]]:
    """Take out what answers the record's known-wrong value; return the rest, and what to tell."""
    seed = Seed.objects.filter(record=record, caught=None).first()
    if seed is None or actor.user is None:  # programs are shown what the record holds
        return list(wanted), ()
    mine = [one for one in wanted if one.field == seed.field]
    others = [one for one in wanted if one.field != seed.field]
    if not mine:
        return others, ()
    given = normal_form(seed.field, mine[-1].value)
    seed.caught = not same_value(given, seed.shown)
    seed.user, seed.answered_at = actor.user, timezone.now()
    seed.save(update_fields=["caught", "user", "answered_at"])
    feedback = Feedback(seed.field, seed.shown, seed.really, seed.caught)
    # A third value is a correction of what was read; the other two change nothing.
    if seed.caught and not same_value(given, seed.really):
        others.append(mine[-1])
    return others, (feedback,)


def unanswered(record: Record) -> set[str]:
    """Return the field whose known-wrong value nobody has said anything about, if any."""
    return set(Seed.objects.filter(record=record, caught=None).values_list("field", flat=True))


def forget(record: Record) -> None:
    """Drop a known-wrong value that was not met: the record goes where it says nothing."""
    Seed.objects.filter(record=record, caught=None).delete()


def _seed_of(record: Record, values: Sequence[FieldValue], actor: Actor) -> Seed | None:
    seed = Seed.objects.filter(record=record).first()
    if seed is None:
        return _planted(record, values) if _is_due(record, actor) else None
    if seed.caught is not None:
        return None
    # Read again, or set through the API since: then it may be right by now.
    holds = {value.name: value for value in values}.get(seed.field)
    if holds is None or holds.flags or holds.corrected or holds.value != seed.really:
        seed.delete()
        return None
    return seed


def _is_due(record: Record, actor: Actor) -> bool:
    return (
        actor.user is not None
        and record.status == RecordStatus.REVIEW
        and record.station == Station.DESK
        and is_drawn(current().seed_share, "seed", record.pk, record.edition)
    )


def _planted(record: Record, values: Sequence[FieldValue]) -> Seed | None:
    kinds = forms.kinds(record.template)
    fit = [v for v in values if _WRONG.get(kinds.get(v.name, "")) and _is_known(v)]
    if not fit:
        return None
    name = pick([value.name for value in fit], "seed", record.pk)
    really = next(value.value for value in fit if value.name == name) or ""
    shown = _WRONG[kinds[name]](really, record)
    if same_value(shown, really):
        return None
    return Seed.objects.get_or_create(
        record=record, defaults={"field": name, "shown": shown, "really": really}
    )[0]


def _is_known(value: FieldValue) -> bool:
    """Whether the value is so surely right that a changed one is surely wrong."""
    return bool(value.value) and not value.flags and value.confidence >= _SURE


def _other_letter(text: str, record: Record) -> str:
    """Return the text with one letter or digit changed for one that looks like it."""
    alike = _LOOK_ALIKE.get(record.language, _DIGITS)
    places = [i for i, letter in enumerate(text) if letter.lower() in alike]
    if not places:
        return text
    place = int(pick([str(i) for i in places], "place", record.pk))
    new = alike[text[place].lower()]
    return text[:place] + (new.upper() if text[place].isupper() else new) + text[place + 1 :]


def _other_day(text: str, record: Record) -> str:
    """Return another day of the same month, both digits possible."""
    day = int(text[8:10])
    return f"{text[:8]}{(day + 9 + record.pk % 3) % 28 + 1:02}"


_WRONG: dict[str, Callable[[str, Record], str]] = {
    "inn": _other_letter,
    "okpo": _other_letter,
    "name": _other_letter,
    "person": _other_letter,
    "address": _other_letter,
    "date": _other_day,
}
