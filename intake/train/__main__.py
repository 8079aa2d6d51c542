"""``python -m intake.train``: train, export and measure the line recogniser (docs/reader.md).

``pens`` trains the network that finds signatures.
"""

from __future__ import annotations

import argparse
import math
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import takewhile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from intake.engines.ink.pen import MODEL as PEN_MODEL
from intake.engines.readers.own.model import MODEL
from intake.errors import IntakeError

if TYPE_CHECKING:
    from intake.train.batches import Batch

STATE = "state.pt"
PENS = "pens.pt"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except IntakeError as error:
        print(f"{type(error).__name__.lower()}: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m intake.train", description=__doc__)
    commands = parser.add_subparsers(required=True)
    words = commands.add_parser("words", help="write the word lists of Tesseract's models")
    words.add_argument("words", type=Path, metavar="DIR")
    words.set_defaults(run=_words)
    _add_learn(commands.add_parser("learn", help="train, or go on training"))
    write = commands.add_parser("export", help="write the state's weights as an ONNX file")
    write.add_argument("folder", type=Path, help="where the state is kept")
    write.add_argument("--to", type=Path, default=MODEL)
    write.set_defaults(run=_export)
    mean = commands.add_parser("average", help="write the mean of two ONNX files' weights")
    mean.add_argument("newer", type=Path)
    mean.add_argument("older", type=Path)
    mean.add_argument("--share", type=float, default=0.6, help="of the newer one")
    mean.add_argument("--to", type=Path, default=MODEL)
    mean.set_defaults(run=_average)
    _add_measure(commands.add_parser("measure", help="measure side by side with Tesseract"))
    _add_pens(commands.add_parser("pens", help="train and export what finds signatures"))
    return parser


def _add_learn(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_learn)
    parser.add_argument("folder", type=Path, help="where the state is kept")
    _add_sources(parser)
    parser.add_argument("--lines", type=int, default=2_000_000, help="lines to see in all")
    parser.add_argument("--minutes", type=float, default=math.inf, help="from now on, at most")
    parser.add_argument("--cool-down", type=float, default=0.4, help="share of falling rate")
    parser.add_argument("--ramp", type=int, default=80_000, help="lines until the hardest")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--draw", type=int, default=1, help="processes that draw lines")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--weights", type=Path, help="an ONNX file to start from")


def _add_measure(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_measure)
    _add_sources(parser)
    parser.add_argument("--weights", type=Path, default=MODEL)
    parser.add_argument("--count", type=int, default=200, help="lines a stratum")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="wrong lines to print a stratum")
    parser.add_argument("--alone", action="store_true", help="without Tesseract")


def _add_pens(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_pens)
    parser.add_argument("folder", type=Path, help="where the weights are kept on the way")
    _add_sources(parser)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--to", type=Path, default=PEN_MODEL)


def _add_sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--words", type=Path, metavar="DIR", required=True)
    parser.add_argument("--fonts", type=Path, action="append", default=[], metavar="DIR")


def _words(options: argparse.Namespace) -> None:
    from intake.train.words import write_word_lists  # noqa: PLC0415

    for language, path in write_word_lists(options.words).items():
        print(f"{language}: {path}")


def _learn(options: argparse.Namespace) -> None:
    # torch is an extra: imported by whoever trains
    import torch  # noqa: PLC0415

    from intake.train.batches import Course, drawn_batches  # noqa: PLC0415
    from intake.train.export import lines_seen, restore  # noqa: PLC0415
    from intake.train.learn import Plan, Training, train  # noqa: PLC0415
    from intake.train.words import word_lists  # noqa: PLC0415

    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    lists = word_lists(options.words)
    course = Course(options.seed, tuple(options.fonts), lists, options.ramp)
    training = Training(options.rate, options.seed, options.device)
    options.folder.mkdir(parents=True, exist_ok=True)
    state = options.folder / STATE
    first = 0
    if state.exists():
        training.load(state)
        first = training.progress.pool + 1
    elif options.weights:
        restore(training.network, options.weights)
        restore(training.average.module, options.weights)
        training.progress.before = lines_seen(options.weights)
    plan = Plan(options.lines, 60 * options.minutes, options.cool_down)
    with drawn_batches(course, first, options.draw) as batches:
        train(training, _until_interrupted(batches), plan, state, _tell)


def _export(options: argparse.Namespace) -> None:
    from intake.train.export import export  # noqa: PLC0415
    from intake.train.learn import Training  # noqa: PLC0415

    training = Training(rate=0.0, seed=0, device="cpu")
    training.load(options.folder / STATE)
    lines = training.progress.before + training.progress.lines
    export(training.average.module, f"{date.today():%Y-%m-%d}, {lines} lines", options.to)
    print(f"{options.to}: {options.to.stat().st_size / 1e6:.1f} MB, {lines} lines")


def _average(options: argparse.Namespace) -> None:
    from intake.train.export import average  # noqa: PLC0415

    average(options.newer, options.older, options.share, options.to)


def _measure(options: argparse.Namespace) -> None:
    from intake.engines.readers.own.model import Model  # noqa: PLC0415
    from intake.engines.readers.own.reader import OwnReader  # noqa: PLC0415
    from intake.train.faces import find_faces  # noqa: PLC0415
    from intake.train.measure import STRATA, measure, readers_of, test_lines  # noqa: PLC0415
    from intake.train.texts import Texts  # noqa: PLC0415
    from intake.train.words import word_lists  # noqa: PLC0415

    faces = [face for face in find_faces(options.fonts) if face.is_tested]
    texts = Texts(word_lists(options.words))
    readers = readers_of(OwnReader(Model(options.weights)), alone=options.alone)
    for stratum in STRATA:
        lines = list(test_lines(faces, texts, stratum, options.count, options.seed))
        for name, tally in measure(lines, readers).items():
            print(f"{stratum.name:17} {name:19} {tally}", flush=True)
            for face, text, read in tally.wrong[: options.show]:
                print(f"    {face}: {text!r} read {read!r}")


def _pens(options: argparse.Namespace) -> None:
    import torch  # noqa: PLC0415

    from intake.train.batches import training_faces  # noqa: PLC0415
    from intake.train.pens.export import export  # noqa: PLC0415
    from intake.train.pens.learn import PenTraining, train  # noqa: PLC0415
    from intake.train.pens.scenes import Scenes  # noqa: PLC0415
    from intake.train.texts import Texts  # noqa: PLC0415
    from intake.train.words import word_lists  # noqa: PLC0415

    torch.set_num_threads(options.threads)
    scenes = Scenes(training_faces(options.fonts), Texts(word_lists(options.words)))
    training = PenTraining(options.steps, options.seed)
    options.folder.mkdir(parents=True, exist_ok=True)
    train(training, scenes.samples(Random(options.seed)), options.folder / PENS, _tell)
    export(training.network, f"{date.today():%Y-%m-%d}, {options.steps} steps", options.to)
    print(f"{options.to}: {options.to.stat().st_size / 1e3:.0f} kB, {options.steps} steps")


def _until_interrupted(batches: Iterable[Batch]) -> Iterator[Batch]:
    """Yield batches until a signal comes: the step under way is done, the state is saved."""
    came: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda got, _frame: came.append(got))
    return takewhile(lambda _: not came, batches)


def _tell(line: str) -> None:
    print(f"{datetime.now():%H:%M:%S} {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
