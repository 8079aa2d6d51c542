"""The line, which notes how much CPU time it takes by itself: INTAKE_READER of a bench."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from django.conf import settings

from intake.domain.document import Document
from tests.bench.cpu import tree_seconds
from workers.pipeline_reader import PipelineReader
from workers.reading import Outcome


class TimedReader(PipelineReader):
    """The line, which notes how much CPU time it took by itself."""

    def open(self, path: Path, source: str) -> Document:
        """Note the CPU time before the file is touched."""
        self._before = tree_seconds(os.getpid())
        return super().open(path, source)

    def read_all(self, document: Document) -> Outcome:
        """Read, and add a line to the notes."""
        outcome = super().read_all(document)
        line: list[float] = [os.getpid(), time.monotonic(), document.page_count]
        line += [self._before, tree_seconds(os.getpid())]
        with (Path(settings.INTAKE_HOME) / "timed").open("a") as notes:
            notes.write(json.dumps(line) + "\n")
        return outcome
