from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from intake.errors import Failed
from intake.train.alphabet import ALPHABET
from intake.train.texts import Texts, read_words
from intake.train.words import word_lists


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    ky, ru = tmp_path / "kir.words", tmp_path / "rus.words"
    ky.write_text("мектеп\nөкмөт\nжаңы\n123\nword\n", encoding="utf-8")
    ru.write_text("школа\nобразование\n", encoding="utf-8")
    return Texts({"ky": ky, "ru": ru})


def test_words_of_other_letters_are_left_out(texts: Texts) -> None:
    assert texts.words["ky"] == ("мектеп", "өкмөт", "жаңы")


def test_texts_fit_and_keep_to_the_alphabet(texts: Texts) -> None:
    rng = Random(3)
    drawn = [texts.draw(rng, 20) for _ in range(600)]
    assert all(1 <= len(text) <= 20 for text in drawn)
    assert set("".join(drawn)) <= set(ALPHABET)
    assert not [text for text in drawn if text != " ".join(text.split())]


def test_the_same_seed_draws_the_same_texts(texts: Texts) -> None:
    once, again = ([texts.draw(Random(seed), 40) for seed in range(50)] for _ in range(2))
    assert once == again


def test_all_that_forms_hold_is_drawn(texts: Texts) -> None:
    rng = Random(1)
    drawn = "\n".join(texts.draw(rng, 60) for _ in range(1500))
    for pattern in (
        "[ңөү]",
        "[ҢӨҮ]",
        "№",
        "ОКПО",
        r"\d{14}",
        r"\bXXI?\b",
        r"[a-z]\d+@mail",
        "«",
        "жыл",
    ):
        assert re.search(pattern, drawn), pattern


def test_sensible_texts_have_no_latin_letter(texts: Texts) -> None:
    rng = Random(2)
    assert not re.search("[A-Za-z]", "".join(texts.draw_sensible(rng, 40) for _ in range(300)))


def test_words_begin_with_letters_that_only_height_tells(texts: Texts) -> None:
    rng = Random(4)
    drawn = " ".join(texts.draw(rng, 40) for _ in range(1500)).split()
    alike = "ВЖЗИЙКЛМНОПСТУХЦЧШЩЭЮЯӨҮҢ"
    assert sum(word[0] in alike for word in drawn) > 0.2 * len(drawn)


def test_missing_word_lists_are_told_with_their_remedy(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"intake\.train words"):
        word_lists(tmp_path)


def test_read_words_keeps_hyphens(tmp_path: Path) -> None:
    path = tmp_path / "words"
    path.write_text("Ысык-Көл\nа\n", encoding="utf-8")
    assert read_words(path) == ("Ысык-Көл",)
