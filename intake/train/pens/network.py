"""The network that finds signatures: a picture to cells, four pixels a side each."""

from __future__ import annotations

import torch
from torch import Tensor, nn

WIDTH = 48
REACHES = (1, 2, 1, 4, 2, 8, 4, 1, 2)
"""How far apart the pixels are that a block joins; together they see a whole seal."""


class PenFinder(nn.Module):
    """Depthwise-separable convolutions at a quarter of the size, residual blocks that reach far.

    Takes pictures×1×height×width, 0 = paper .. 1 = ink; returns scores, unnormalised, a quarter
    as high and wide: how likely a signature's stroke is in each cell.
    """

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            _convolved(1, 16, 5, stride=2),
            _convolved(16, 16, 3, groups=16), _convolved(16, 32, 1),
            _convolved(32, 32, 3, stride=2, groups=32), _convolved(32, WIDTH, 1),
            *(_Block(reach) for reach in REACHES),
            nn.Conv2d(WIDTH, 1, 1),
        )  # fmt: skip

    def forward(self, pictures: Tensor) -> Tensor:
        """Return the score of every cell."""
        scores: Tensor = self.layers(pictures)
        return scores


class _Block(nn.Module):
    def __init__(self, reach: int) -> None:
        super().__init__()
        self.inner = nn.Sequential(
            nn.Conv2d(WIDTH, WIDTH, 3, 1, reach, reach, WIDTH, bias=False),
            nn.BatchNorm2d(WIDTH), nn.ReLU(inplace=True),
            nn.Conv2d(WIDTH, WIDTH, 1, bias=False), nn.BatchNorm2d(WIDTH),
        )  # fmt: skip

    def forward(self, seen: Tensor) -> Tensor:
        return torch.relu(seen + self.inner(seen))


def _convolved(
    inside: int, outside: int, side: int, stride: int = 1, groups: int = 1
) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inside, outside, side, stride, side // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outside), nn.ReLU(inplace=True),
    )  # fmt: skip
