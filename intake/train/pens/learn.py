"""The training loop: one rise and fall of the rate, over a number of steps set beforehand."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from intake.train.pens.network import PenFinder
from intake.train.pens.scenes import Sample

BATCH = 10
"""Scenes a step."""
SAVE_EVERY = 500
REPORT_EVERY = 100

_RATE = 4e-3  # the highest
_RISE = 0.1  # share of the steps until then
_CLIP = 2.0
_SIGNED_WEIGHT = 1.5  # of a signature's cell beside another: there are far fewer
_DICE = 0.3  # share of the overlap in the loss


class PenTraining:
    """A network and its optimiser, for a number of steps."""

    def __init__(self, steps: int, seed: int) -> None:
        torch.manual_seed(seed)
        self.steps = steps
        self.network = PenFinder()
        self.optimiser = torch.optim.AdamW(self.network.parameters(), weight_decay=0.01)
        span = max(steps, 3)  # two to rise, one to fall: the schedule cannot do with less
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimiser, _RATE, total_steps=span, pct_start=max(_RISE, 2 / span)
        )

    def learn(self, samples: Sequence[Sample]) -> float:
        """Take one step; return the loss a cell, without the overlap's part."""
        pictures = torch.from_numpy(np.stack([sample.picture for sample in samples]))[:, None]
        cells = torch.from_numpy(np.stack([sample.cells for sample in samples]))[:, None]
        self.network.train()
        with torch.autocast("cpu", torch.bfloat16):
            scores = self.network(pictures)
        each, overlap = _losses(scores.float(), cells)
        self.optimiser.zero_grad(set_to_none=True)
        (each + _DICE * overlap).backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
        self.optimiser.step()
        self.schedule.step()
        return float(each.detach())

    def save(self, path: Path) -> None:
        """Write the weights; the old file stays until the new one is whole."""
        new = path.with_suffix(".new")
        torch.save(self.network.state_dict(), new)
        new.replace(path)


def _losses(scores: Tensor, cells: Tensor) -> tuple[Tensor, Tensor]:
    """Return the cross-entropy of cells, and how far found and signed ones do not overlap."""
    weight = torch.tensor(_SIGNED_WEIGHT)
    each = functional.binary_cross_entropy_with_logits(scores, cells, pos_weight=weight)
    found = scores.sigmoid()
    dice = (2 * (found * cells).sum() + 1) / (found.sum() + cells.sum() + 1)
    return each, 1 - dice


def train(
    training: PenTraining, samples: Iterator[Sample], path: Path, tell: Callable[[str], None]
) -> None:
    """Take all steps; save now and then, and at the end."""
    losses: list[float] = []
    began = time.monotonic()
    for step in range(1, training.steps + 1):
        losses.append(training.learn(list(islice(samples, BATCH))))
        if step % REPORT_EVERY == 0:
            speed = BATCH * step / (time.monotonic() - began)
            tell(f"{step} steps, loss {np.mean(losses):.4f} a cell, {speed:.0f} scenes/s")
            losses.clear()
        if step % SAVE_EVERY == 0:
            training.save(path)
    training.save(path)
