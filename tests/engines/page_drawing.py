"""Draws pages of print and photographs of them, and says where every word lies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

import intake.synth
from intake.engines.raster import Pixels
from intake.synth.faces import Face, print_families

Points = NDArray[np.float64]
_ORDER = json.loads(Path(intake.synth.__file__).with_name("order.json").read_text("utf-8"))
FORM = {
    "ru": "Министерство|образования и науки|Кыргызской Республики||ИЗВЕЩЕНИЕ||ОКПО 21354481|"
    "ИНН 01801199810068, форма собственности муниципальная|юридический адрес Ошская область|"
    "уведомляет о том, что создан Ресурсный центр педагогического мастерства|Директор|дата",
    "ky": "Кыргыз Республикасынын|Билим берүү жана илим|министрлиги||КАБАРЛОО||ОКПО 21354481|"
    "ИНН 01801199810068, менчиктин формасы муниципалдык|юридикалык дареги Ош облусу|"
    "Педагогикалык чеберчиликтин ресурстук борбору түзүлгөндүгү жөнүндө|Директор|дата",
}


@dataclass(frozen=True)
class DrawnPage:
    """Grey pixels and the corners of each word, n×4×2, clockwise from top left, in pixels."""

    pixels: Pixels
    words: Points


def face(index: int) -> Face:
    families = print_families()
    return families[index % len(families)].regular


def draw_page(
    language: str, *, dense: bool, dpi: int = 150, typeface: Face | None = None, points: float = 12
) -> DrawnPage:
    """Draw an A4 page: the order's text, or a form of few words."""
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    sheet = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(sheet)
    size = points / 72 * dpi
    font = (typeface or face(0)).font("а", round(size))
    texts = _ORDER[language] if dense else FORM[language].split("|")
    words: list[tuple[float, float, float, float]] = []
    y = 0.8 * dpi
    for text in texts:
        x = 0.9 * dpi
        for word in text.split():
            length = font.getlength(word)
            if x + length > width - 0.6 * dpi:
                x, y = 0.9 * dpi, y + 1.4 * size
            if y < height - 0.8 * dpi:
                pen.text((x, y), word, font=font, fill=0)
                words.append(pen.textbbox((x, y), word, font=font))
            x += length + size / 3
        y += 1.4 * size
    boxes = np.array(words, dtype=np.float64)
    corners = boxes[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 4, 2)
    return DrawnPage(np.asarray(sheet, dtype=np.uint8), corners)


def rotated(page: DrawnPage, degrees: float, fill: int = 255) -> DrawnPage:
    """Turn a page so that its lines run ``degrees`` downhill; the picture grows to hold it."""
    height, width = page.pixels.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    grown = int(width * cosine + height * sine), int(width * sine + height * cosine)
    matrix[0, 2] += (grown[0] - width) / 2
    matrix[1, 2] += (grown[1] - height) / 2
    return _warped(page, np.vstack((matrix, (0, 0, 1))), grown, np.full((1, 1), fill))


def photographed(page: DrawnPage, corners: Points, background: Pixels) -> DrawnPage:
    """Lay a page on a background (grey) so that its corners (4×2, pixels) come to lie there."""
    height, width = page.pixels.shape
    own = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(own, corners.astype(np.float32))
    size = background.shape[1], background.shape[0]
    return _warped(page, np.asarray(matrix, dtype=np.float64), size, background)


def _warped(page: DrawnPage, matrix: Points, size: tuple[int, int], around: Pixels) -> DrawnPage:
    pixels = cv2.warpPerspective(page.pixels, matrix, size, flags=cv2.INTER_AREA)
    cover = cv2.warpPerspective(np.full_like(page.pixels, 255), matrix, size) / 255.0
    mixed = pixels * cover + around * (1 - cover)
    return DrawnPage(np.asarray(mixed, dtype=np.uint8), project(matrix, page.words))


def turned(page: DrawnPage, quarters: int) -> DrawnPage:
    """Turn a page by quarters against the clock."""
    pixels, words = page.pixels, page.words
    for _ in range(quarters):
        width = pixels.shape[1]
        pixels = np.ascontiguousarray(np.rot90(pixels))
        words = np.stack((words[..., 1], width - words[..., 0]), axis=-1)
    return DrawnPage(pixels, words)


def curled(page: DrawnPage, bend: float) -> DrawnPage:
    """Let the sheet curl: its middle hangs by ``bend`` of its height."""
    height, width = page.pixels.shape
    x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)

    def shift(across: Points) -> Points:
        return np.asarray(bend * height * np.sin(np.pi * across / width))

    source = (y - shift(x) - 0.5).astype(np.float32)
    pixels = cv2.remap(page.pixels, (x - 0.5).astype(np.float32), source, cv2.INTER_LINEAR,
                       borderValue=(255,))  # fmt: skip
    words = page.words.copy()
    words[..., 1] += shift(words[..., 0])
    return DrawnPage(np.asarray(pixels, dtype=np.uint8), words)


def scanned(page: DrawnPage, seed: int, *, noise: float = 4.0, blur: float = 0.6) -> DrawnPage:
    """Let a scanner see the page: a little blur and grain."""
    soft = cv2.GaussianBlur(page.pixels, (0, 0), blur).astype(np.float64)
    grain = np.random.default_rng(seed).normal(0, noise, soft.shape)
    return DrawnPage(np.clip(soft + grain, 0, 255).astype(np.uint8), page.words)


def table(rng: Random, width: int, height: int, level: int) -> Pixels:
    """Return a table top of about this grey level, with grain like wood."""
    source = np.random.default_rng(rng.getrandbits(32))
    coarse = source.normal(0, 8, (height, 12)).astype(np.float32)
    wood = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.clip(level + wood, 0, 255).astype(np.uint8)


def project(matrix: Points, points: Points) -> Points:
    lifted = np.concatenate((points, np.ones((*points.shape[:-1], 1))), axis=-1) @ matrix.T
    return np.asarray(lifted[..., :2] / lifted[..., 2:])
