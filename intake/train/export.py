"""Writes the weights as an ONNX file with its SHA-256 beside it, and reads them back."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from intake.engines.readers.own.strips import HEIGHT
from intake.train.alphabet import ALPHABET
from intake.train.network import Recogniser

OPSET = 17
_SAMPLE_WIDTH = 256


def export(network: Recogniser, version: str, path: Path) -> None:
    """Write a network in evaluation mode; the alphabet and the version go into the file."""
    network.eval()
    written = io.BytesIO()
    torch.onnx.export(
        network, (torch.zeros(1, 1, HEIGHT, _SAMPLE_WIDTH),), written,
        input_names=["strips"], output_names=["scores"], opset_version=OPSET, dynamo=False,
        dynamic_axes={"strips": {0: "lines", 3: "width"}, "scores": {0: "frames", 1: "lines"}},
        training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False,
    )  # fmt: skip
    write_model(written.getvalue(), {"alphabet": ALPHABET, "version": version}, path)


def write_model(content: bytes, properties: dict[str, str], path: Path) -> None:
    """Write an ONNX model with properties of its own, and its SHA-256 beside it."""
    model = onnx.load_model_from_string(content)
    onnx.helper.set_model_props(model, properties)
    whole = model.SerializeToString()
    path.write_bytes(whole)
    digest = hashlib.sha256(whole).hexdigest()
    path.with_name(f"{path.name}.sha256").write_text(f"{digest}  {path.name}\n", encoding="ascii")


def average(newer: Path, older: Path, share: float, path: Path) -> None:
    """Write the mean of two exported files' weights, ``share`` of the newer one's and its version.

    Weights that one training took from the other's often err less together: each end of a
    training is chance's as well.
    """
    model, other = onnx.load(newer), onnx.load(older)
    before = {tensor.name: numpy_helper.to_array(tensor) for tensor in other.graph.initializer}
    for tensor in model.graph.initializer:
        weights = numpy_helper.to_array(tensor)
        if np.issubdtype(weights.dtype, np.floating):
            mean = share * weights + (1 - share) * before[tensor.name]
            tensor.CopyFrom(numpy_helper.from_array(mean.astype(weights.dtype), tensor.name))
    properties = {each.key: each.value for each in model.metadata_props}
    write_model(model.SerializeToString(), properties, path)


def lines_seen(path: Path) -> int:
    """Return how many lines an exported file's weights were trained on, as its version says."""
    properties = {each.key: each.value for each in onnx.load(path).metadata_props}
    found = re.search(r"(\d+) lines", properties.get("version", ""))
    return int(found[1]) if found else 0


def restore(network: nn.Module, path: Path) -> None:
    """Load the weights of an exported file back, to go on training from it."""
    tensors = {
        tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(path).graph.initializer
    }
    state = network.state_dict()
    for name, value in state.items():
        if name.endswith("num_batches_tracked"):
            continue
        state[name] = torch.from_numpy(np.array(tensors[name])).reshape(value.shape)
    network.load_state_dict(state)
