"""The recogniser's weights: checked when they are loaded, run on one thread."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from intake.engines.checked import read_checked
from intake.engines.readers.own.strips import HEIGHT, Strip
from intake.errors import Failed

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Scores = NDArray[np.float32]
"""Logarithms of probabilities, frames×classes."""

MODEL = Path(__file__).with_name("recogniser.onnx")
FRAME = 4
"""Columns of pixels a frame."""


def is_installed(path: Path = MODEL) -> bool:
    """Tell whether the weights and what runs them are there."""
    return path.is_file() and find_spec("onnxruntime") is not None


class Model:
    """The network, held in memory; ``alphabet`` says what its classes from 1 on stand for."""

    def __init__(self, path: Path = MODEL) -> None:
        self._session = _opened(read_checked(path))
        properties = self._session.get_modelmeta().custom_metadata_map
        self.alphabet: str = properties["alphabet"]
        self.version: str = properties["version"]

    def scores(self, strip: Strip) -> Scores:
        """Return the scores of a strip (40×width) of any width, a frame every four columns."""
        spare = -strip.shape[1] % FRAME
        wide = np.pad(strip, ((0, 0), (0, spare))).astype(np.float32) / 255
        (found,) = self._session.run(None, {"strips": wide.reshape(1, 1, HEIGHT, -1)})
        scores = np.asarray(found, dtype=np.float32)[:, 0]
        highest = scores.max(axis=1, keepdims=True)
        scores -= highest + np.log(np.exp(scores - highest).sum(axis=1, keepdims=True))
        return scores


def _opened(content: bytes) -> InferenceSession:
    # read once, while it loads: else it keeps files about this machine, and sends them
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime  # noqa: PLC0415
    except ImportError as error:
        raise Failed("the own reader needs onnxruntime; pip install onnxruntime") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
