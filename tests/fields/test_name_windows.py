"""Names among strokes that were read as letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.domain.geometry import Box
from intake.domain.text import Letter, Word
from intake.fields.name_windows import likeliest_name
from intake.fields.reference import load_reference
from intake.fields.words import Words
from intake.options import TEMPLATES


@pytest.fixture(scope="module")
def known() -> Words:
    return load_reference(Path(TEMPLATES) / "reference").words


def read(text: str, confidence: float = 0.9) -> list[Word]:
    words, x = [], 0.1
    for piece in text.split():
        letters = []
        for sign in piece:
            letters.append(Letter(sign, Box(x, 0.5, x + 0.01, 0.51), confidence))
            x += 0.01
        words.append(Word(tuple(letters), Box.around(one.box for one in letters), confidence))
        x += 0.01
    return words


@pytest.mark.parametrize(
    ("seen", "name"),
    [
        ("ТНГг Сыдыгалиев Бакыт", "Сыдыгалиев Бакыт"),
        ("ЛД С.Т. Ковальчук", "С.Т. Ковальчук"),
        ("Шевцов У. К. ыо", "Шевцов У. К."),
        ("ГЛ БорубаеваБ.О.", "Борубаева Б.О."),
        ("Жж Асан уулу Талантбек", "Асан уулу Талантбек"),
        ("ор: Исак кызы Т. ТТ", "Исак кызы Т."),
        ("гт Атаниязова С.А", "Атаниязова С.А"),
        ("орозбаков Тилек Осмонович", "орозбаков Тилек Осмонович"),
    ],
)
def test_a_name_is_found_among_strokes(seen: str, name: str, known: Words) -> None:
    assert likeliest_name(read(seen), known).text == name


@pytest.mark.parametrize("seen", ["ГЛ ТТ", "(подпись, печать)", "Тилек Осмонович", "Ч. 17", ""])
def test_what_is_no_whole_name_is_none(seen: str, known: Words) -> None:
    assert likeliest_name(read(seen), known).likeness == 0.0


def test_surer_letters_speak_more_for_a_name(known: Words) -> None:
    sure, unsure = (likeliest_name(read("Шевцов У.К.", share), known) for share in (0.9, 0.5))
    assert sure.likeness > unsure.likeness > 0


def test_the_place_of_the_seal_far_behind_a_name_is_none_of_it(known: Words) -> None:
    near = read("Белекова М.П.")
    assert likeliest_name(near, known).text == "Белекова М.П."
    far = [*read("Ж. Белекова"), *(word for word in read(f"{'_' * 30} М.П.")[1:])]
    assert likeliest_name(far, known).text == "Ж. Белекова"
