"""A reviewer's answers about a notice, kept on the server until they are handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from intake.errors import Refused
from intake.registry.decisions import STATES, Wanted
from intake.registry.models import Draft, FieldValue, Record, User

READ, ILLEGIBLE = "read", "illegible"
_STATES = frozenset({READ, ILLEGIBLE, *STATES})
_MOST = 200
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says of one field: a value, or why there is none.

    ``state`` is read, blank, missing, unreadable, or illegible: not legible to
    this person, so that somebody else must look.
    """

    value: str | None
    state: str


@dataclass(frozen=True, slots=True)
class Work:
    """Answers by field, the record's version that they are about, and what they took."""

    version: int
    answers: Mapping[str, Answer] = field(default_factory=dict)
    seconds: float = 0.0
    keystrokes: int = 0


def answer_of(given: object) -> Answer:
    """Return the answer in what a browser sent; Refused for anything else."""
    if isinstance(given, Mapping):
        value, state = given.get("value"), given.get("state")
        is_value = value is None or (isinstance(value, str) and len(value) <= _LONGEST)
        if is_value and state in _STATES and (state == READ) == (value is not None):
            return Answer(value, str(state))
    raise Refused("an answer has a value, or the state blank, missing, unreadable or illegible")


def work_of(given: object) -> Work:
    """Return the work in what a browser sent; Refused for anything else."""
    if not isinstance(given, Mapping):
        raise Refused("the call has no object; send version and answers")
    version, answers = given.get("version"), given.get("answers", {})
    seconds, keystrokes = given.get("seconds", 0), given.get("keystrokes", 0)
    if not isinstance(version, int) or not isinstance(answers, Mapping) or len(answers) > _MOST:
        raise Refused("version is no number, or answers is no object; correct the call")
    if not isinstance(seconds, int | float) or not isinstance(keystrokes, int):
        raise Refused("seconds or keystrokes is no number; correct the call")
    return Work(
        version,
        {str(name)[:64]: answer_of(one) for name, one in answers.items()},
        min(max(float(seconds), 0.0), 86400.0),
        min(max(keystrokes, 0), 1_000_000),
    )


def save(record: Record, user: User, work: Work) -> None:
    """Keep the answers so far; a later save replaces an earlier one."""
    Draft.objects.update_or_create(
        record=record,
        user=user,
        defaults={
            "version": work.version,
            "answers": _as_json(work),
            "seconds": work.seconds,
            "keystrokes": work.keystrokes,
            "saved_at": timezone.now(),
        },
    )


def load(record: Record, user: User) -> Work | None:
    """Return what a person has answered about a record and not handed in."""
    draft = Draft.objects.filter(record=record, user=user).first()
    if draft is None:
        return None
    answers = {name: answer_of(one) for name, one in draft.answers.items()}
    return Work(draft.version, answers, draft.seconds, draft.keystrokes)


def drop(record: Record) -> None:
    """Forget all drafts about a record, once it is decided."""
    Draft.objects.filter(record=record).delete()


def wanted(work: Work) -> list[Wanted]:
    """Return the answers as corrections; those that somebody else must give are left out."""
    return [
        Wanted(name, one.value, state="" if one.state == READ else one.state)
        for name, one in work.answers.items()
        if one.state != ILLEGIBLE
    ]


def differs(answer: Answer, value: FieldValue) -> bool:
    """Whether a field holds something else than was answered."""
    if answer.state == READ:
        return answer.value != value.value
    return value.value is not None or answer.state != value.state


def _as_json(work: Work) -> dict[str, dict[str, str | None]]:
    return {name: {"value": a.value, "state": a.state} for name, a in work.answers.items()}
