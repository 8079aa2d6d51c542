"""The CPU time of a process and all of its children."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def tree_seconds(pid: int) -> float:
    """Return the CPU time of a process and of all that it started, living or waited for."""
    try:
        numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        tasks = Path(f"/proc/{pid}/task").glob("*/children")
        children = [child for task in tasks for child in task.read_text().split()]
    except (FileNotFoundError, ProcessLookupError):  # it ended just now: its parent counts it
        return 0.0
    own = sum(int(one) for one in numbers[11:15]) / _TICKS
    return own + sum(tree_seconds(int(child)) for child in children)
