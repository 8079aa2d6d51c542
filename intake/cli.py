"""The command line: parses, calls, prints. Nothing is decided here."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from intake.commands import add_service_commands
from intake.errors import IntakeError, TemplateError, shown_name
from intake.options import TEMPLATES, Options

USAGE, PROBLEM, FINE = 2, 1, 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 fine, 1 something was refused or failed, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except IntakeError as error:
        print(f"intake: {error}", file=sys.stderr)
        return PROBLEM
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEM
    except KeyboardInterrupt:
        print("intake: stopped", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="intake", description=__doc__.split(":")[0])
    parser.description = "Reads scanned official notices into records that a person reviews."
    parser.add_argument("--version", action="version", version=f"intake {version('notice-intake')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (_add_extract, _add_template, _add_synth):
        add(commands)
    add_service_commands(commands)
    return parser


_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives this type no public name


def _add_extract(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("extract", help="read scans, print one record a notice")
    parser.add_argument("paths", nargs="+", metavar="PATH", help="scans, or folders of scans")
    parser.add_argument("--jobs", type=_positive, default=1, metavar="N", help="read N at a time")
    parser.add_argument("--format", choices=("json", "csv", "table"), default="json")
    parser.add_argument("--report", type=Path, metavar="FILE", help="also write an HTML report")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep numbered intermediates")
    parser.add_argument("--reader", choices=("auto", "tesserocr", "pytesseract"), default="auto")
    parser.add_argument("--templates", type=Path, default=TEMPLATES, metavar="DIR")
    parser.add_argument("--today", type=date.fromisoformat, default=None, help=argparse.SUPPRESS)
    parser.set_defaults(command=_extract)


def _extract(arguments: argparse.Namespace) -> int:
    from intake.extraction import extract_all  # noqa: PLC0415 - `--help` must not load OpenCV
    from intake.output import Output  # noqa: PLC0415

    options = Options(
        templates=arguments.templates,
        reader=arguments.reader,
        keep=arguments.keep,
        today=arguments.today,
        preview=arguments.report is not None,
    )
    paths = _scans(arguments.paths)
    failed = False
    with Output(arguments.format, arguments.report, len(paths)) as output:
        for outcome in extract_all(paths, options, jobs=arguments.jobs):
            output.add(outcome)
            failed |= outcome.problem is not None
    return PROBLEM if failed else FINE


def _scans(paths: Sequence[str]) -> list[str]:
    """Return the files named, folders replaced by the files in them, in order of name."""
    files: list[str] = []
    for path in paths:
        if Path(path).is_dir():
            inside = sorted(p for p in Path(path).rglob("*") if p.is_file() and p.name[0] != ".")
            files.extend(str(p) for p in inside)
        else:
            files.append(path)
    return files


def _add_template(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("template", help="work on the official forms")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    check = actions.add_parser("check", help="name file and line of any mistake in a form")
    check.add_argument("folder", nargs="?", type=Path, default=TEMPLATES, metavar="DIR")
    check.set_defaults(command=_check_templates)


def _check_templates(arguments: argparse.Namespace) -> int:
    from intake.forms import load_form, load_forms  # noqa: PLC0415

    folder: Path = arguments.folder
    try:
        forms = (load_form(folder),) if (folder / "form.toml").exists() else load_forms(folder)
    except TemplateError as error:
        print(error, file=sys.stderr)
        return PROBLEM
    for form in forms:
        languages = ", ".join(wording.language for wording in form.wordings)
        print(
            f"{form.name} {form.version}: {len(form.fields)} fields, wording in {languages}: fine"
        )
    return FINE


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _add_synth(commands: _Commands[argparse.ArgumentParser]) -> None:
    pass
