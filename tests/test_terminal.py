"""What a person at a terminal gets, where programs write to pipes in the other tests."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys

from tests.workers.service import ROOT


def test_records_go_to_the_file_though_a_bar_is_drawn_on_the_terminal() -> None:
    """`intake extract … > records.jsonl`, typed at a terminal."""
    terminal, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "intake", "extract", "samples/scans/official-ru.pdf"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, check=True, timeout=120,
    )  # fmt: skip
    os.close(theirs)
    assert json.loads(done.stdout)["template"] == "resource-centre-notice"
    assert b"template" not in os.read(terminal, 1 << 16)
    os.close(terminal)
