"""Which key is which command at the desk, as delivered and as a person has set it.

A key is named by its letter on a Latin keyboard (A to Z), wherever that letter lies on the
person's own layout, or is one of the function keys that browsers leave alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_uppercase

from intake.errors import Refused
from intake.registry.models import User

DELIVERED: Mapping[str, str] = {
    "edit": "E",
    "blank": "B",
    "missing": "M",
    "unreadable": "U",
    "illegible": "L",
    "undo": "Z",
    "approve": "A",
    "reject": "X",
    "send-back": "O",
    "hand-over": "H",
    "skip": "S",
    "rotate": "R",
    "fit": "F",
    "page": "P",
}
"""The commands that may have another key, in the order in which people are shown them."""
KEYS = (*ascii_uppercase, "F7", "F8", "F9", "F10")


def keys_of(user: User) -> dict[str, str]:
    """Return the key of every command for a person."""
    return {command: user.desk_keys.get(command, key) for command, key in DELIVERED.items()}


def change(user: User, command: str, key: str) -> None:
    """Give a command another key; Refused where it is taken, or is no key for commands."""
    wanted, keys = key.strip().upper(), keys_of(user)
    if command not in DELIVERED:
        raise Refused(f"the desk has no command {command}; choose one of the list")
    if wanted not in KEYS:
        raise Refused("only a Latin letter or F7 to F10 can be a command; press one of them")
    taken = next((one for one in keys if keys[one] == wanted and one != command), None)
    if taken is not None:
        raise Refused(f"the key {wanted} is taken ({taken}); press another one")
    _keep(user, {**keys, command: wanted})


def restore(user: User) -> None:
    """Take all keys back to how they are delivered."""
    _keep(user, {})


def _keep(user: User, keys: Mapping[str, str]) -> None:
    """Keep only what differs, so that a new command or a new default reaches everybody."""
    user.desk_keys = {one: key for one, key in keys.items() if key != DELIVERED[one]}
    user.save(update_fields=["desk_keys"])
