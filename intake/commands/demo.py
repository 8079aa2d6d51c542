"""`intake demo`: an office, and a person in each role, for trying the service out."""

from __future__ import annotations

import argparse

from intake.registry import accounts
from intake.registry.models import Office, Role, User

PASSWORD = "kabarloo-2023"
_OFFICES = (
    ("kara-suu", "Кара-Суу районунун Билим берүү бөлүмү", "KG-O", "41706226000000"),
    ("sokuluk", "Сокулук районунун Билим берүү бөлүмү", "KG-C", "41708222000000"),
)


def run(_arguments: argparse.Namespace) -> int:
    """Add what is not there yet."""
    for code, name, region, district in _OFFICES:
        if not Office.objects.filter(code=code).exists():
            accounts.add_office(code, name, region, district)
    clerks_office = accounts.office("kara-suu")
    _person("clerk", Role.CLERK, clerks_office)
    _person("reviewer", Role.REVIEWER)
    _person("supervisor", Role.SUPERVISOR)
    if not User.objects.filter(username="admin").exists():
        accounts.create_admin("admin", PASSWORD)
    print(f"people: clerk, reviewer, supervisor, admin; password: {PASSWORD}")
    return 0


def _person(name: str, role: str, office: Office | None = None) -> None:
    if not User.objects.filter(username=name).exists():
        regions = () if office else ("KG-O", "KG-C")
        accounts.add_person(name, PASSWORD, role, office=office, regions=regions)
