"""The service's commands: `intake createadmin`, `office add`, `token add`, `batch` and so on.

``add_service_commands`` only describes them; Django is loaded by the one that runs.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

_Commands = argparse._SubParsersAction  # argparse gives this type no public name
_Parser = argparse.ArgumentParser


def add_service_commands(commands: _Commands[_Parser]) -> None:
    """Describe the service's commands to the command line."""
    _add_accounts(commands)
    _add_webhook(commands)
    _add_batch(commands)
    _add_operating(commands)
    _add_learn(commands)


def _run(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """Return a command that loads Django and then its own module."""

    def command(arguments: argparse.Namespace) -> int:
        import django  # noqa: PLC0415 (only the service's commands need it)

        from intake.settings import announce  # noqa: PLC0415 (refuses nonsense as it is loaded)

        announce()
        django.setup()
        chosen: Callable[[argparse.Namespace], int] = getattr(
            import_module(f"intake.commands.{module}"), name
        )
        return chosen(arguments)

    return command


def _add_accounts(commands: _Commands[_Parser]) -> None:
    admin = commands.add_parser("createadmin", help="add an administrator")
    admin.add_argument("username")
    admin.add_argument("--password-file", type=Path, help="read the password here, not by asking")
    admin.set_defaults(command=_run("accounts", "create_admin"))

    person = commands.add_parser("person", help="add people").add_subparsers(required=True)
    add = person.add_parser("add", help="add a clerk, reviewer or supervisor")
    add.add_argument("username")
    add.add_argument("role", choices=("clerk", "reviewer", "supervisor"))
    add.add_argument("--office", default="", metavar="CODE", help="a clerk's office")
    add.add_argument("--region", action="append", default=[], metavar="KG-X")
    add.add_argument("--password-file", type=Path)
    add.set_defaults(command=_run("accounts", "add_person"))

    office = commands.add_parser("office", help="add and rename offices").add_subparsers(
        required=True, metavar="ACTION"
    )
    rename = office.add_parser("rename", help="give an office another name; its code stays")
    rename.add_argument("code")
    rename.add_argument("name")
    rename.set_defaults(command=_run("accounts", "rename_office"))
    add = office.add_parser("add", help="add an office")
    add.add_argument("code", help="small letters, digits, hyphens; begins its receipts")
    add.add_argument("name")
    add.add_argument("--region", required=True, metavar="KG-X", help="ISO 3166-2 code")
    add.add_argument("--district", default="", metavar="SOATE", help="14 digits")
    add.set_defaults(command=_run("accounts", "add_office"))

    token = commands.add_parser("token", help="keys of programs").add_subparsers(required=True)
    add = token.add_parser("add", help="add a key and print it, this once")
    add.add_argument("name")
    add.add_argument("--office", default="", metavar="CODE", help="without it: sees all offices")
    add.add_argument("--role", default="clerk", choices=("clerk", "reviewer", "supervisor"))
    add.add_argument("--days", type=int, default=365)
    add.set_defaults(command=_run("accounts", "add_token"))
    revoke = token.add_parser("revoke", help="end a key")
    revoke.add_argument("prefix", help="its first ten letters, or all of it")
    revoke.set_defaults(command=_run("accounts", "revoke_token"))


def _add_webhook(commands: _Commands[_Parser]) -> None:
    webhook = commands.add_parser("webhook", help="addresses told of events")
    actions = webhook.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="add one, print its secret")
    add.add_argument("url")
    add.add_argument("--office", default="", metavar="CODE")
    add.set_defaults(command=_run("outgoing", "add"))
    actions.add_parser("list", help="all, and what failed").set_defaults(
        command=_run("outgoing", "show")
    )
    for name, words in (
        ("again", "send what it did not take once more"),
        ("off", "tell it no more"),
        ("on", "tell it again"),
    ):
        one = actions.add_parser(name, help=words)
        one.add_argument("number", type=int, help="as `intake webhook list` shows it")
        one.set_defaults(command=_run("outgoing", name))


def _add_batch(commands: _Commands[_Parser]) -> None:
    batch = commands.add_parser("batch", help="take in a folder of scans")
    batch.add_argument("folder", type=Path)
    batch.add_argument("--office", required=True, metavar="CODE")
    batch.add_argument("--no-wait", action="store_true", help="submit, and leave at once")
    batch.add_argument("--leave", action="store_true", help="leave the files where they are")
    batch.set_defaults(command=_run("batch", "run"))


def _add_operating(commands: _Commands[_Parser]) -> None:
    commands.add_parser("migrate", help="bring the database up to date").set_defaults(
        command=_run("operating", "migrate")
    )
    demo = commands.add_parser("demo", help="add an office and people to try things out")
    demo.add_argument("--table", type=Path, metavar="JSONL", help="show records, one row a notice")
    demo.add_argument("--count", action="store_true", help="say how many records there are")
    demo.set_defaults(command=_run("demo", "run"))
    commands.add_parser("doctor", help="check this installation").set_defaults(
        command=_run("operating", "doctor")
    )
    commands.add_parser("report", help="write the morning's report").set_defaults(
        command=_run("operating", "report")
    )
    purge = commands.add_parser("purge", help="end the keeping of old scans; a dry run at first")
    purge.add_argument("--older-than", required=True, type=int, metavar="DAYS")
    purge.add_argument("--yes", action="store_true", help="do it, not only say what would go")
    purge.set_defaults(command=_run("operating", "purge"))


def _add_learn(commands: _Commands[_Parser]) -> None:
    learn = commands.add_parser("learn", help="what people's corrections teach")
    actions = learn.add_subparsers(required=True, metavar="ACTION")
    shown = actions.add_parser("show", help="confusions and proposals, with what each changes")
    adopted = actions.add_parser("apply", help="adopt one proposal, after a yes")
    adopted.add_argument("proposal", help="its name, as `intake learn show` prints it")
    adopted.add_argument("--yes", action="store_true", help="do not ask")
    for parser, name in ((shown, "show"), (adopted, "apply")):
        parser.add_argument("--drawn", type=Path, metavar="DIR", help="a drawn set to try it on")
        parser.add_argument("--no-drawn", action="store_true", help="try it on no drawn notices")
        parser.set_defaults(command=_run("learn", name))
    undone = actions.add_parser("undo", help="take a lesson back")
    undone.add_argument("lesson", type=int)
    undone.set_defaults(command=_run("learn", "undo"))
    for parser in (adopted, undone):
        parser.add_argument("--by", default="", metavar="NAME", help="who decides; default: you")
    actions.add_parser("list", help="all lessons").set_defaults(
        command=_run("learn", "show_lessons")
    )
    export = actions.add_parser("export", help="line crops with their text, to train a reader")
    export.add_argument("folder", type=Path)
    export.set_defaults(command=_run("learn", "export"))
    for parser in (shown, adopted, export):
        parser.add_argument("--days", type=int, default=30, help="how far back; default 30")
