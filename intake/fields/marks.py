"""Signature and seal: present or absent, from the ink alone."""

from __future__ import annotations

from intake.domain.ink import Presence
from intake.domain.notice import Candidate, Flag
from intake.fields.graded import Graded, Note

PRESENT = "present"
ABSENT = "absent"


def grade_presence(presence: Presence) -> Graded:
    """Return ``present`` or ``absent``.

    Where the inspector abstained the likelier one, ``ambiguous``. An absence
    that is sure is a value like any other; that the form requires the mark is
    the form's rule.
    """
    value, other = (PRESENT, ABSENT) if presence.present else (ABSENT, PRESENT)
    candidates = (
        Candidate(value, presence.confidence, "ink"),
        Candidate(other, 1.0 - presence.confidence, "ink"),
    )
    absent = () if presence.present else (Note.PRESENCE_ABSENT,)
    notes = absent if presence.sure else (*absent, Note.PRESENCE_UNSURE)
    flags = () if presence.sure else (Flag.AMBIGUOUS,)
    evidence = {"mark_min": presence.confidence, "unsure": float(not presence.sure)}
    return Graded(value, value, candidates, flags, notes, evidence)
