"""Stamps of ink: the round seal, and the office's rectangular stamp for incoming post."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw

from intake.synth.faces import Face, print_families
from intake.synth.reference import happens
from intake.synth.sheet import Alpha, Colour, Stamp

SEAL_COLOURS: tuple[Colour, ...] = (
    (35, 60, 170), (50, 50, 160), (95, 50, 150), (70, 80, 190), (30, 30, 40),
)  # fmt: skip
SIDE = 640  # pixels of the drawn seal, before it is laid on paper


@dataclass(frozen=True)
class Die:
    """What a round seal says in its rings; ``is_strong`` ink survives a copier or a fax."""

    outer: str
    inner: str
    tag: str
    is_strong: bool = False


def round_seal(rng: Random, centre: tuple[float, float], die: Die) -> Stamp:
    """Draw an organisation's round seal around a centre in points."""
    image = Image.new("L", (SIDE, SIDE), 0)
    draw = ImageDraw.Draw(image)
    family = rng.choice(print_families())
    for radius, width in ((312, rng.randint(7, 11)), (296, 3), (206, rng.randint(3, 5))):
        _ring(draw, radius, width)
    _curved(image, die.outer.upper(), 250, family.bold)
    if happens(rng, 0.75):
        _ring(draw, 150, 3)
        _curved(image, die.inner, 178, family.regular, size=34)
    _emblem(draw, rng)
    turned = image.rotate(rng.uniform(-35, 35), resample=Image.Resampling.BILINEAR)
    alpha = _inked(rng, np.asarray(turned, dtype=np.float32) / 255, strong=die.is_strong)
    side = rng.uniform(104, 120)
    left, top = centre[0] - side / 2, centre[1] - side / 2
    colour = (30, 40, 110) if die.is_strong else rng.choice(SEAL_COLOURS)
    return Stamp(alpha, left, top, side, side, colour, die.tag)


def _ring(draw: ImageDraw.ImageDraw, radius: int, width: int) -> None:
    middle = SIDE / 2
    edges = (middle - radius, middle - radius, middle + radius, middle + radius)
    draw.ellipse(edges, outline=255, width=width)


def _curved(image: Image.Image, words: str, radius: int, face: Face, size: int = 48) -> None:
    text = words + " ★ " if face.supports("★") else words + " • "
    while face.width(text, size) > 2 * math.pi * radius and len(text) > 8:
        size -= 1
        if size < 26:
            text, size = text[:-4] + " ", 30
    angle = 0.0
    for letter in text:
        width = face.width(letter, size)
        angle += width / 2 / radius
        _letter(image, letter, (angle, radius), face, size)
        angle += width / 2 / radius


def _letter(
    image: Image.Image, letter: str, place: tuple[float, int], face: Face, size: int
) -> None:
    angle, radius = place
    tile = Image.new("L", (2 * size, 2 * size), 0)
    font = face.font(letter, size)
    ImageDraw.Draw(tile).text((size, size), letter, fill=255, font=font, anchor="mm")
    tile = tile.rotate(-math.degrees(angle) + 180, resample=Image.Resampling.BILINEAR)
    x = SIDE / 2 + radius * math.sin(angle + math.pi) - size
    y = SIDE / 2 - radius * math.cos(angle + math.pi) - size
    image.paste(255, (round(x), round(y)), tile)


def _emblem(draw: ImageDraw.ImageDraw, rng: Random) -> None:
    middle, rays = SIDE / 2, rng.choice((5, 8, 40))
    long, short = rng.uniform(80, 120), rng.uniform(30, 60)
    points = []
    for i in range(2 * rays):
        radius, angle = (long, short)[i % 2], math.pi * i / rays
        points.append((middle + radius * math.sin(angle), middle - radius * math.cos(angle)))
    draw.polygon(points, outline=255, width=4, fill=255 if happens(rng, 0.3) else None)
    draw.ellipse((middle - 26, middle - 26, middle + 26, middle + 26), outline=255, width=5, fill=0)


def _inked(rng: Random, alpha: Alpha, *, strong: bool) -> Alpha:
    """Ink unevenly: pale patches, grain, sometimes only a part touched the paper."""
    grain = np.random.default_rng(rng.getrandbits(32))
    patches = cv2.resize(
        grain.uniform(0.7 if strong else 0.35, 1.1, (7, 7)).astype(np.float32), (SIDE, SIDE)
    )
    speckle = grain.normal(1.0, 0.25, (SIDE, SIDE)).astype(np.float32)
    strength = rng.uniform(0.25, 0.4) if happens(rng, 0.15) else rng.uniform(0.5, 0.95)
    strength = max(strength, 0.95) if strong else strength
    inked = cv2.GaussianBlur(alpha, (0, 0), 1.5) * patches * speckle * strength
    if happens(rng, 0.15) and not strong:
        inked = inked * _partly(rng)
    return np.asarray(np.clip(inked, 0, 1), dtype=np.float32)


def _partly(rng: Random) -> Alpha:
    angle = rng.uniform(0, 2 * math.pi)
    across = np.linspace(-1, 1, SIDE, dtype=np.float32)
    slope = across[None, :] * math.cos(angle) + across[:, None] * math.sin(angle)
    return np.asarray(np.clip((slope + rng.uniform(0.2, 0.7)) * 3, 0.0, 1.0), dtype=np.float32)


def incoming_stamp(rng: Random, left: float, top: float, language: str) -> Stamp:
    """Draw the rectangular stamp «Вх. № … / Кириш № …» that a district office puts on post."""
    image = Image.new("L", (520, 230), 0)
    draw = ImageDraw.Draw(image)
    family = rng.choice(print_families())
    draw.rectangle((6, 6, 513, 223), outline=255, width=6)
    office = {"ru": "РАЙОННЫЙ ОТДЕЛ ОБРАЗОВАНИЯ", "ky": "БИЛИМ БЕРҮҮ БӨЛҮМҮ"}[language]
    number = {"ru": "Вх. №", "ky": "Кириш №"}[language]
    draw.text((260, 50), office, fill=255, font=family.bold.font("а", 27), anchor="mm")
    line = f"{number} {rng.randint(10, 990)}"
    draw.text((30, 110), line, fill=255, font=family.regular.font("а", 38), anchor="lm")
    day = f"« {rng.randint(1, 28):02d} »  {rng.randint(4, 12):02d}  2023"
    draw.text((30, 175), day, fill=255, font=family.regular.font("а", 38), anchor="lm")
    turned = image.rotate(rng.uniform(-6, 6), expand=True, resample=Image.Resampling.BILINEAR)
    alpha = np.asarray(turned, dtype=np.float32) / 255 * rng.uniform(0.5, 0.9)
    return Stamp(alpha, left, top, 150, 150 * alpha.shape[0] / alpha.shape[1], (45, 50, 150))
