"""Weights of networks, checked when they are read: a damaged file must not read wrong values."""

from __future__ import annotations

import hashlib
from pathlib import Path

from intake.errors import Failed


def read_checked(path: Path) -> bytes:
    """Return a file's content, which must be what its ``.sha256`` says; Failed where it is not."""
    try:
        content = path.read_bytes()
        wanted = path.with_name(f"{path.name}.sha256").read_text(encoding="ascii").split()[0]
    except OSError as error:
        raise Failed(f"the weights {path.name} are missing ({path}); install again") from error
    if hashlib.sha256(content).hexdigest() != wanted:
        raise Failed(f"the weights {path.name} are damaged ({path}); install again")
    return content
