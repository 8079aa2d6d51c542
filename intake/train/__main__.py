"""``python -m intake.train``: train, export and measure the line recogniser."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

STATE = "state.pt"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    options = _parser().parse_args(arguments)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m intake.train", description=__doc__)
    commands = parser.add_subparsers(required=True)
    learn = commands.add_parser("learn", help="train, or go on training")
    learn.set_defaults(run=_learn)
    learn.add_argument("folder", type=Path, help="where the state is kept")
    learn.add_argument("--fonts", type=Path, action="append", default=[], metavar="DIR")
    learn.add_argument("--words", type=Path, metavar="DIR", required=True)
    learn.add_argument("--lines", type=int, default=1_000_000, help="lines to see in all")
    learn.add_argument("--ramp", type=int, default=100_000, help="lines until the hardest")
    learn.add_argument("--rate", type=float, default=2e-3)
    learn.add_argument("--seed", type=int, default=1)
    learn.add_argument("--threads", type=int, default=1)
    learn.add_argument("--device", default="cpu")
    return parser


def _learn(options: argparse.Namespace) -> int:
    import torch  # noqa: PLC0415

    from intake.train.batches import Course, drawn_batches  # noqa: PLC0415
    from intake.train.learn import Training, train  # noqa: PLC0415

    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    lists = {"ky": options.words / "kir.words", "ru": options.words / "rus.words"}
    course = Course(options.seed, tuple(options.fonts), lists, options.ramp)
    training = Training(options.rate, options.seed, options.device)
    options.folder.mkdir(parents=True, exist_ok=True)
    state = options.folder / STATE
    first = 0
    if state.exists():
        training.load(state)
        first = training.progress.pool + 1
    with drawn_batches(course, first) as batches:
        train(training, batches, options.lines, state, _tell)
    return 0


def _tell(line: str) -> None:
    print(f"{datetime.now():%H:%M:%S} {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
