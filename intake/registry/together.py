"""Does at once what many threads want at the same time: one commit for all who wait."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")


@dataclass(slots=True)
class _Wish(Generic[In, Out]):
    item: In
    was_tried: bool = False
    outcome: list[Out] = field(default_factory=list)


class Together(Generic[In, Out]):
    """Gathers what threads want while another one works, and does it in one go.

    Whoever has its turn works for all who wait. Under load a database then
    commits once for many; a thread that comes alone waits for nobody. Where the
    work raises ``error`` for many at once, each does its own by itself.
    """

    def __init__(
        self, work: Callable[[Sequence[In]], Sequence[Out]], error: type[Exception]
    ) -> None:
        self._work, self._error = work, error
        self._waiting: deque[_Wish[In, Out]] = deque()
        self._turn = threading.Lock()

    def do(self, item: In) -> Out:
        """Return the outcome for this item; raises what the work raises for it."""
        mine: _Wish[In, Out] = _Wish(item)
        self._waiting.append(mine)
        with self._turn:
            if not mine.was_tried:
                self._do_all_waiting()
            if not mine.outcome:
                self._do([mine])
        return mine.outcome[0]

    def _do_all_waiting(self) -> None:
        # Nobody else takes from the queue: only one has its turn.
        wishes = [self._waiting.popleft() for _ in range(len(self._waiting))]
        for wish in wishes:
            wish.was_tried = True
        if len(wishes) > 1:
            with contextlib.suppress(self._error):
                self._do(wishes)

    def _do(self, wishes: list[_Wish[In, Out]]) -> None:
        outcomes = self._work([wish.item for wish in wishes])
        for wish, outcome in zip(wishes, outcomes, strict=True):
            wish.outcome.append(outcome)
