"""Compares records with truth: what was found, right, flagged, and silently wrong."""

from intake.score.judge import same
from intake.score.measure import Score, pairs_of, score
from intake.score.report import print_score, read_lines, read_records, tables

__all__ = [
    "Score",
    "pairs_of",
    "print_score",
    "read_lines",
    "read_records",
    "same",
    "score",
    "tables",
]
