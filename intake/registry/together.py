"""Does at once what many threads want at the same time: one commit for all who wait."""

from __future__ import annotations

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
    work raises, each of the others does its own by itself, and gets its own error.
    """

    def __init__(self, work: Callable[[Sequence[In]], Sequence[Out]]) -> None:
        self._work = work
        self._waiting: deque[_Wish[In, Out]] = deque()
        self._turn = threading.Lock()

    def do(self, item: In) -> Out:
        """Return the outcome for this item; raises what the work raises."""
        mine: _Wish[In, Out] = _Wish(item)
        self._waiting.append(mine)
        with self._turn:
            if not mine.outcome:
                self._do([mine] if mine.was_tried else self._all_waiting())
        return mine.outcome[0]

    def _all_waiting(self) -> list[_Wish[In, Out]]:
        # Nobody else takes from the queue: only one has its turn.
        return [self._waiting.popleft() for _ in range(len(self._waiting))]

    def _do(self, wishes: list[_Wish[In, Out]]) -> None:
        for wish in wishes:
            wish.was_tried = True
        for wish, outcome in zip(wishes, self._work([w.item for w in wishes]), strict=True):
            wish.outcome.append(outcome)
