"""Written by hand or typed: the strokes' geometry against the page's own print."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import cv2
import numpy as np

from intake.engines.ink.patch import Mask, Patch, grown
from intake.engines.ink.strokes import Strokes, stroke_width


@dataclass(frozen=True, slots=True)
class Script:
    """What can be said of some strokes without knowing what they were compared with.

    ``width`` of the pen in pixels and its ``spread``; ``tall`` the median height
    of the strokes in pixels and ``uneven`` how much heights differ; ``jitter``
    how far feet stand off a straight line, in heights; ``stems`` the part of
    the edges that is upright;
    ``joined`` how much wider than high the strokes are; ``tint`` the part of the
    ink that is coloured; ``filled`` the part of the strokes' boxes that is ink.
    """

    width: float
    spread: float
    tall: float
    uneven: float
    jitter: float
    stems: float
    joined: float
    tint: float
    filled: float


PULL_UP, PULL_DOWN = 0.45, 0.15
FEATURES = (
    "width", "spread", "tall", "uneven", "jitter", "stems", "joined", "cursive", "tint",
    "filled", "weight",
)  # fmt: skip


def script_of(patch: Patch, strokes: Strokes) -> Script | None:
    """Measure strokes; None where there are too few to say anything."""
    heights = strokes.heights.astype(np.float64)
    if not heights.size:
        return None
    full = heights > 0.5 * np.percentile(heights, 80)
    boxes = strokes.boxes[strokes.kept][full]
    heights = heights[full]
    widths = strokes.widths[full].astype(np.float64)
    mask = strokes.mask
    pen, spread = stroke_width(mask)
    tall = float(np.median(heights))
    return Script(
        width=pen,
        spread=spread,
        tall=tall,
        uneven=float(np.std(heights) / max(tall, 1.0)),
        jitter=_jitter(boxes, tall),
        stems=_stems(patch, mask),
        joined=float(np.log(np.average(widths / heights, weights=widths))),
        tint=float(patch.coloured[mask].mean()),
        filled=float(strokes.areas[strokes.kept][full].sum() / (widths * heights).sum()),
    )


def _jitter(boxes: np.ndarray[tuple[int, int], np.dtype[np.int32]], tall: float) -> float:
    if len(boxes) < 3:
        return 0.0
    middle = (boxes[:, 0] + boxes[:, 2]) / 2.0
    feet = boxes[:, 3].astype(np.float64)
    slope = np.polyfit(middle, feet, 1) if np.ptp(middle) > 4 * tall else (0.0, np.median(feet))
    off = np.abs(feet - np.polyval(slope, middle))
    # half of typed letters stand exactly on the line whatever the others do
    return float(np.percentile(off, 60) / max(tall, 1.0))


def _stems(patch: Patch, mask: Mask) -> float:
    """Return the part of the strokes' edges that is within 4° of upright."""
    grey = cv2.GaussianBlur(patch.grey, (0, 0), 0.9)
    dx, dy = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    near = grown(mask, 3, 3)
    x, y = dx[near], dy[near]
    weight = np.hypot(x, y)
    turn = np.degrees(np.arctan2(y, x)) % 180
    upright = (turn < 3.75) | (turn >= 176.25)
    return float(weight[upright].sum() / max(float(weight.sum()), 1.0))


def compared(script: Script, print_: Script) -> dict[str, float]:
    """Return the features, by name, of strokes held against the page's own print."""
    pen = float(np.log(max(script.width, 0.5) / max(print_.width, 0.5)))
    tall = float(np.log(script.tall / max(print_.tall, 1.0)))
    joined = script.joined - print_.joined
    return {
        "width": pen,
        "spread": float(np.clip(script.spread - print_.spread, -0.3, 0.3)),
        "tall": tall,
        "uneven": script.uneven - print_.uneven,
        "jitter": min(script.jitter, 0.6),
        "stems": script.stems - print_.stems,
        "joined": joined,
        "cursive": float(np.clip((joined - 0.5) / 0.4, 0, 1)),
        "tint": max(0.0, script.tint - print_.tint),
        "filled": script.filled - print_.filled,
        "weight": pen - tall,
    }


def evidence(features: Mapping[str, float]) -> float:
    """Return the log odds that strokes were written by hand."""
    weights = _weights()
    return weights["bias"] + sum(weights.get(n, 0.0) * v for n, v in features.items())


def pooled(odds: Sequence[float]) -> list[float]:
    """Return each value's log odds, drawn towards those of the notice's other values.

    Who writes one value by hand writes the next one too, more often than who
    types the form leaves a few to the pen; so the pull upward is the stronger.
    """
    drawn = []
    for number, own in enumerate(odds):
        others = [o for n, o in enumerate(odds) if n != number]
        middle = float(np.median(others)) if len(others) > 2 else own
        drawn.append(own + (PULL_UP if middle > own else PULL_DOWN) * (middle - own))
    return drawn


def chance(odds: float) -> float:
    """Return the probability, 0..1, of log odds."""
    return float(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


@cache
def _weights() -> dict[str, float]:
    """Load the weights that ``intake.engines.ink.fit`` found (hand.json)."""
    text = files("intake.engines.ink").joinpath("hand.json").read_text("utf-8")
    return {str(name): float(weight) for name, weight in json.loads(text)["weights"].items()}
