"""Messages between a parent and the child that decodes: a small header, perhaps many bytes."""

from __future__ import annotations

import json
import os
import select
import struct
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Header = Mapping[str, Any]

_LENGTH = struct.Struct("<I")
_LONGEST_HEADER = 64 * 1024 * 1024


class Silence(Exception):
    """Nothing came within the time given."""


class HungUp(Exception):
    """The other side closed in the middle, or said what cannot be understood."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message; ``body`` has the header's ``size`` bytes, none where it names none."""

    header: dict[str, Any]
    body: bytearray


def send(descriptor: int, header: Header, body: Iterable[bytes] = ()) -> None:
    """Write one message; ``header["size"]`` must be the sum of the body's pieces."""
    text = json.dumps(header, ensure_ascii=True).encode("ascii")
    _write(descriptor, _LENGTH.pack(len(text)) + text)
    for piece in body:
        _write(descriptor, piece)


def receive(descriptor: int, seconds: float, largest: int) -> Message | None:
    """Read one message within ``seconds``, its body at most ``largest`` bytes.

    None when the other side closed between two messages. Raises Silence, HungUp.
    """
    until = time.monotonic() + seconds
    first = _read(descriptor, _LENGTH.size, until)
    if not first:
        return None
    (length,) = _LENGTH.unpack(_whole(first, _LENGTH.size))
    header = _header(_read(descriptor, min(length, _LONGEST_HEADER), until), length)
    size = header.get("size", 0)
    if not isinstance(size, int) or not 0 <= size <= largest:
        raise HungUp("a body of an impossible size was announced")
    return Message(header, _whole(_read(descriptor, size, until), size))


def _header(text: bytearray, length: int) -> dict[str, Any]:
    try:
        header = json.loads(_whole(text, length))
    except ValueError as error:
        raise HungUp("the header is not JSON") from error
    if not isinstance(header, dict):
        raise HungUp("the header is not an object")
    return header


def _whole(piece: bytearray, size: int) -> bytearray:
    if len(piece) < size:
        raise HungUp("closed in the middle of a message")
    return piece


def _write(descriptor: int, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _read(descriptor: int, size: int, until: float) -> bytearray:
    """Return ``size`` bytes, or fewer when the other side closed before."""
    piece = bytearray(size)
    view, have = memoryview(piece), 0
    poller = select.poll()
    poller.register(descriptor, select.POLLIN)
    while have < size:
        if not poller.poll(max(0.0, until - time.monotonic()) * 1000):
            raise Silence
        count = os.readv(descriptor, [view[have:]])
        if count == 0:
            break
        have += count
    view.release()
    if have < size:
        del piece[have:]
    return piece
