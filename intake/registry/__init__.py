"""The registry: its rows, and the only code that writes them, split by verb."""
