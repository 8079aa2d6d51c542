"""Trains the line recogniser on drawn lines; needs ``pip install .[train]``, reading does not."""
