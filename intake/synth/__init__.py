"""Draws filled notices and scans of them, with exact truth: for tests, calibration, the demo."""
