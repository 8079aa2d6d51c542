from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.train.alphabet import ALPHABET, classes_of, fold, text_of


def test_the_alphabet_has_what_papers_are_written_with() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET)
    for text in ("ҢӨҮңөү", "Ёё", "№ 7", "«» “” „", "XXI", "– -", "0123456789", "(а/б)"):
        assert set(text) <= set(ALPHABET)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert set(folded) <= set(ALPHABET)


def test_look_alikes_are_folded() -> None:
    assert fold("Ѳ ѳ ӊ — ’") == "ө ң – '"
    assert fold("а\u00a0 б") == "а б"


@given(st.text(alphabet=ALPHABET, max_size=30))
def test_classes_say_the_text_when_a_blank_stands_between(text: str) -> None:
    frames = [c for letter in classes_of(text) for c in (letter, letter, 0)]
    assert text_of(frames) == text


def test_a_letter_held_for_several_frames_is_one() -> None:
    a, b = classes_of("аб")
    assert text_of([0, a, a, 0, 0, b, b, b]) == "аб"
    assert text_of([a, 0, a]) == "аа"
