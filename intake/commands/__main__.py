"""The service's commands by themselves: ``python -m intake.commands``."""

from __future__ import annotations

import argparse
import sys

from intake.commands import add_service_commands
from intake.errors import IntakeError


def main() -> int:
    """Run one command; 0 fine, 1 refused or failed, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="intake")
    add_service_commands(parser.add_subparsers(required=True, metavar="COMMAND"))
    arguments = parser.parse_args()
    try:
        return int(arguments.command(arguments))
    except IntakeError as error:
        sys.stderr.write(f"intake: {error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
