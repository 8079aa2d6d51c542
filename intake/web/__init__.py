"""Screens and the API: they parse, call the registry, and answer."""
