"""The recogniser's network: strips to letters, a column of four pixels at a time."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from intake.train.alphabet import ALPHABET

FRAME = 4
"""Columns of pixels a frame."""

WIDTHS = (32, 64, 96, 128, 160)
DEPTH = 256
HIDDEN = 128
BLOCKS = 4


class Recogniser(nn.Module):
    """Depthwise-separable convolutions, residual one-dimensional blocks, one LSTM both ways.

    Takes lines×1×40×width, 0 = paper .. 1 = ink, width a multiple of 4; returns
    frames×lines×classes, unnormalised; class 0 is CTC's blank.
    """

    def __init__(self) -> None:
        super().__init__()
        a, b, c, d, e = WIDTHS
        self.eyes = nn.Sequential(
            nn.Conv2d(1, a, 3, 2, 1, bias=False), nn.BatchNorm2d(a), nn.ReLU(inplace=True),
            _separable(a, b, (1, 1)), _separable(b, c, (2, 2)), _separable(c, d, (1, 1)),
            _separable(d, e, (2, 1)),
            nn.Conv2d(e, DEPTH, (5, 1), bias=False), nn.BatchNorm2d(DEPTH), nn.ReLU(inplace=True),
        )  # fmt: skip
        self.blocks = nn.Sequential(*(_Block() for _ in range(BLOCKS)))
        self.memory = nn.LSTM(DEPTH, HIDDEN, bidirectional=True)
        self.letters = nn.Linear(2 * HIDDEN, len(ALPHABET) + 1)

    def forward(self, strips: Tensor) -> Tensor:
        """Return the scores of every class for every frame."""
        seen = self.blocks(self.eyes(strips).squeeze(2))
        remembered, _ = self.memory(seen.permute(2, 0, 1).contiguous())
        scores: Tensor = self.letters(remembered)
        return scores


class _Block(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.inner = nn.Sequential(
            nn.Conv1d(DEPTH, DEPTH, 5, padding=2, groups=DEPTH, bias=False),
            nn.BatchNorm1d(DEPTH), nn.ReLU(inplace=True),
            nn.Conv1d(DEPTH, DEPTH, 1, bias=False), nn.BatchNorm1d(DEPTH),
        )  # fmt: skip

    def forward(self, seen: Tensor) -> Tensor:
        return torch.relu(seen + self.inner(seen))


def _separable(inside: int, outside: int, stride: tuple[int, int]) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inside, inside, 3, stride, 1, groups=inside, bias=False),
        nn.BatchNorm2d(inside), nn.ReLU(inplace=True),
        nn.Conv2d(inside, outside, 1, bias=False),
        nn.BatchNorm2d(outside), nn.ReLU(inplace=True),
    )  # fmt: skip
