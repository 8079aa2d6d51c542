"""Who saw which record, and on which screen."""

from __future__ import annotations

from collections.abc import Iterable

from intake.registry.access import Actor
from intake.registry.models import Audit, Record, View


def note(record: Record, actor: Actor, screen: str) -> None:
    """Keep that the actor saw a record, or its scan, on a screen."""
    _view(record, actor, screen).save(force_insert=True)


def note_all(records: Iterable[Record], actor: Actor, screen: str) -> None:
    """Keep that the actor saw these records on one screen."""
    View.objects.bulk_create([_view(record, actor, screen) for record in records])


def note_list(records: Iterable[Record], actor: Actor, screen: str, asked: str = "") -> None:
    """Keep that the actor saw names and numbers of these records in a list: one row for all."""
    keys = [record.pk for record in records]
    about = {"screen": screen, "by": actor.name, "asked": asked[:400], "records": keys}
    Audit.objects.create(what="list", about=about, user=actor.user)


def note_export(actor: Actor, form: str) -> None:
    """Keep that the actor took all approved records that it may see out of the registry."""
    Audit.objects.create(what="export", about={"form": form, "by": actor.name}, user=actor.user)


def _view(record: Record, actor: Actor, screen: str) -> View:
    return View(
        record=record,
        user=actor.user,
        token_name=actor.token.name if actor.token else "",
        screen=screen[:20],
    )
