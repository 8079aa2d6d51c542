"""Reads scanned official notices into records that a person reviews."""
