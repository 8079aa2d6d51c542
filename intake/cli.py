"""The command line: parses, calls, prints. Nothing is decided here."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from intake.commands import add_service_commands
from intake.errors import IntakeError, TemplateError
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
    for add in (_add_extract, _add_template, _add_synth, _add_score, _add_bench, _add_calibrate):
        add(commands)
    add_service_commands(commands)
    return parser


_Commands = argparse._SubParsersAction


def _add_extract(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("extract", help="read scans, print one record a notice")
    parser.add_argument("paths", nargs="+", metavar="PATH", help="scans, or folders of scans")
    parser.add_argument("--jobs", type=_positive, default=1, metavar="N", help="read N at a time")
    parser.add_argument("--format", choices=("json", "csv", "table"), default="json")
    parser.add_argument("--report", type=Path, metavar="FILE", help="also write an HTML report")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep numbered intermediates")
    parser.add_argument(
        "--reader", choices=("both", "tesseract", "own", "pytesseract"), default="both"
    )
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
    from intake.forms import load_form, load_forms, remarks  # noqa: PLC0415

    folder: Path = arguments.folder
    try:
        forms = (load_form(folder),) if (folder / "form.toml").exists() else load_forms(folder)
    except TemplateError as error:
        print(error, file=sys.stderr)
        return PROBLEM
    for form in forms:
        titles = ", ".join(f"«{w.title}» ({w.language})" for w in form.wordings)
        print(f"{form.name} {form.version}: {len(form.fields)} fields, titled {titles}: fine")
        for remark in remarks(form):
            print(f"  {remark}")
    beside = folder.parent if (folder / "form.toml").exists() else folder
    if not (beside / "reference").is_dir():
        print(
            f"{beside}: no reference folder there; to read papers, copy {TEMPLATES / 'reference'}"
        )
    return FINE


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _add_synth(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("synth", help="draw filled notices and scans of them, with truth")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--count", type=_positive, default=20, metavar="N", help="files to draw")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument(
        "--stratum",
        action="append",
        default=[],
        metavar="NAME",
        help="office, hard, hand, born, unrelated, or axis=value; repeatable",
    )
    parser.add_argument("--fonts", type=Path, metavar="DIR", help="handwriting-like typefaces")
    parser.set_defaults(command=_synth)


def _synth(arguments: argparse.Namespace) -> int:
    from intake.synth.draw import draw_set  # noqa: PLC0415

    draw_set(arguments.folder, arguments.count, arguments.seed, arguments.stratum, arguments.fonts)
    print(f"drew {arguments.count} files into {arguments.folder}, with truth.jsonl")
    return FINE


def _add_score(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("score", help="compare records with truth")
    parser.add_argument("records", type=Path, metavar="RECORDS", help="what extract printed")
    parser.add_argument("truth", type=Path, metavar="TRUTH", help="truth.jsonl of a drawn set")
    parser.add_argument("--by", default="group", metavar="STRATUM", help="default: group")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    parser.add_argument("--errors", action="store_true", help="list every wrong field")
    parser.set_defaults(command=_score)


def _score(arguments: argparse.Namespace) -> int:
    from intake.score import print_score  # noqa: PLC0415

    print_score(
        arguments.records,
        arguments.truth,
        by=arguments.by,
        as_json=arguments.json,
        errors=arguments.errors,
    )
    return FINE


def _add_bench(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("bench", help="measure cost and accuracy against plain Tesseract")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a drawn set")
    parser.add_argument("--limit", type=_positive, default=30, metavar="N", help="files, at most")
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    parser.set_defaults(command=_bench)


def _bench(arguments: argparse.Namespace) -> int:
    from intake.bench import print_bench  # noqa: PLC0415

    print_bench(arguments.folder, arguments.limit, as_json=arguments.json)
    return FINE


def _add_calibrate(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("calibrate", help="fit the confidences to a drawn set")
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="drawn sets")
    parser.add_argument("--jobs", type=_positive, default=1, metavar="N")
    parser.add_argument(
        "--silent",
        type=float,
        default=0.001,
        metavar="SHARE",
        help="greatest share of silent errors a kind of field may have",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="default: the product's own file")
    parser.set_defaults(command=_calibrate)


def _calibrate(arguments: argparse.Namespace) -> int:
    from intake.calibrate import calibrate  # noqa: PLC0415
    from intake.fields.confidence import FITTED  # noqa: PLC0415

    path = arguments.out or FITTED
    count = calibrate(arguments.folders, path, silent=arguments.silent, jobs=arguments.jobs)
    print(f"fitted on {count} readings: {path}")
    return FINE
