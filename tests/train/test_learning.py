from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
import torch

from intake.engines.readers.own.model import Model
from intake.train.alphabet import ALPHABET, classes_of
from intake.train.batches import Batch
from intake.train.export import average, export, lines_seen, restore
from intake.train.learn import WARM_UP, Plan, Progress, Training, train
from intake.train.network import Recogniser


def _batch(pool: int = 0) -> Batch:
    rng = np.random.default_rng(pool)
    pixels = rng.integers(0, 255, (4, 40, 64)).astype(np.uint8)
    classes = np.array(classes_of("ңөү№"))
    return Batch(pool, pixels, np.full(4, 60), classes, np.ones(4, dtype=np.int64))


def test_the_loss_falls_on_lines_seen_again() -> None:
    training = Training(rate=0.05, seed=1, device="cpu")
    losses = [training.learn(_batch(), Plan(10_000)) for _ in range(25)]
    assert losses[-1] < 0.6 * losses[0]
    assert training.progress.lines == 100


def test_a_training_goes_on_where_it_was_saved(tmp_path: Path) -> None:
    state = tmp_path / "state.pt"
    first = Training(rate=0.01, seed=1, device="cpu")
    train(first, [_batch(n) for n in range(3)], Plan(12), state, print)
    second = Training(rate=0.01, seed=2, device="cpu")
    second.load(state)
    assert (second.progress.lines, second.progress.pool) == (12, 2)
    assert second.learn(_batch(9), Plan(100)) == pytest.approx(
        first.learn(_batch(9), Plan(100)), rel=0.02
    )


def test_a_training_ends_when_it_has_seen_its_lines(tmp_path: Path) -> None:
    training = Training(rate=0.01, seed=1, device="cpu")
    train(training, [_batch(n) for n in range(9)], Plan(8), tmp_path / "state.pt", print)
    assert training.progress.lines == 8


def test_the_rate_warms_up_stays_and_cools_down() -> None:
    plan = Plan(lines=1000, cool_down=0.4)
    shares = [
        plan.rate_share(Progress(lines=lines, steps=steps))
        for lines, steps in ((0, 0), (500, WARM_UP), (800, 9999), (1000, 9999), (1200, 9999))
    ]
    assert shares == pytest.approx([1 / WARM_UP, 1.0, 0.5, 0.0, 0.0])


def test_a_plan_ends_with_its_time() -> None:
    plan = Plan(lines=10**9, seconds=100, began=time.monotonic() - 75)
    assert plan.left(Progress(lines=5)) == pytest.approx(0.25, abs=0.01)
    assert Plan(lines=10**9, seconds=1, began=time.monotonic() - 5).left(Progress()) == 0


def fresh(seed: int) -> Recogniser:
    """Return a network whose weights are all different: equal tensors would be written once."""
    torch.manual_seed(seed)
    network = Recogniser()
    network.eval()
    for value in network.state_dict().values():
        if value.is_floating_point():
            value.add_(0.02 * torch.rand_like(value))
    return network


def test_exported_weights_say_the_same_and_come_back(tmp_path: Path) -> None:
    network, path = fresh(3), tmp_path / "m.onnx"
    export(network, "2026-01-02, 75 lines", path)
    strip = np.random.default_rng(1).integers(0, 255, (40, 100)).astype(np.uint8)
    model = Model(path)
    with torch.no_grad():
        wanted = network(torch.from_numpy(strip)[None, None] / 255).log_softmax(-1)[:, 0].numpy()
    assert np.abs(model.scores(strip) - wanted).max() < 1e-3
    assert (model.alphabet, model.version) == (ALPHABET, "2026-01-02, 75 lines")
    assert lines_seen(path) == 75
    back = Recogniser()
    restore(back, path)
    same = zip(back.state_dict().values(), network.state_dict().values(), strict=True)
    assert all(torch.equal(a, b) for a, b in same)


def test_the_mean_of_two_exported_weights(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("newer.onnx", "older.onnx", "mean.onnx")]
    networks = []
    for seed, path in enumerate(paths[:2]):
        networks.append(fresh(seed))
        export(networks[-1], f"2026-01-0{seed + 1}, {seed} lines", path)
    average(paths[0], paths[1], 0.75, paths[2])
    mean = Recogniser()
    restore(mean, paths[2])
    for name, value in mean.state_dict().items():
        if value.is_floating_point():
            newer, older = (network.state_dict()[name] for network in networks)
            assert torch.allclose(value, 0.75 * newer + 0.25 * older, atol=1e-6)
    assert lines_seen(paths[2]) == lines_seen(paths[0])
