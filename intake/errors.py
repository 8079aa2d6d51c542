"""What can go wrong, as one tree.

IntakeError                 anything this product refuses or fails at
├── Refused                 the input is at fault; the message gives cause and remedy
├── Failed                  a tool or this machine is at fault; trying again may help
└── TemplateError           a form under templates/ is wrong; names file and line
"""

from __future__ import annotations

import os
import unicodedata

_SHOWN = 80


class IntakeError(Exception):
    """Anything this product refuses or fails at.

    ``str(error)`` is one line: the cause, a semicolon, the remedy.
    """


class Refused(IntakeError):
    """The input cannot be taken: damaged, encrypted, too large, not a scan."""


class Failed(IntakeError):
    """A tool or the machine failed on this input: a crash, a limit, a full disk."""


class TemplateError(IntakeError):
    """A form's definition is wrong; the message names file and line."""

    def __init__(self, path: str, line: int, cause: str) -> None:
        super().__init__(f"{path}:{line}: {cause}")
        self.path = path
        self.line = line
        self.cause = cause


def shown_name(path: str | os.PathLike[str]) -> str:
    """Return a file's name as it may stand in a message: one line, at most 80 characters.

    Control characters, line breaks, marks that turn the reading direction and
    bytes that are no text are written as escapes; of a long name the beginning
    and the end (with its extension) stay.
    """
    shown = "".join(map(_shown_character, os.fspath(path)))
    if len(shown) <= _SHOWN:
        return shown
    return f"{shown[: _SHOWN // 2]}…{shown[-(_SHOWN // 2 - 1) :]}"


def _shown_character(character: str) -> str:
    # C: control, format (direction marks), surrogate, private, unassigned; Zl and Zp break lines
    category = unicodedata.category(character)
    if category[0] == "C" or category in ("Zl", "Zp"):
        return character.encode("unicode_escape").decode("ascii")
    return character
