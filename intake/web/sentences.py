"""What the registry and the reading line say in English, in the language of the screen.

A message is «cause; remedy». Each half is looked up among known sentences, whose
gaps (names, numbers) are carried over; a half that nobody knows stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import gettext

from intake.registry import forms, labels
from intake.registry.models import RecordStatus
from intake.web.known_sentences import CAUSES, REMEDIES

_GAP = re.compile(r"\{(\w+)\}")


def translated(message: str) -> str:
    """Return a message in the language of the screen."""
    return "; ".join(_half(part) for part in message.split("; "))


def is_known(message: str) -> bool:
    """Whether every half of a message is among the known sentences."""
    return all(_found(part) is not None for part in message.split("; "))


def _half(part: str) -> str:
    found = _found(part)
    if found is None:
        return part
    sentence, gaps = found
    return gettext(sentence).format(**{name: _spoken(gap) for name, gap in gaps.items()})


def _found(part: str) -> tuple[str, dict[str, str]] | None:
    for sentence, pattern in _patterns():
        match = pattern.fullmatch(part)
        if match:
            return sentence, match.groupdict()
    return None


def _spoken(gap: str) -> str:
    """Return a gap's content, names of fields and states in words."""
    return ", ".join(map(_word, gap.split(", ")))


def _word(word: str) -> str:
    if word in forms.columns():
        return labels.label(word)
    return str(RecordStatus(word).label) if word in RecordStatus.values else word


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    known = [*CAUSES, *REMEDIES]
    # Sentences with more words of their own first: they say more about the message.
    known.sort(key=lambda sentence: -len(_GAP.sub("", sentence)))
    return [(sentence, _pattern(sentence)) for sentence in known]


def _pattern(sentence: str) -> re.Pattern[str]:
    parts = _GAP.split(sentence)
    texts = (
        re.escape(part) if at % 2 == 0 else f"(?P<{part}>.+?)" for at, part in enumerate(parts)
    )
    return re.compile("".join(texts), re.DOTALL)
