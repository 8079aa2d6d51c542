"""`intake demo`: an office, and a person in each role, for trying the service out."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from intake.registry import accounts
from intake.registry.models import FieldValue, Office, Record, RecordStatus, Role, User

PASSWORD = "kabarloo-2023"
_OFFICES = (
    ("kara-suu", "Кара-Суу районунун Билим берүү бөлүмү", "KG-O", "41706226000000"),
    ("sokuluk", "Сокулук районунун Билим берүү бөлүмү", "KG-C", "41708222000000"),
)


def run(arguments: argparse.Namespace) -> int:
    """Add what is not there yet; or show records as a table; or say how many there are."""
    if arguments.table:
        _show(arguments.table)
    elif arguments.count:
        _count()
    else:
        _add()
    return 0


def _add() -> None:
    for code, name, region, district in _OFFICES:
        if not Office.objects.filter(code=code).exists():
            accounts.add_office(code, name, region, district)
    clerks_office = accounts.office("kara-suu")
    _person("clerk", Role.CLERK, clerks_office)
    for name in ("reviewer", "reviewer2", "reviewer3"):  # four eyes, and a third person's two
        _person(name, Role.REVIEWER)
    _person("supervisor", Role.SUPERVISOR)
    if not User.objects.filter(username="admin").exists():
        accounts.create_admin("admin", PASSWORD)
    print(f"people: clerk, reviewer, reviewer2, reviewer3, supervisor, admin; password: {PASSWORD}")


def _person(name: str, role: str, office: Office | None = None) -> None:
    if not User.objects.filter(username=name).exists():
        regions = () if office else ("KG-O", "KG-C")
        accounts.add_person(name, PASSWORD, role, office=office, regions=regions)


def _show(records: Path) -> None:
    """Print one row a notice of what `intake extract` wrote."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in ("scan, page", "", "INN"):
        table.add_column(column, no_wrap=True)
    table.add_column("organisation", ratio=1)
    table.add_column("to check", justify="right", no_wrap=True)
    with records.open(encoding="utf8") as lines:
        for line in lines:
            table.add_row(*_row(json.loads(line)))
    Console().print(table, soft_wrap=False)


def _row(record: dict[str, Any]) -> list[Text]:
    fields, pages = record["fields"], record["pages"]
    span = "-".join(str(page) for page in sorted({pages[0], pages[-1]}))
    flagged = sum(bool(field["flags"]) for field in fields.values())
    return [
        Text(f"{Path(record['source']).name}, {span}"),
        Text(record["language"]),
        _worded(fields.get("organization_inn", {})),
        _worded(fields.get("organization_name", {})),
        Text(f"{flagged} of {len(fields)}"),
    ]


def _worded(field: dict[str, Any]) -> Text:
    """Return a value, with a question mark where a person is asked to look at it."""
    value = field.get("value") or f"({field.get('state', 'missing')})"
    return Text(f"{value} ?", style="yellow") if field.get("flags") else Text(value)


def _count() -> None:
    """Say how many records the registry holds, and how much of them waits for a person."""
    records, waiting = Record.objects.count(), Record.objects.filter(status=RecordStatus.REVIEW)
    fields = FieldValue.objects.filter(record__in=waiting)
    flagged = fields.exclude(flags=[]).count()
    print(
        f"{records} records in the registry, {waiting.count()} to be reviewed:"
        f" {flagged} of their {fields.count()} fields ask for a look"
    )
