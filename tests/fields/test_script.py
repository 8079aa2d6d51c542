from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake.fields.script import (
    Language,
    collapse,
    fold,
    same_text,
    sort_key,
    squeeze,
    tidy,
    unify_letters,
)

LANGUAGES: tuple[Language, ...] = ("ky", "ru")
WILD = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "өүңӨҮҢѳɵʏӊєїЇ\\ъёABCOXYaeopcxyIV№«»“”„\"'‚,.-–—() 0123456789абвгджУ\u0306"
        ),
        st.characters(codec="utf-8"),
    ),
    max_size=40,
)


def digits(text: str) -> list[str]:
    return [sign for sign in text if sign.isdigit()]


@settings(max_examples=300, deadline=None)
@given(WILD)
@example("''")
@example('« " »')
@example("Є\u0308x")
@example(". .")
@example("' '")
def test_every_normaliser_is_idempotent_and_invents_no_digit(text: str) -> None:
    for once in (collapse, tidy, fold, squeeze):
        result = once(text)
        assert once(result) == result
        assert len(digits(result)) <= len(digits(text))
    for language in LANGUAGES:
        unified = unify_letters(text, language)
        assert unify_letters(unified, language) == unified
        assert len(digits(unified)) == len(digits(text))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Kapа-Cуу", "ky", "Кара-Суу"),
        ("мѳѳнѳткѳ", "ky", "мөөнөткө"),
        ("Тоӊ", "ky", "Тоң"),
        ("БИЛДИРYY", "ky", "БИЛДИРҮҮ"),
        ("Ємїрбек", "ky", "Өмүрбек"),
        ("ъткър\\лгън", "ky", "өткөрүлгөн"),
        ("подъезд, ёлка", "ky", "подъезд, ёлка"),
        ("302737-3301-OOO", "ru", "302737-3301-ООО"),
        ("XXI кылым, IV чейрек", "ky", "XXI кылым, IV чейрек"),
        ("school@mail.kg сайт http://a.kg/о", "ru", "school@mail.kg сайт http://a.kg/о"),
        ("ул. Ленина 5A", "ru", "ул. Ленина 5А"),  # typed Latin, meant Cyrillic
        ("дом 12-B, 3-б", "ru", "дом 12-В, 3-б"),
        ("AB 5, LS 437160", "ru", "АВ 5, LS 437160"),
    ],
)
def test_letters_of_other_alphabets(text: str, language: Language, expected: str) -> None:
    assert unify_letters(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Мурас" бала бакчасы', "«Мурас» бала бакчасы"),
        ("“Супер Апп“", "«Супер Апп»"),
        ("«Частная школа “Илим”»", "«Частная школа «Илим»»"),
        ("с . Беловодское ‚ ул. Ленина , 5", "с. Беловодское, ул. Ленина, 5"),
        ("Ысык–Көл", "Ысык-Көл"),
        ("№ 5\u00a0орто  мектеби", "№ 5 орто мектеби"),
        ("(  жеке )", "(жеке)"),
    ],
)
def test_tidy(text: str, expected: str) -> None:
    assert tidy(text) == expected


def test_keys() -> None:
    assert fold("«Өзгөн» району") == fold("Озгон  РАЙОНУ")
    assert squeeze("Ысык-Көл") == squeeze("ысык кол")
    assert same_text("“Мурас” бала бакчасы", "«МУРАС» бала бакчасы")
    assert not same_text("Ош", "Өш")
    names = ["Өзгөн", "Ош", "Нарын", "Ңарын", "Үч", "Ууз", "Ёлка", "Елка"]
    assert sorted(names, key=sort_key) == [
        "Елка", "Ёлка", "Нарын", "Ңарын", "Ош", "Өзгөн", "Ууз", "Үч",
    ]  # fmt: skip
