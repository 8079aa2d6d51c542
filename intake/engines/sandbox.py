"""Runs a decoder in a child process of its own, with bounds on memory, time and files.

Whatever a hostile file does to an image library or to poppler, it does there:
the parent only ever sees messages, each checked, or one clear error.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from intake.engines import wire
from intake.engines.nursery import RESCAN, TOO_LONG, failure
from intake.errors import Failed, IntakeError, Refused
from intake.options import Limits

_BOOT = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from intake.engines.nursery import main; main()"
)
# Nothing of our own environment (keys, passwords) reaches the decoders.
_ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin",
    "LC_ALL": "C.UTF-8",
    "HOME": "/nonexistent",
    "MALLOC_ARENA_MAX": "1",
    "OMP_THREAD_LIMIT": "1",
}
_LARGEST_PAGE = 3 * 40_000_000
_GRACE_SECONDS = 2.0
_MOST_PATIENCE = 10.0

_LIMIT_SIGNALS = (-24, -25)  # SIGXCPU, SIGXFSZ


class Child:
    """One task on one file in a child of its own; leaving the ``with`` block ends the child."""

    def __init__(self, task: str, request: Mapping[str, Any], limits: Limits) -> None:
        bounds = {"address_space": limits.address_space, "seconds": limits.seconds}
        self._data, data = os.pipe()
        self._status, status = os.pipe()
        try:
            _ask({**request, **bounds, "task": task}, (data, status))
        except OSError as error:
            self.close()
            raise Failed("no process can be started to read it; try again later") from error
        finally:
            os.close(data)
            os.close(status)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def hear(self, seconds: float) -> wire.Message | None:
        """Return the next message, or None at the task's end.

        Waits for ``seconds``, longer on a busy machine (see ``patience``). Raises
        Refused or Failed: what the child told, a limit, or its crash.
        """
        try:
            message = wire.receive(self._data, seconds * patience(), _LARGEST_PAGE)
        except wire.Silence:
            raise Refused(TOO_LONG) from None
        except wire.HungUp:
            raise self._death() from None
        if message is None:
            raise self._death()
        if "error" in message.header:
            raise failure(message.header["error"], message.header.get("message"))
        return None if "end" in message.header else message

    def close(self) -> None:
        """End the child, whatever it is doing."""
        for descriptor in (self._data, self._status):
            os.close(descriptor)

    def _death(self) -> IntakeError:
        try:
            told = wire.receive(self._status, _GRACE_SECONDS, 0)
        except (wire.Silence, wire.HungUp):
            told = None
        code = told.header.get("exit") if told else None
        if code in _LIMIT_SIGNALS:
            return Refused(TOO_LONG)
        return Failed(f"the reader crashed on it or ran out of memory (status {code}); {RESCAN}")


def patience() -> float:
    """Return how many times as long as alone a process takes on this machine now, 1 to 10.

    A clock says nothing of a child that waits for its turn; the limit on the CPU
    time that it may use ends one that really works too long.
    """
    waiting = os.getloadavg()[0] / (os.cpu_count() or 1)
    return min(max(waiting, 1.0), _MOST_PATIENCE)


class _Running:
    """The nursery of this process, started when first needed."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew in a fork of ours: its parent's nursery is not its own."""
        self.lock = threading.Lock()
        self.control: socket.socket | None = None
        self.process: subprocess.Popen[bytes] | None = None


_running = _Running()


def stop() -> None:
    """End the nursery and wait for it, so that its CPU time counts as our children's."""
    with _running.lock:
        control, process = _running.control, _running.process
        _running.control = _running.process = None
    if control is not None:
        control.close()
    if process is not None:
        process.wait()


def nursery_pid() -> int | None:
    """Return the process that the children are forked from, None when there is none."""
    process = _running.process
    return process.pid if process is not None and process.poll() is None else None


def _ask(request: Mapping[str, Any], descriptors: tuple[int, int]) -> None:
    text = json.dumps(request).encode("ascii")
    with _running.lock:
        if _running.process is None or _running.process.poll() is not None:
            _start()
        assert _running.control is not None
        socket.send_fds(_running.control, [text], descriptors)


def _start() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if _running.control is not None:
        _running.control.close()
    root = str(Path(__file__).resolve().parents[2])
    path = [place for place in sys.path if place] + [root]
    with theirs:
        _running.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _BOOT, json.dumps(path)],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
    _running.control = ours


def _after_fork() -> None:
    if _running.control is not None:
        _running.control.close()
    _running.forget()


atexit.register(stop)
os.register_at_fork(after_in_child=_after_fork)
