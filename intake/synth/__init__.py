"""Draws filled notices and scans of them, with truth."""
