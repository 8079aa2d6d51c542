"""What paper and scanner make of the ink of a scene."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np

from intake.synth.frame import grain
from intake.synth.reference import happens
from intake.synth.scanners import jpeg
from intake.train.pens.canvas import Cover

_LEAST_CONTRAST = 40  # grey levels


def scanned(rng: Random, cover: Cover) -> Cover:
    """Return how dark each pixel is, 0 = paper .. 1 = the darkest print, after a scan."""
    paper, black = rng.uniform(200, 255), rng.uniform(0, 90)
    grey = _sensed(rng, paper - (paper - black) * cover)
    if happens(rng, 0.3):
        level = black + (paper - black) * rng.uniform(0.3, 0.8)
        grey, paper, black = _bitonal(rng, grey, level), 255.0, 0.0
    elif happens(rng, 0.4):
        pixels = np.clip(grey, 0, 255).astype(np.uint8)
        grey = jpeg(pixels, rng.randint(25, 85)).astype(np.float32)
    contrast = max(paper - black * rng.uniform(0.8, 1.1), _LEAST_CONTRAST)
    return np.asarray(np.clip((paper - grey) / contrast, 0, 1), dtype=np.float32)


def _sensed(rng: Random, grey: Cover) -> Cover:
    """Let optics and sensor do their part, at times at a low resolution."""
    seen = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.3, 1.3))
    if happens(rng, 0.4):
        seen = seen + grain(rng, grey.shape, 1, rng.uniform(0, 14))
    if happens(rng, 0.15):
        share = rng.uniform(0.4, 0.8)
        small = cv2.resize(seen, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        seen = cv2.resize(small, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(seen, dtype=np.float32)


def _bitonal(rng: Random, grey: Cover, level: float) -> Cover:
    """Leave black and white, at times with the few rows of a fax, at times softened after it."""
    bits = np.where(grey > level, 255, 0).astype(np.float32)
    height, width = grey.shape
    if happens(rng, 0.4):
        rows = round(height * rng.choice((0.5, 0.75, 1)))
        sent = cv2.resize(bits, (width, rows), interpolation=cv2.INTER_NEAREST)
        bits = np.asarray(cv2.resize(sent, (width, height), interpolation=cv2.INTER_NEAREST))
    if happens(rng, 0.5):
        bits = np.asarray(cv2.GaussianBlur(bits, (0, 0), 0.6))
    return bits
