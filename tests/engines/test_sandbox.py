"""How long a child is waited for: longer where the machine is busy, never without end."""

from __future__ import annotations

import os

import pytest

from intake.engines.sandbox import patience


@pytest.mark.parametrize(("load", "times"), [(0.1, 1.0), (4.0, 4.0), (1000.0, 10.0)])
def test_a_busy_machine_is_given_time(
    monkeypatch: pytest.MonkeyPatch, load: float, times: float
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(os, "getloadavg", lambda: (load, load, load))
    assert patience() == times
