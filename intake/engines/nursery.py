"""The process that decoders are forked from: small, warm, one thread, knowing no secret.

A fresh Python with its picture libraries takes 0.05-0.1 s of CPU to start, a
fork of a warm one a few milliseconds; so one nursery is started for each
process of ours (``sandbox``), and every file gets its own fork of it. The
nursery itself never opens a file. It ends, and ends its forks, when the
process that started it closes the control socket, that is also when that
process is killed.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import select
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from intake.engines import wire
from intake.errors import Failed, IntakeError, Refused

Send = Callable[..., None]
Task = Callable[[dict[str, Any], Send], None]

# By name, so that a library is loaded only when the first file needs it.
TASKS = {
    "survey pdf": ("intake.engines.pdf", "survey"),
    "pdf pages": ("intake.engines.pdf", "send_pages"),
    "picture frames": ("intake.engines.pictures", "send_frames"),
}

_LARGEST_FILE = 32 * 1024 * 1024  # poppler may refresh a font cache; nothing else is written
_DATA = 3

RESCAN = "print it to a new PDF or scan it again"
TOO_MUCH_MEMORY = f"reading it takes too much memory; {RESCAN}"
TOO_LONG = f"reading it takes too long; {RESCAN}"


@dataclass(frozen=True, slots=True)
class _Job:
    pid: int
    pidfd: int
    status: int


class Nursery:
    """Forks a child for each request on the control socket and tells how each ended."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._jobs: dict[int, _Job] = {}
        self._poller = select.poll()
        self._poller.register(control, select.POLLIN)

    def run(self) -> None:
        """Serve until the other side of the control socket is closed."""
        serving = True
        while serving:
            # one event at a time: attending to it may free descriptors for others to reuse
            serving = self._attend(self._poller.poll()[0][0])
        for job in self._jobs.values():
            _kill(job.pid)
            os.waitpid(job.pid, 0)

    def _attend(self, descriptor: int) -> bool:
        if descriptor == self._control.fileno():
            return self._take_request()
        job = self._jobs.get(descriptor)
        if job is not None and descriptor == job.status:
            _kill(job.pid)  # nobody waits for this file any more
            self._poller.unregister(job.status)
            del self._jobs[job.status]
        elif job is not None:
            self._bury(job)
        return True

    def _take_request(self) -> bool:
        text, descriptors, _, _ = socket.recv_fds(self._control, 1 << 20, 2)
        if not text:
            return False
        request = json.loads(text)
        data, status = descriptors
        task = _task(request["task"])
        pid = os.fork()
        if pid == 0:
            _work(task, request, data)
        os.close(data)
        job = _Job(pid, os.pidfd_open(pid), status)
        self._jobs |= {job.pidfd: job, status: job}
        self._poller.register(job.pidfd, select.POLLIN)
        self._poller.register(status, 0)  # only an error: its reader is gone
        return True

    def _bury(self, job: _Job) -> None:
        _kill(job.pid)  # a poppler that it may have left behind
        _, ended, used = os.wait4(job.pid, 0)
        report = {
            "exit": os.waitstatus_to_exitcode(ended),
            "cpu_seconds": used.ru_utime + used.ru_stime,
            "peak_kilobytes": used.ru_maxrss,
        }
        if job.status in self._jobs:
            del self._jobs[job.status]
            self._poller.unregister(job.status)
            with contextlib.suppress(BrokenPipeError):
                wire.send(job.status, report)
        del self._jobs[job.pidfd]
        self._poller.unregister(job.pidfd)
        os.close(job.pidfd)
        os.close(job.status)


def _task(name: str) -> Task:
    module, function = TASKS[name]
    task: Task = getattr(importlib.import_module(module), function)
    return task


def _kill(pid: int) -> None:
    for kill in (os.killpg, os.kill):  # it may not have made its group yet
        try:
            kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _work(task: Task, request: dict[str, Any], data: int) -> NoReturn:
    """Do the task in this fork and end, whatever happens."""
    code = 1
    try:
        _confine(request, data)
        _attempt(task, request)
        code = 0
    finally:
        os._exit(code)


def _attempt(task: Task, request: dict[str, Any]) -> None:
    """Do the task; whatever goes wrong is told in one message."""
    told: wire.Header | None = None
    try:
        task(request, _send)
        told = {"end": True}
    except IntakeError as error:
        told = {"error": _family(error), "message": str(error)}
    except MemoryError:
        told = {"error": "refused", "message": TOO_MUCH_MEMORY}
    finally:
        surprise = sys.exc_info()[0]
        name = surprise.__name__ if surprise else ""
        _send(told or {"error": "failed", "message": f"the reader broke on it ({name}); {RESCAN}"})


def _family(error: IntakeError) -> str:
    return "refused" if isinstance(error, Refused) else "failed"


def failure(family: object, message: object) -> IntakeError:
    """Return the error that a child told of, from the two words it sent."""
    text = " ".join(str(message).split())[:300]
    return Refused(text) if family == "refused" else Failed(text)


def _send(header: wire.Header, body: Any = ()) -> None:
    wire.send(_DATA, header, body)


def _confine(request: dict[str, Any], data: int) -> None:
    os.setpgid(0, 0)
    nowhere = os.open(os.devnull, os.O_RDWR)
    kept = os.dup(data)  # the request's descriptor may itself be number 3
    os.dup2(nowhere, 0)
    os.dup2(kept, _DATA)
    os.closerange(_DATA + 1, 1024)
    space = int(request["address_space"])
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    allow_cpu(float(request["seconds"]))


def allow_cpu(seconds: float) -> None:
    """Let this process, and each that it starts, use about ``seconds`` of CPU from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def main() -> None:
    """Serve the socket that is standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Nursery(socket.socket(fileno=0)).run()
