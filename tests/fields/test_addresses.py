"""Addresses: how they are written, what is put right, and what is asked about."""

from __future__ import annotations

import pytest

from intake.domain.notice import Flag
from intake.fields.graded import Note
from intake.fields.names import grade_address
from intake.fields.reference import Reference
from tests.fields.writing import written


def test_both_spellings_are_candidates(reference: Reference) -> None:
    graded = grade_address(written("Ленин кочосу, 12"), reference)
    assert graded.flags == (Flag.AMBIGUOUS,)
    assert len(graded.candidates) == 2
    agreed = grade_address(written("Ленин кочосу, 12", "Ленин кочосу, 12"), reference)
    assert (agreed.value, agreed.flags) == ("Ленин кочосу, 12", ())


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        ("Аксыйский р-н, с. Арал, ул. Манаса, 5", "Аксыйский р-н. с. Арал. ул. Манаса. 5", 0),
        ("Ысык:Ата району, Манас көч., № 5", "Ысык:Ата району, Манас көч., № 5",
         "Ысык-Ата району, Манас көч., № 5"),
        ("с. Арал,ул. Манаса, 5", "с. Арал, ул. Манаса, 5", "с. Арал, ул. Манаса, 5"),
        ("Чүй обл., Кемин р-ну. Арал а., № 5", "Чүй обл., Кемин р-ну, Арал а., № 5",
         "Чүй обл., Кемин р-ну, Арал а., № 5"),
        ("с. Уч-Булак, ул. Дружбы, 58а", "с. Уч- Булак, ул. Дрүжбы, 58а", 0),
        ("с. Уч-Булак, ул. Токтогула 37А", "с. Уч-Булак, ул. Токтогула З7А", 0),
        ("с. Арал, ул. Манаса 50/1 «N", "с. Арал, ул. Манаса 50/1", "с. Арал, ул. Манаса 50/1"),
    ],
)  # fmt: skip
def test_parts_of_an_address_end_with_commas_and_its_words_are_known(
    first: str, second: str, value: str | int, reference: Reference
) -> None:
    graded = grade_address(written(first, second, language="ru"), reference)
    assert graded.value == (value or first)
    assert graded.flags == ()


def test_a_letter_alone_behind_an_address_is_a_stroke_asked_about(reference: Reference) -> None:
    graded = grade_address(written("с. Арал, ул. Манаса, 5, П"), reference)
    assert graded.value == "с. Арал, ул. Манаса, 5"
    assert graded.flags
    house = "с. Арал, ул. Манаса, 5 А"
    assert grade_address(written(house), reference).value == house


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Үч-Коргон айылы, Ж. Бөкөнбаев көчөсү 54 а.", "Үч-Коргон айылы, Ж. Бөкөнбаев көчөсү 54 а"),
        ("Кант ш., Ленин к., 4а.", "Кант ш., Ленин к., 4а"),
        ("Сары-Булак а., Токтогул к. 84-А.", "Сары-Булак а., Токтогул к. 84-А"),
        ("Каракол ш., Ленин к., н/ Ж", "Каракол ш., Ленин к., н/ж"),
    ],
)
def test_a_houses_letter_or_that_it_has_no_number(
    text: str, value: str, reference: Reference
) -> None:
    assert grade_address(written(text, text, language="ky"), reference).value == value


def test_an_address_without_a_digit_or_commas_on_a_dotted_rule_wants_a_look(
    reference: Reference,
) -> None:
    plain = "г. Нарын, ул. Советская, д. 179"
    assert grade_address(written(plain, plain), reference).flags == ()
    misread = "Токтогул көч., бл-үй"
    assert Note.NUMBERLESS in grade_address(written(misread, misread), reference).notes
    dotted = "Г. Нарын. ул.Советская. д. 179"
    assert Note.COMMAS_DOUBTFUL in grade_address(written(dotted, dotted), reference).notes


def test_no_mark_is_doubled(reference: Reference) -> None:
    once, doubled = "Ош обл., Мектеп к., 167-үй", "Ош обл.,, Мектеп к.., 167-үй"
    graded = grade_address(written(once, doubled), reference)
    assert (graded.value, graded.flags) == (once, ())


@pytest.mark.parametrize(("one", "other"), [
    ("Манас к. 55-б", "Манас к. 55-6"),
    ("ул. Киевская 44/4", "ул. Киевская 4414"),
    ("ул.50 лет Октября 3", "ул.5О лет Октября 3"),
    ("Ленин көч., 53", "Ленин көч.,53"),
])  # fmt: skip
def test_of_a_letter_or_stroke_and_a_digit_the_rarer_one_was_seen(
    one: str, other: str, reference: Reference
) -> None:
    assert grade_address(written(one, other), reference).value == one
    assert grade_address(written(other, one), reference).value == one


def test_a_house_without_a_number_is_said_to_have_none(reference: Reference) -> None:
    text = "Нарын обл., Мектеп к., н/ж"
    assert grade_address(written(text, text), reference).flags == ()


@pytest.mark.parametrize(("end", "is_asked"), [("37-6", True), ("4-6-үй", True), ("37/6", False)])
def test_a_flat_6_may_be_a_houses_letter(end: str, is_asked: bool, reference: Reference) -> None:
    text = f"Ош шаары, Ленин көчөсү, {end}"
    graded = grade_address(written(text, text, language="ky"), reference)
    assert (graded.value, Flag.AMBIGUOUS in graded.flags) == (text, is_asked)


def test_a_three_before_a_houses_digits(reference: Reference) -> None:
    text = "город Манас, улица Ленина, дом З6а"
    assert grade_address(written(text, text, language="ru"), reference).value.endswith("дом 36а")  # type: ignore[union-attr]


@pytest.mark.parametrize("end", ["б/н", "без номера", "номерсиз"])
def test_an_address_may_say_that_it_has_no_number(end: str, reference: Reference) -> None:
    text = f"Нарын шаары, Ленин көчөсү, {end}"
    assert grade_address(written(text, text, language="ky"), reference).flags == ()


def test_a_piece_of_a_word_read_twice_counts_as_unknown(reference: Reference) -> None:
    for text, unknown in (("г. Балыкчы ы, ул. Мира, 9", 1.0), ("г. Балыкчы, ул. Мира, 9 а", 0.0)):
        graded = grade_address(written(text, text, language="ru"), reference)
        assert graded.evidence["words_unknown"] == unknown


@pytest.mark.parametrize(
    ("address", "note"),
    [
        ("Араван району, Эчки-Башы айылы", None),
        ("Араванский район, с. Студенческое", None),
        ("Араван району, Достук көчөсү", Note.NUMBERLESS),
        ("г. Бишкек, ул. Чуйская, 13-", Note.INK_BESIDE),
        ("Талас району, Ак-Жар а. Совет көчөсү, 9", Note.COMMAS_DOUBTFUL),
        ("г. Токмок, ул. Панфилова, 146", None),
        ("г. Ош, ул. Телевизионная, 5", None),
        ("г. Ош, ул. Кирова № 5", None),
        ("Талас району Ак-Жар айылы Совет көчөсү 9", None),  # none has its comma
    ],
)
def test_an_address_that_may_lack_its_end_is_asked_about(
    address: str, note: Note | None, reference: Reference
) -> None:
    notes = grade_address(written(address, address), reference).notes
    assert notes == (() if note is None else (note,))


@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("г. Токмок, ул. Панфилова, 746", "г. Токмок, ул. Панфилова, 74б"),
        ("Достук көчөсү, 846-үй", "Достук көчөсү, 84б-үй"),
        ("г. Кербен, ул. Абая, ба", "г. Кербен, ул. Абая, 6а"),
        ("с. Ак-Джар, ул. Манаса, 1896", "с. Ак-Джар, ул. Манаса, 189б"),
        ("Көк-Жар айылы, 52-б Кир. № 126 07.12 23", "Көк-Жар айылы, 52-б"),
        ("жеке менчик Токмок шаары, Достук көчөсү, 9", "Токмок шаары, Достук көчөсү, 9"),
        ("муниципальная, Адрес Ош ш., Манас к. 9", "Ош ш., Манас к. 9"),
        ("Ош ш., Манас к. 9, тел.: 0312 54-12-33, e-mail: s5@mail.ru", "Ош ш., Манас к. 9"),
        ("түрү) Ош ш., Манас к. 9", "Ош ш., Манас к. 9"),
    ],
)
def test_what_no_address_has_is_put_right_and_asked_about(
    read: str, value: str, reference: Reference
) -> None:
    graded = grade_address(written(read, read), reference)
    assert (graded.value, graded.notes) == (value, (Note.SPELLING_UNSURE,))


@pytest.mark.parametrize("address", ["тел. 0312 54-12-33", "E-mail: s5@mail.kg", "00308200610153"])
def test_what_is_no_address_is_asked_about(address: str, reference: Reference) -> None:
    assert Flag.AMBIGUOUS in grade_address(written(address, address), reference).flags


@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("Ленин көч., 17За", "Ленин көч., 173а"),
        ("Советская көчөсү 76/З", "Советская көчөсү 76/3"),
        ("ул. Зорге 5", "ул. Зорге 5"),
    ],
)
def test_no_house_has_the_letter_of_a_digits_shape(
    read: str, value: str, reference: Reference
) -> None:
    assert grade_address(written(read, read), reference).value == value


def test_an_odd_sign_in_an_address_is_asked_about(reference: Reference) -> None:
    text = "Нооке! район, с. Шамши, ул. Ынтымак, 144"
    assert Flag.AMBIGUOUS in grade_address(written(text, text), reference).flags


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("Ноокат № 1", True),
        ("Узгенская школа-лицей № 6", True),
        ("с. Чолпон ул. Ленина 15", False),
        ("Кочкор, Ленина, 15", False),
    ],
)
def test_what_has_no_part_of_an_address_is_asked_about(
    text: str, is_asked: bool, reference: Reference
) -> None:
    graded = grade_address(written(text), reference)
    assert (Note.ADDRESS_UNUSUAL in graded.notes) is is_asked


@pytest.mark.parametrize(("read", "value"), [
    ("Сузак айылы, Достук к., З", "Сузак айылы, Достук к., 3"),
    ("Сузак айылы, Достук к., 14, П", "Сузак айылы, Достук к., 14"),
])  # fmt: skip
def test_a_house_is_no_stroke(read: str, value: str, reference: Reference) -> None:
    assert grade_address(written(read, read), reference).value == value
