"""Compares records with truth: what was found, right, flagged, and silently wrong."""

from intake.score.measure import Score, score
from intake.score.report import read_lines, tables

__all__ = ["Score", "read_lines", "score", "tables"]
