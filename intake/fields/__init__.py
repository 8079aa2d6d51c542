"""One module per kind of value: how it is written, repaired, checked and normalised."""
