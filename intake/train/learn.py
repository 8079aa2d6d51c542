"""The training loop: resumable, its state in one file."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from intake.train.batches import Batch
from intake.train.network import FRAME, Recogniser

WARM_UP = 400
"""Steps until the rate is full."""

SAVE_SECONDS = 240
_AVERAGE = 0.998
_CLIP = 2.0
_REPORT_EVERY = 50


@dataclass
class Progress:
    """How far the training is: lines and steps done, the next pool to draw.

    ``before``: lines that the weights had seen with which it began.
    """

    lines: int = 0
    steps: int = 0
    pool: int = 0
    loss: float = field(default=math.nan)
    before: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to train: lines in all, or seconds from now on, whatever is over first.

    ``cool_down`` is the share, at the end, over which the rate falls to nothing.
    """

    lines: int
    seconds: float = math.inf
    cool_down: float = 0.4
    began: float = field(default_factory=time.monotonic)

    def left(self, progress: Progress) -> float:
        """Return the share that is still to come, 1 .. 0."""
        lines = 1 - progress.lines / self.lines
        seconds = 1 - (time.monotonic() - self.began) / self.seconds
        return max(min(lines, seconds), 0.0)

    def rate_share(self, progress: Progress) -> float:
        """Return the learning rate as a share of the highest: warm up, stay, cool down."""
        warm = min((progress.steps + 1) / WARM_UP, 1.0)
        return warm * min(self.left(progress) / self.cool_down, 1.0)


class Training:
    """A network, its running average (which is what gets exported) and its optimiser."""

    def __init__(self, rate: float, seed: int, device: str) -> None:
        torch.manual_seed(seed)
        self.device = device
        # processors that know no bfloat16 take many times as long over it
        self.is_halved = device != "cpu" or "512" in torch.backends.cpu.get_cpu_capability()
        self.rate = rate
        self.network = Recogniser().to(device, memory_format=torch.channels_last)
        self.average = AveragedModel(
            self.network, multi_avg_fn=get_ema_multi_avg_fn(_AVERAGE), use_buffers=True
        )
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
        )
        self.progress = Progress()

    def learn(self, batch: Batch, plan: Plan) -> float:
        """Take one step at the rate that the plan has now; return the loss a letter."""
        for group in self.optimiser.param_groups:
            group["lr"] = self.rate * plan.rate_share(self.progress)
        loss = self._loss(batch)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
        self.optimiser.step()
        if self.progress.steps >= WARM_UP:
            self.average.update_parameters(self.network)
        self.progress.steps += 1
        self.progress.lines += len(batch.widths)
        self.progress.pool = batch.pool
        return float(loss.detach())

    def _loss(self, batch: Batch) -> Tensor:
        strips = torch.from_numpy(batch.pixels).to(self.device)[:, None] / 255
        strips = strips.contiguous(memory_format=torch.channels_last)
        with torch.autocast(self.device.split(":")[0], torch.bfloat16, enabled=self.is_halved):
            scores = self.network(strips)
        frames = torch.from_numpy(-(-batch.widths // FRAME))
        losses = functional.ctc_loss(
            scores.float().log_softmax(-1), torch.from_numpy(batch.classes).to(self.device),
            frames, torch.from_numpy(batch.lengths), reduction="none", zero_infinity=True,
        )  # fmt: skip
        return losses.sum() / float(batch.lengths.sum())

    def save(self, path: Path) -> None:
        """Write everything that is needed to go on; the old file stays until it is whole."""
        new = path.with_suffix(".new")
        torch.save(
            {
                "network": self.network.state_dict(), "average": self.average.state_dict(),
                "optimiser": self.optimiser.state_dict(), "progress": vars(self.progress),
            },
            new,
        )  # fmt: skip
        new.replace(path)

    def load(self, path: Path) -> None:
        """Go on from a saved state."""
        state = torch.load(path, map_location=self.device, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.progress = Progress(**state["progress"])


def train(
    training: Training, batches: Iterable[Batch], plan: Plan, path: Path,
    tell: Callable[[str], None],
) -> None:  # fmt: skip
    """Learn from batches until they or the plan end; save now and then."""
    losses: list[float] = []
    saved = began = time.monotonic()
    start = training.progress.lines
    for batch in batches:
        losses.append(training.learn(batch, plan))
        progress = training.progress
        if progress.steps % _REPORT_EVERY == 0:
            progress.loss = float(np.mean(losses))
            speed = (progress.lines - start) / (time.monotonic() - began)
            tell(f"{progress.lines} lines, loss {progress.loss:.4f} a letter, {speed:.0f} lines/s")
            losses.clear()
        if time.monotonic() - saved > SAVE_SECONDS:
            training.save(path)
            saved = time.monotonic()
        if not plan.left(progress):
            break
    training.save(path)
