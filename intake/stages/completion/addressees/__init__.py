"""Whom a notice goes to, and the places that they are called by."""
