"""Pictures for people: small, in colour, as a file's bytes."""

from __future__ import annotations

import cv2
import numpy as np

from intake.domain.geometry import Box
from intake.engines.raster import Pixels, Raster

_QUALITY = 70
_CROP_QUALITY = 85
_MARGIN = 0.012
"""Beside a crop, as a share of the page: enough to see that no letter was cut off."""


def jpeg(raster: Raster, width: int) -> bytes:
    """Return the page as a JPEG at most ``width`` pixels wide."""
    scale = min(1.0, width / raster.width)
    small: Pixels = raster.pixels
    if scale < 1.0:
        size = (width, max(1, round(raster.height * scale)))
        small = np.asarray(cv2.resize(raster.pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    _, encoded = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return encoded.tobytes()


def crop(page: bytes, box: Box) -> bytes:
    """Return a place of a page, with a margin, as JPEG; the page is a JPEG of ours."""
    decoded = cv2.imdecode(np.frombuffer(page, np.uint8), cv2.IMREAD_COLOR)
    pixels = np.asarray(decoded, np.uint8)
    wide = Box.clipped(
        box.left - _MARGIN, box.top - _MARGIN, box.right + _MARGIN, box.bottom + _MARGIN
    )
    left, top, right, bottom = wide.pixels(pixels.shape[1], pixels.shape[0])
    place = pixels[top:bottom, left:right]
    _, encoded = cv2.imencode(".jpg", place, [cv2.IMWRITE_JPEG_QUALITY, _CROP_QUALITY])
    return encoded.tobytes()


def png(raster: Raster) -> bytes:
    """Return the page as a PNG, every pixel kept."""
    _, encoded = cv2.imencode(".png", raster.pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return encoded.tobytes()
