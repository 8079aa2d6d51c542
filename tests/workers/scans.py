"""Scans of which tests write the outcome into the file itself, as JSON after %PDF."""

from __future__ import annotations

import json
from typing import Any

HEAD = b"%PDF-1.4 "


def scan(*pages: dict[str, Any]) -> bytes:
    """Return a scan with these pages: ``inn`` makes a notice, ``seconds`` takes so long,
    ``error`` is refused, ``crash`` fails, ``die`` ends the process, ``doubt`` is noted,
    ``titled`` looks like a notice and is none."""
    return HEAD + json.dumps(list(pages)).encode()
