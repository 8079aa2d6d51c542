"""Commands about offices, people and keys."""

from __future__ import annotations

import argparse
import getpass
from pathlib import Path

from intake.errors import Refused
from intake.registry import accounts


def create_admin(arguments: argparse.Namespace) -> int:
    """Add an administrator."""
    accounts.create_admin(arguments.username, _password(arguments.password_file))
    print(f"administrator {arguments.username} added")
    return 0


def add_person(arguments: argparse.Namespace) -> int:
    """Add a clerk, a reviewer or a supervisor."""
    office = accounts.office(arguments.office) if arguments.office else None
    accounts.add_person(
        arguments.username,
        _password(arguments.password_file),
        arguments.role,
        office=office,
        regions=tuple(arguments.region),
    )
    print(f"{arguments.role} {arguments.username} added")
    return 0


def add_office(arguments: argparse.Namespace) -> int:
    """Add an office."""
    office = accounts.add_office(
        arguments.code, arguments.name, arguments.region, arguments.district
    )
    print(f"office {office} added")
    return 0


def rename_office(arguments: argparse.Namespace) -> int:
    """Give an office another name."""
    office = accounts.rename_office(arguments.code, arguments.name)
    print(f"office {office.code} is now {office.name}")
    return 0


def add_token(arguments: argparse.Namespace) -> int:
    """Add a key and print it; it is shown this once."""
    office = accounts.office(arguments.office) if arguments.office else None
    if arguments.days < 1:
        raise Refused("a key lives a day at least; give --days 365")
    _, key = accounts.issue_token(
        arguments.name, office=office, days=arguments.days, role=arguments.role
    )
    print(key)
    return 0


def revoke_token(arguments: argparse.Namespace) -> int:
    """End a key."""
    if not accounts.revoke_token(arguments.prefix):
        raise Refused("there is no live key that begins so; check its first ten letters")
    print("key ended")
    return 0


def _password(file: Path | None) -> str:
    if file is None:
        return getpass.getpass("password: ")
    try:
        return file.read_text("utf8").strip()
    except OSError as error:
        raise Refused(f"{file} cannot be read ({error.strerror}); name another file") from error
