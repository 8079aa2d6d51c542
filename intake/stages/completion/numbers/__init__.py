"""Numbers by the label that says whose they are, in the sentence or elsewhere."""
