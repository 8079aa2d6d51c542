"""One commit for all who wait, and nobody's error is another's."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from intake.registry.together import Together


def test_those_who_come_while_one_works_are_served_at_once() -> None:
    batches: list[list[int]] = []
    begun, go_on = threading.Event(), threading.Event()

    def work(items: Sequence[int]) -> list[int]:
        batches.append(list(items))
        begun.set()
        go_on.wait(10)
        return [item * 10 for item in items]

    together = Together(work, ValueError)
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(together.do, 0)
        begun.wait(10)
        rest = [pool.submit(together.do, number) for number in range(1, 8)]
        while len(together._waiting) < 7:
            pass
        go_on.set()
        assert [first.result(), *(one.result() for one in rest)] == list(range(0, 80, 10))
    assert [len(batch) for batch in batches] == [1, 7]


def test_where_the_work_raises_each_does_its_own() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(items: Sequence[int]) -> Sequence[int]:
        if list(items) == [0]:
            begun.set()
            go_on.wait(10)
        if 13 in items:
            raise ValueError(f"{len(items)} at once")
        return items

    together = Together(work, ValueError)
    with ThreadPoolExecutor(4) as pool:
        pool.submit(together.do, 0)
        begun.wait(10)
        wishes = [pool.submit(together.do, item) for item in (1, 13, 2)]
        while len(together._waiting) < 3:
            pass
        go_on.set()
        assert [wishes[0].result(), wishes[2].result()] == [1, 2]
        with pytest.raises(ValueError, match="1 at once"):
            wishes[1].result()
