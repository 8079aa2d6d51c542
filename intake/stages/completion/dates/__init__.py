"""Dates and the order's number: at the head, at the foot, beside a stamp."""
