"""What the registry refuses, beside the tree in intake.errors.

Refused
├── NotFound     no such row, or none that this person may know of
├── Forbidden    the row may be seen, but not changed so by this person
├── Conflict     somebody changed the row since; load it again
├── TooLarge     more bytes or pages than allowed
└── WrongKind    no kind of file that can be read
Failed
├── NoRoom       the disk is full
└── Unreachable  storage, broker or database does not answer
"""

from __future__ import annotations

from intake.errors import Failed, Refused


class NotFound(Refused):
    """No such row, or none that this person may know of."""


class Forbidden(Refused):
    """The row may be seen, but not changed so by this person."""


class Conflict(Refused):
    """Somebody changed the row since it was loaded."""


class TooLarge(Refused):
    """More bytes or pages than allowed."""


class WrongKind(Refused):
    """No kind of file that can be read."""


class NoRoom(Failed):
    """The disk is full."""


class Unreachable(Failed):
    """Storage, broker or database does not answer."""
