from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.engines.readers.own.decode import glyphs_of, of_one_script, probability
from intake.engines.readers.own.model import Scores

ALPHABET = " аб"


def _scores(*frames: tuple[float, ...]) -> Scores:
    return np.asarray(np.log(np.array(frames, dtype=np.float32) + 1e-9), dtype=np.float32)


def test_letters_have_places_confidences_and_alternatives() -> None:
    scores = _scores(
        (0.9, 0, 0.1, 0), (0.1, 0, 0.7, 0.2), (0.1, 0, 0.6, 0.3), (1, 0, 0, 0), (0, 0, 0, 1)
    )
    first, second = glyphs_of(scores, ALPHABET)
    assert (first.text, first.start, first.end) == ("а", 1, 3)
    assert first.confidence == pytest.approx(0.7)
    assert dict(first.alternatives) == pytest.approx({"б": 0.2})
    assert (second.text, second.start, second.end) == ("б", 4, 5)
    assert second.confidence == pytest.approx(1.0)


def test_a_letter_that_may_have_been_left_out_lowers_the_next_ones_confidence() -> None:
    scores = _scores((0, 0, 1, 0), (0.6, 0.4, 0, 0), (0, 0, 0, 1))
    assert [g.confidence for g in glyphs_of(scores, ALPHABET)] == pytest.approx([1.0, 0.6])


def test_a_neighbours_own_letter_between_is_no_doubt() -> None:
    scores = _scores((0, 0, 1, 0), (0.6, 0, 0.2, 0.2), (0, 0, 0, 1))
    assert [g.confidence for g in glyphs_of(scores, ALPHABET)] == pytest.approx([1.0, 1.0])


def _collapsed(path: tuple[int, ...]) -> list[int]:
    pairs = zip((0, *path), path, strict=False)
    return [c for before, c in pairs if c and c != before]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.floats(0.01, 1), min_size=4, max_size=4), min_size=1, max_size=5),
    st.lists(st.integers(1, 3), max_size=3),
)
def test_a_probability_is_the_sum_over_all_paths(
    rows: list[list[float]], classes: list[int]
) -> None:
    likely = np.array(rows) / np.array(rows).sum(axis=1, keepdims=True)
    wanted = sum(
        float(np.prod([likely[frame, c] for frame, c in enumerate(path)]))
        for path in product(range(4), repeat=len(rows))
        if _collapsed(path) == classes
    )
    found = probability(np.log(likely).astype(np.float32), classes)
    assert found == pytest.approx(wanted, rel=1e-3, abs=1e-6)


def test_a_word_is_of_one_script_the_one_that_costs_less() -> None:
    alphabet = " кk7о"  # the third is Latin
    frames = (
        (0.0, 0, 0.3, 0.7, 0, 0), (1.0, 0, 0, 0, 0, 0), (0.0, 0, 0.1, 0.1, 0, 0.8),
        (0.0, 0, 0, 0, 1, 0), (0.0, 0, 0.2, 0.8, 0, 0),
    )  # fmt: skip
    glyphs = glyphs_of(of_one_script(_scores(*frames), alphabet), alphabet)
    assert "".join(glyph.text for glyph in glyphs) == "ко7k"  # a digit parts words
    assert glyphs[0].confidence == pytest.approx(1.0, abs=1e-3)  # «к» or «k», and no «k»
    assert glyphs[-1].confidence == pytest.approx(0.8, abs=1e-3)


def test_words_of_one_script_keep_their_scores() -> None:
    scores = _scores((0, 0, 1, 0), (1, 0, 0, 0), (0, 0, 0, 1))
    assert of_one_script(scores, ALPHABET) is scores
