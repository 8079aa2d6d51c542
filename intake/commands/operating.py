"""Commands of whoever keeps the service running."""

from __future__ import annotations

import argparse

from django.core.management import call_command

from intake.engines.readers.models import model_folder
from intake.engines.readers.own import OwnReader, is_installed
from intake.errors import Failed, Refused
from intake.registry import doctor as examining
from intake.registry import purge as purging
from intake.registry import report as reporting


def migrate(_arguments: argparse.Namespace) -> int:
    """Bring the database up to date."""
    call_command("migrate", interactive=False, verbosity=1)
    return 0


def doctor(_arguments: argparse.Namespace) -> int:
    """Print a line for everything looked at; 1 where something needs a remedy."""
    ill = 0
    for finding in (*examining.examine(_languages), _own_reader()):
        sign = "!!" if finding.remedy else "ok"
        ill += bool(finding.remedy)
        remedy = f"; {finding.remedy}" if finding.remedy else ""
        print(f"{sign} {finding.what}: {finding.found}{remedy}")
    return 1 if ill else 0


def report(_arguments: argparse.Namespace) -> int:
    """Write the morning's report and print where it is."""
    print(reporting.write_files())
    return 0


def purge(arguments: argparse.Namespace) -> int:
    """Say what is older, and take it away with --yes."""
    if arguments.older_than < 1:
        raise Refused("--older-than is less than a day; give a number of days")
    if not arguments.yes:
        would = purging.count(arguments.older_than)
        print(
            f"would take away {would.originals} originals ({would.bytes >> 20} MB) and the values"
            f" of {would.records} records; do it with --yes"
        )
        return 0
    gone = purging.purge(arguments.older_than)
    print(f"took away {gone.originals} originals and the values of {gone.records} records")
    return 0


def _own_reader() -> examining.Finding:
    """Tell of our own reader, which is no must: without it Tesseract reads alone."""
    if not is_installed():
        found = "not installed, Tesseract reads alone (pip install onnxruntime)"
        return examining.Finding("own reader", found)
    try:
        return examining.Finding("own reader", OwnReader().name)
    except Failed as error:
        return examining.Finding("own reader", str(error), "install the product again")


def _languages() -> list[str]:
    """Return the models by name, whether they lie in a folder ``script`` or beside the others."""
    return [path.stem for path in model_folder().rglob("*.traineddata")]
