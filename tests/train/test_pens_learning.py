from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from onnxruntime import InferenceSession

from intake.engines.checked import read_checked
from intake.train.pens.export import export
from intake.train.pens.learn import PenTraining, train
from intake.train.pens.network import PenFinder
from intake.train.pens.scenes import CELLS, PICTURE, Sample


@pytest.fixture
def sample() -> Sample:
    """A square of ink on grained paper: whatever is in it is signed."""
    picture = np.random.default_rng(1).uniform(0, 0.2, PICTURE).astype(np.float32)
    cells = np.zeros(CELLS, dtype=np.float32)
    picture[40:80, 100:180], cells[10:20, 25:45] = 1, 1
    return Sample(picture, cells)


def test_the_loss_falls_on_samples_seen_again(sample: Sample) -> None:
    training = PenTraining(steps=20, seed=1)
    losses = [training.learn([sample]) for _ in range(6)]
    assert losses[-1] < 0.8 * losses[0]


def test_a_training_takes_its_steps_and_is_saved(tmp_path: Path, sample: Sample) -> None:
    drawn = 0

    def samples() -> Iterator[Sample]:
        nonlocal drawn
        for each in repeat(sample):
            drawn += 1
            yield each

    training, path, told = PenTraining(steps=2, seed=1), tmp_path / "pens.pt", list[str]()
    train(training, samples(), path, told.append)
    assert (drawn, told, path.exists()) == (20, [], True)
    back = PenFinder()
    back.load_state_dict(torch.load(path, weights_only=True))
    same = zip(back.state_dict().values(), training.network.state_dict().values(), strict=True)
    assert all(torch.equal(a, b) for a, b in same)


def test_the_network_is_small_and_answers_for_any_size() -> None:
    network = PenFinder().eval()
    assert sum(value.numel() for value in network.parameters()) < 30_000
    with torch.no_grad():
        assert network(torch.zeros(2, 1, 64, 200)).shape == (2, 1, 16, 50)


def test_exported_weights_say_the_same_everywhere(tmp_path: Path, sample: Sample) -> None:
    training, path = PenTraining(steps=20, seed=2), tmp_path / "pen.onnx"
    for _ in range(3):  # so that the normalisations have something to fold
        training.learn([sample, sample])
    export(training.network, "2026-01-02, 3 steps", path)
    session = InferenceSession(read_checked(path), providers=["CPUExecutionProvider"])
    assert session.get_modelmeta().custom_metadata_map["version"] == "2026-01-02, 3 steps"
    picture = sample.picture[None, None]
    with torch.no_grad():
        wanted = training.network(torch.from_numpy(picture)).sigmoid().numpy()
    (cells,) = session.run(["cells"], {"picture": picture})
    opened = cv2.dnn.readNetFromONNX(np.frombuffer(read_checked(path), np.uint8))
    opened.setInput(picture)
    assert wanted.shape == (1, 1, *CELLS)
    assert np.abs(cells - wanted).max() < 1e-3
    assert np.abs(np.asarray(opened.forward()) - wanted).max() < 1e-3
    assert b"BatchNormalization" not in path.read_bytes()
