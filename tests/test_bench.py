"""The bench: both ways of reading measured on one small drawn notice."""

from __future__ import annotations

from pathlib import Path

from intake.bench import bench
from intake.bench.race import PLAIN, PRODUCT
from intake.score import read_lines
from intake.synth.draw import draw_set


def test_both_ways_are_measured_on_the_same_notice(tmp_path: Path) -> None:
    draw_set(tmp_path, 1, 5, ["office", "language=ru", "scanner=grey-200", "file=png"])
    truth = read_lines(tmp_path / "truth.jsonl")
    files = [tmp_path / str(truth[0]["source"])]
    product, plain = bench(files, truth, (PRODUCT, PLAIN))
    for result in (product, plain):
        assert (result.files, result.failed) == (1, 0)
        assert result.seconds_a_page > 0.1
        assert result.peak_megabytes > 20
    assert product.found == product.notices == len(truth)
    right, asked = product.all_fields
    assert right > 0.7 * asked
