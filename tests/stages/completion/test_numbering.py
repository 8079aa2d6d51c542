"""The numbers of a list's items, which are no value's."""

from __future__ import annotations

import pytest

from intake.stages.completion.rows.numbering import numbering_in
from tests.stages.completion.test_retyped import FOOT, HEAD, VALUES, read
from tests.typed import typed_page


def numbers(text: str) -> str:
    page = typed_page(text)
    found = numbering_in({1: page})
    letters = [letter for line in page.lines for word in line.words for letter in word.letters]
    return "".join(letter.text for letter in letters if (1, letter.box) in found)


@pytest.mark.parametrize(("text", "own"), [
    ("1. Школа\n2. Адрес\n3. Глава", "1.2.3."),
    ("1) Школа\n2) Адрес\nул. Ленина\n3) Глава", "1)2)3)"),
    ("1. Школа\n2. Адрес\nЗ. Глава\n4. Дата", "1.2.З.4."),  # read as a letter
    ("1. Школа\n1.1. Имя\n1.2. ИНН\n1.3. ОКПО\n2. Центр", "1.1.1.2.1.3."),
    ("8. Школа\n9. Адрес\n10. Глава", ""),  # a list begins at its beginning
    ("1. Школа\n2. Адрес", ""),
    ("12.05.2023 Школа\n13.05.2023 Адрес\n14.05.2023 Глава", ""),
])  # fmt: skip
def test_the_numbers_of_a_list(text: str, own: str) -> None:
    assert numbers(text) == own


def test_a_value_ends_before_the_next_items_number() -> None:
    rows = (
        f"1. {VALUES['organization_name']}\n2. ОКПО {VALUES['organization_okpo']}\n"
        f"З. ИНН {VALUES['organization_inn']}\n4. форма собственности муниципальная\n"
        f"5. адрес {VALUES['address']}\n6. уведомляет о том, что создан Ресурсный центр\n"
    )
    fields = read(HEAD + rows + FOOT).fields
    for name in ("organization_name", "organization_okpo", "organization_inn"):
        assert fields[name].value == VALUES[name]
