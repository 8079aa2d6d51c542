"""Writes the weights as an ONNX file, so that OpenCV can run it without further libraries."""

from __future__ import annotations

import io
from pathlib import Path

import torch
from torch import nn

from intake.train.export import OPSET, write_model
from intake.train.pens.network import PenFinder
from intake.train.pens.scenes import PICTURE


def export(network: PenFinder, version: str, path: Path) -> None:
    """Write a network that says probabilities, its normalisations folded into its convolutions."""
    whole = nn.Sequential(network, nn.Sigmoid()).eval()
    written = io.BytesIO()
    torch.onnx.export(
        whole, (torch.zeros(1, 1, *PICTURE),), written,
        input_names=["picture"], output_names=["cells"], opset_version=OPSET, dynamo=False,
    )  # fmt: skip
    write_model(written.getvalue(), {"version": version}, path)
