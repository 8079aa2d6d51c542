from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.domain.notice import Flag
from intake.fields.cleaning import clean, trim
from intake.fields.graded import Note
from intake.fields.lines import rejoined
from intake.fields.name_shapes import name_likeness, name_words
from intake.fields.names import grade_address, grade_name, grade_text
from intake.fields.persons import grade_person
from intake.fields.reference import Reference, load_reference
from intake.fields.script import Language
from tests.fields.writing import REFERENCE_FOLDER, own_first, written

LOADED = load_reference(REFERENCE_FOLDER)


@pytest.mark.parametrize(("text", "note"), [
    ("«Оксфорд»", Note.WHAT_IT_IS),
    ("№ 12", Note.INK_BESIDE),
    ("Токтогул Сатылганов атындагы", Note.INK_BESIDE),
])  # fmt: skip
def test_a_name_that_does_not_say_what_it_is_of_lacks_a_part(
    text: str, note: Note, reference: Reference
) -> None:
    graded = grade_name(written(text, text), reference)
    assert (graded.value, graded.notes) == (text, (note,))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("«Бишкек ш. Ленин районунун № 72 мектепке чейинки билим берүү уюму» мекемеси", "ky"),
        ("Токтогул атындагы №84 орто билим берүү мектеби", "ky"),
        ("«Мурас» ЖЧК", "ky"),
        ("Учреждение «Средняя общеобразовательная школа № 5»", "ru"),
        ("СОШ № 12 им. Токтогула", "ru"),
        ("Национальная школа-лицей инновационных технологий имени А. Молдокулова", "ru"),
    ],
)
def test_names_as_written(text: str, language: Language, reference: Reference) -> None:
    for second in (None, text):
        graded = grade_name(written(text, second, language=language), reference)
        assert (graded.value, graded.flags) == (text, ())
        assert graded.evidence["words_known"] > 0.7


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        ("№ 5 орто билим беруу мектеби", "№ 5 орто билим берүү мектеби", None),
        ("Ме 5 орто мектеби", "№ 5 орто мектеби", "№ 5 орто мектеби"),
        ("«Мурас бала бакчасы", "«Мурас» бала бакчасы", "«Мурас» бала бакчасы"),
        ("№ 1З орто мектеби", "№ 13 орто мектеби", "№ 13 орто мектеби"),
        ("№ 5 орто мектебн", "№ 5 орто мектеби", "№ 5 орто мектеби"),
        ("№ 5 орто мектеби ‚", "№ 5 орто мектеби", "№ 5 орто мектеби"),
        (
            "мектеп, Ленин көчөсү. Нарын",
            "мектеп, Ленин кечөсү, Нарын",
            "мектеп, Ленин көчөсү, Нарын",
        ),
        (
            "мектеп, Ленин көчөсү; Нарын",
            "мектеп, Ленин көчөсү, Нарын",
            "мектеп, Ленин көчөсү, Нарын",
        ),
        ("Частный детский. сад «А»", "Частный детский. сад «А»", "Частный детский сад «А»"),
        ("№98. мектеп-гимназиясы", "№98 мектеп-гимназиясы", "№98 мектеп-гимназиясы"),
        ("мМурас» бала бакчасы", "«Мурас» бала бакчасы", "«Мурас» бала бакчасы"),
        ("М 5 орто мектеби", "№ 5 орто мектеби", "№ 5 орто мектеби"),
        ("№5 мектеп+гимназия", "№5 мектеп-гимназия", "№5 мектеп-гимназия"),
        ("__№ 5 орто мектеби__", "№ 5 орто мектеби", "№ 5 орто мектеби"),
        ("Ос0О «Мурас»", "Ос0О «Мурас»", "ОсОО «Мурас»"),
        (
            "школа, Сузакский район, № 5",
            "школа, Сузакский, район, № 5",
            "школа, Сузакский район, № 5",
        ),
    ],
)
def test_the_second_reading_settles(
    first: str, second: str, value: str | None, reference: Reference
) -> None:
    graded = grade_name(written(first, second), reference)
    assert (graded.value, graded.flags) == (value or second, ())
    swapped = grade_name(written(second, first), reference)
    assert (swapped.value, swapped.flags) == (value or second, ())


@pytest.mark.parametrize(
    ("first", "second", "note"),
    [
        ("№ 12 орто мектеби", "№ 17 орто мектеби", Note.READINGS_DISAGREE),
        ("Асанова атындагы мектеп", "Асанов атындагы мектеп", Note.READINGS_DISAGREE),
        ("Жапарбаевас мектеби", "Жапарбаев мектеби", Note.READINGS_DISAGREE),
        ("орто мектеби", "№ 5 орто мектеби", Note.READINGS_DISAGREE),
        ("обшеобразовательная", "обшеобразовательная", Note.SPELLING_UNSURE),
        ("«Мурас бала бакчасы", None, Note.QUOTES_UNBALANCED),
        ("Ме 5 орто мектеби", None, Note.SIGNS_REPAIRED),
        ("орто билим беруу мектеби", None, Note.KYRGYZ_LETTERS),
        ("орто мектебж кыргызской республнки", None, Note.SPELLING_UNSURE),
    ],
)
def test_what_stays_open_is_never_silent(
    first: str, second: str | None, note: Note, reference: Reference
) -> None:
    graded = grade_name(written(first, second), reference)
    assert note in graded.notes
    assert graded.flags


@pytest.mark.parametrize(
    "text",
    ["Асанов Бакыт Токтогулович", "К.К. Иманалиев", "Осмонова Г. А.", "Асан уулу Бакыт",
     "М.Дж. Усеналиев", "Осмонова Гүлнара Өмүрбековна", "ИМАНАЛИЕВ К.К.", "Исак кызы Т."],
)  # fmt: skip
def test_persons(text: str, reference: Reference) -> None:
    for second in (None, text):
        graded = grade_person(written(text, second), reference)
        assert (graded.value, graded.flags) == (text, ())
    assert grade_person(written(f"ФИО {text} (подпись)"), reference).value == text


@pytest.mark.parametrize(
    "text",
    [
        "№ 5 орто мектеби",
        "Асанов 5 Бакыт",
        "а",
        "асанов бакыт",
        "Иманалиев",
        "КУ. Нурматов",
        "Исак кызы",
    ],
)
def test_what_is_no_name_is_flagged(text: str, reference: Reference) -> None:
    assert grade_person(written(text), reference).flags


@pytest.mark.parametrize(
    ("text", "name"),
    [("Га Бакетаев Асанбай Бх", "Бакетаев Асанбай"), ("Акамбаев: Бакай", "Акамбаев Бакай"),
     ("Абдыкалыков П.А", "Абдыкалыков П.А."),
     ("„Орозбаков Тилек", "Орозбаков Тилек"), ("ТЖумабеков Марат", "Жумабеков Марат"),
     ("сатыбалдиев Жыргалбек", "Сатыбалдиев Жыргалбек"), ("Турдубаева с.п.", "Турдубаева С.П."),
     ("Тологонов К.Э..", "Тологонов К.Э."), ("…..Тологонов К.Э....", "Тологонов К.Э."),
     ("Асанов Асан Асанович М.О.", "Асанов Асан Асанович"),
     ("Руководитель Асанов Асан", "Асанов Асан"),
     ("АбыловА. К.", "Абылов А. К."), ("э зон Куйкеева Самара", "Куйкеева Самара")],
)  # fmt: skip
def test_dirt_beside_a_name_is_left_out(text: str, name: str, reference: Reference) -> None:
    assert grade_person(written(text, text), reference).value == name
    assert grade_person(written(name, text), reference).value == name


def test_a_patronymic_without_its_surname_is_asked_about(reference: Reference) -> None:
    graded = grade_person(written("Суйумкан Толкунбековна"), reference)
    assert graded.flags == (Flag.AMBIGUOUS,)


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("Самат кызы Азиз", (Note.NAME_ENDS,)),
        ("Асанов Айгуль Маратовна", (Note.NAME_ENDS,)),
        ("Асанова Айбек Маратович", (Note.NAME_ENDS,)),
        ("Самат кызы Азиза", ()),
        ("Асан уулу Кубат", ()),
        ("Асанова Айгуль Маратовна", ()),
        ("Асанов А.М.", ()),
    ],
)
def test_parts_of_a_name_that_do_not_agree_are_asked_about(
    name: str, notes: tuple[Note, ...], reference: Reference
) -> None:
    assert grade_person(written(name, name), reference).notes == notes


def test_a_word_of_which_each_reading_lost_an_end_is_whole_and_asked_about(
    reference: Reference,
) -> None:
    seen = "ЖОЛБОРСОВ Иманбек {}"
    graded = grade_person(written(seen.format("Калыбекови"), seen.format("алыбекович")), reference)
    assert (graded.value, bool(graded.flags)) == (seen.format("Калыбекович"), True)


def test_the_number_sign_keeps_its_space_and_streets_their_letter(reference: Reference) -> None:
    assert grade_name(written("«Школа №85»", "«Школа М°85»"), reference).value == "«Школа №85»"
    assert grade_address(written("үл. Манаса, 5"), reference).value == "ул. Манаса, 5"


def test_a_point_behind_a_whole_word_ends_the_line_not_the_name(reference: Reference) -> None:
    name = "«Айгөлөк» мектепке чейинки билим берүү уюму"
    assert grade_name(written(f"{name}..", f"{name}."), reference).value == name


def test_a_word_that_says_no_name_is_asked_about(reference: Reference) -> None:
    assert grade_name(written("уюму", "уюму"), reference).flags


def test_a_last_initial_without_its_point_is_offered_with_and_without(reference: Reference) -> None:
    graded = grade_person(written("Кадырова Г.А", "Кадырова Г.А"), reference)
    assert graded.flags
    assert {"Кадырова Г.А", "Кадырова Г.А."} <= {each.value for each in graded.candidates}
    assert not grade_person(written("Кадырова Г.А", "Кадырова Г.А."), reference).flags


def test_strokes_are_no_name(reference: Reference) -> None:
    for stroke in ("БЦ", "л.", "К.М."):
        graded = grade_person(written(stroke, stroke), reference)
        assert (graded.value, graded.flags) == (None, (Flag.UNREADABLE,))


@pytest.mark.parametrize("text", ["", "____", " . - "])
def test_nothing_written(text: str, reference: Reference) -> None:
    for grade in (grade_name, grade_address, grade_person, grade_text):
        graded = grade(written(text), reference)
        assert (graded.value, graded.flags) == (None, ())


TEXT = st.text(alphabet="абвөүңёТКМ №«»\"'.,-_|0123456789OaА°\\", max_size=30)


@settings(deadline=None, max_examples=200)
@given(TEXT)
def test_cleaning_is_idempotent_and_invents_no_digit(text: str) -> None:
    once = clean(text, "ky")
    assert clean(once, "ky") == once
    assert trim(trim(text)) == trim(text)
    assert [s for s in once if s.isdigit()] == [s for s in text if s.isdigit()]


@settings(deadline=None, max_examples=200)
@given(TEXT, TEXT)
def test_a_value_is_made_of_what_was_read(first: str, second: str) -> None:
    graded = grade_text(written(first, second), LOADED)
    if graded.value is not None:
        digits = {s for s in graded.value if s.isdigit()}
        assert digits <= {s for s in first + second if s.isdigit()}
        if not graded.flags:
            again = grade_text(written(graded.value, graded.value), LOADED)
            assert again.value == graded.value


@pytest.mark.parametrize(("words", "name"), [
    ("УУЛД Акрамова Толгонай Кутмановна", "Акрамова Толгонай Кутмановна"),
    ("АКРАМОВА Толгонай Кутмановна", "АКРАМОВА Толгонай Кутмановна"),
    ("“№ Нуриддинова А. А.", "Нуриддинова А. А."),
    ("Ахметова А, М, м.п.", "Ахметова А, М, м.п."),
    ("М.О.", ""),
    ("М.О. Асанов", "М.О. Асанов"),
    ("1чв 7", "1чв 7"),
])  # fmt: skip
def test_what_was_read_of_signature_and_seal_is_no_part_of_a_name(words: str, name: str) -> None:
    parts = words.split()
    kept = [part for part, fits in zip(parts, name_words(parts), strict=True) if fits]
    assert " ".join(kept) == name


def test_words_read_alike_twice_count_as_known_unless_near_to_a_known_one(
    reference: Reference,
) -> None:
    strange, near = "Ковальчук Ү.А.", "Салырова Айгүл"

    def known(first: str, second: str) -> float:
        return grade_person(written(first, second), reference).evidence["names_known"]

    assert known(strange, strange) == 1.0
    assert known(strange, "Ковальчум Ү.А.") == 0.0
    assert known(near, near) < 1.0


def test_a_mark_below_a_letter_is_a_speck(reference: Reference) -> None:
    assert grade_name(written("Детский с\u0327ад № 6"), reference).value == "Детский сад № 6"


def test_a_hyphen_at_a_line_s_end(reference: Reference) -> None:
    assert rejoined("д. 24-\nб", reference.words) == "д. 24-б"
    assert rejoined("рай-\nон", reference.words) == "район"


def test_a_caption_is_less_like_a_name_than_the_name() -> None:
    assert name_likeness(["Шевцов", "У.", "К."]) > name_likeness(["БАКА?", "гуу)?"])
    assert name_likeness(["Жапар", "кызы", "Чолпон"]) > name_likeness(["кабу,", "ме", "ру"])


@pytest.mark.parametrize(("prefers_second", "value"), [(True, "Зыркубек"), (False, "Зырлубек")])
def test_what_stays_unsettled_is_as_the_better_reader_has_it(
    prefers_second: bool, value: str, reference: Reference
) -> None:
    once = written("«Зырлубек» мектеби", "«Зыркубек» мектеби")
    graded = grade_name(replace(once, prefers_second=prefers_second), reference)
    assert graded.value == f"«{value}» мектеби"
    assert graded.flags


@pytest.mark.parametrize(
    ("own", "other", "value"),
    [
        ("Токтогул кызы Ольга", "М. Токтогул кызы Ольга", "Токтогул кызы Ольга"),
        ("Школа № 5", "Школа № 5 ГКР", "Школа № 5"),
        ("Школа имени Токтогула", "Школа № 5 имени Токтогула", "Школа № 5 имени Токтогула"),
    ],
)
def test_what_the_weaker_reading_alone_saw_at_an_end_is_asked_about_not_taken(
    own: str, other: str, value: str, reference: Reference
) -> None:
    graded = grade_name(own_first(own, other), reference)
    assert (graded.value, Flag.AMBIGUOUS in graded.flags) == (value, True)


@pytest.mark.parametrize(
    ("own", "other", "value"),
    [
        ("«Умай жеке мектеби", "«Умай» жеке мектеби", "«Умай» жеке мектеби"),
        ("г. Ош, ул. Ленина 5", "«г. Ош, ул. Ленина 5", "г. Ош, ул. Ленина 5"),
        ("«№ 5 мектеби»", "«№№ 5 мектеби»", "«№ 5 мектеби»"),
        ("«№41 мектеби»", "«'№41 мектеби»", "«№41 мектеби»"),
    ],
)
def test_quotes_and_signs_stand_as_the_reading_has_them_that_makes_sense(
    own: str, other: str, value: str, reference: Reference
) -> None:
    assert grade_name(own_first(own, other), reference).value == value


def test_a_given_name_but_for_a_letter_of_like_shape_is_asked_about(reference: Reference) -> None:
    text = "Иманкулов Вакыт Мамытович"
    graded = grade_person(written(text, text, language="ky"), reference)
    assert (graded.value, graded.flags) == (text, (Flag.AMBIGUOUS,))
    assert "Иманкулов Бакыт Мамытович" in [candidate.value for candidate in graded.candidates]


@pytest.mark.parametrize(
    ("read", "value"), [("смонкулова Б. Т.", "Осмонкулова Б. Т."), ("адыркулова А. А.", None)]
)
def test_a_surnames_lost_first_letter_comes_back_where_one_name_has_it(
    read: str, value: str | None, reference: Reference
) -> None:
    graded = grade_person(written(read, read, language="ky"), reference)
    assert graded.value == (value or read[0].upper() + read[1:])
    assert Flag.AMBIGUOUS in graded.flags


def test_how_sure_the_first_reader_is_where_the_readings_differ(reference: Reference) -> None:
    same, doubted = "Кара-Булак мектеби", "Кара-Бупак мектеби"
    alike = replace(written(same, same, language="ky"), prefers_second=False)
    differing = replace(written(same, doubted, language="ky"), prefers_second=False)
    assert grade_name(alike, reference).evidence["disputed_min"] == 1.0
    least = grade_name(differing, reference).evidence["disputed_min"]
    assert least == pytest.approx(0.97)  # that of every letter written here
    worse_first = replace(differing, prefers_second=True)
    assert "disputed_min" not in grade_name(worse_first, reference).evidence


@pytest.mark.parametrize(
    ("word", "is_sound"), [("Рысмендиев", True), ("Асаков", False), ("Токтогул", True)]
)
def test_a_surname_read_alike_twice_is_sound_unless_shapes_mislead(
    word: str, is_sound: bool, reference: Reference
) -> None:
    text = f"{word} Улан"
    evidence = grade_person(written(text, text, language="ky"), reference).evidence
    assert (evidence["names_known"] == 1.0) is is_sound


@pytest.mark.parametrize(
    ("read", "value", "is_asked"),
    [
        ("Организация Муниципальный детский сад", "Муниципальный детский сад", True),
        (
            "Организация дошкольного образования № 5",
            "Организация дошкольного образования № 5",
            False,
        ),
    ],
)
def test_a_label_of_a_retyped_form_is_no_part_of_the_name(
    read: str, value: str, is_asked: bool, reference: Reference
) -> None:
    graded = grade_name(written(read, read, language="ru"), reference)
    assert (graded.value, Flag.AMBIGUOUS in graded.flags) == (value, is_asked)


def test_an_initial_of_two_letters_begins_with_a_capital(reference: Reference) -> None:
    graded = grade_person(written("Дж. А. Осмонова", "дж. А. Осмонова"), reference)
    assert (graded.value, graded.flags) == ("Дж. А. Осмонова", ())


@pytest.mark.parametrize(
    ("name", "alternatives", "is_asked"),
    [
        ("Асанова В.", {0: ("Ф", 0.1)}, True),
        ("Асанова В.", {}, False),  # two readings have it alike, and surely
        ("В. Асанова", {0: ("Ф", 0.1)}, False),
        ("Асанова В. А.", {0: ("Ф", 0.1)}, False),
        ("Асанов Бакыт", {0: ("Ф", 0.1)}, False),
    ],
)
def test_a_surname_with_one_initial_behind_it_may_lack_the_other(
    name: str, alternatives: dict[int, tuple[str, float]], is_asked: bool, reference: Reference
) -> None:
    whole = written(name, name, language="ru", alternatives=alternatives)
    graded = grade_person(whole, reference)
    assert (graded.value, Flag.AMBIGUOUS in graded.flags) == (name, is_asked)


@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("“УВК школа № 52 имени М. Рыскулбекова", "«УВК школа № 52 имени М. Рыскулбекова»"),
        ("ДОО №46 „Ак-Шоокум 66", "ДОО №46 «Ак-Шоокум»"),  # what “ looks like
        ("„№ 66 мектеби 66 мекемеси", "«№ 66 мектеби» мекемеси"),
        ('Мамлекеттик " № 58 мектеп" мекемеси', "Мамлекеттик «№ 58 мектеп» мекемеси"),
    ],
)
def test_quotes_that_were_half_read(read: str, value: str, reference: Reference) -> None:
    graded = grade_name(written(read, read, language="ru"), reference)
    assert graded.value == value


@pytest.mark.parametrize(
    ("second", "value"),
    [("ОсОО «Школа «Умай»", "ОсОО «Школа «Умай»"), ("ОсОО «Школа «Умай»»", "ОсОО «Школа «Умай»»")],
)
def test_one_quote_may_close_two(second: str, value: str, reference: Reference) -> None:
    graded = grade_name(written("ОсОО «Школа «Умай»", second, language="ru"), reference)
    assert (graded.value, graded.flags) == (value, ())


def test_a_quote_that_was_never_closed_is_asked_about(reference: Reference) -> None:
    text = "Школа «Горизонт"
    graded = grade_name(written(text, text, language="ru"), reference)
    assert (graded.value, Flag.AMBIGUOUS in graded.flags) == ("Школа «Горизонт»", True)


@pytest.mark.parametrize("name", ["Ли Ольга Мамытовна", "Н. И. Цой", "Ким Эльвира"])
def test_korean_surnames_are_known(name: str, reference: Reference) -> None:
    graded = grade_person(written(name, name, language="ru"), reference)
    assert (graded.value, graded.flags, graded.evidence["words_unknown"]) == (name, (), 0.0)


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [("Камолова Тамара Дос", True), ("Асан уулу Бакыт", False), ("Асанова Айгүл Маратовна", False)],
)
def test_a_third_name_is_a_fathers_or_cut_short(
    name: str, is_asked: bool, reference: Reference
) -> None:
    graded = grade_person(written(name, name, language="ky"), reference)
    assert (Flag.AMBIGUOUS in graded.flags) is is_asked


def test_a_colon_at_a_misread_word_is_no_comma(reference: Reference) -> None:
    first, second = "Детский центр Ромашка", "Детский цен: Ромашка"
    text = replace(written(first, second, language="ru"), prefers_second=False)
    assert grade_name(text, reference).value == first


def test_a_dot_between_a_number_sign_and_its_number_is_dirt() -> None:
    assert clean("“№ .56 мектеп-лицейи” мекемеси", "ky") == "«№ 56 мектеп-лицейи» мекемеси"


@pytest.mark.parametrize(
    ("name", "second", "is_alike"),
    [
        ("Нышанов Н. К.", "Нышанов Н. К...", True),
        ("Өскөнбай Акматович Жусуев", "...Өскөнбай Акматович Жусуев", True),
        ("Калмурзаев Б.О.", "Калмурзаев Б.О,", True),
        ("Абдырахманова Гүлнара Омуровна", "__Абдырахманова Гүлнара Омуровна “2, а , И А1", True),
        ("Акунов Т.К.", "ФИО Акунов Т.К.: АКУНОВ", True),
        ("Т. Акунова", "Ж. Т. Акунова", False),
        ("Акунова Ү.", "„Акунова ҮТ", False),
        ("Омуровна", "за Ырыс Омуровна", False),
    ],
)
def test_strokes_and_rules_beside_a_name_are_no_part_of_its_second_reading(
    name: str, second: str, is_alike: bool, reference: Reference
) -> None:
    graded = grade_person(written(name, second), reference)
    assert (graded.evidence["agree"] == 1.0) is is_alike
    assert (Note.READINGS_DISAGREE in graded.notes) is not is_alike


def test_a_name_of_as_many_letters_lost_none(reference: Reference) -> None:
    def has_all(second: str) -> bool:
        evidence = grade_person(written("Акунов С. К.", second), reference).evidence
        return evidence["all_letters"] == 1.0

    assert has_all("Акуног СК.")
    assert not has_all("Акунов С. К. Т.")


@pytest.mark.parametrize(
    ("first", "second", "is_asked"),
    [
        ("Акунов с.п.", "Акунов с.п.", False),
        ("акунов С.П.", "акунов С.П.", False),
        ("Акунов А.ж.", "Акунов А.ж.", False),
        ("Акунов А.ж.", None, True),  # «А.Дж.»
        ("лдашева Айгүл", "лдашева Айгүл", True),
    ],
)
def test_small_letters_of_a_name_are_asked_about_where_one_before_them_may_be_lost(
    first: str, second: str | None, is_asked: bool, reference: Reference
) -> None:
    graded = grade_person(written(first, second), reference)
    assert (Note.SPELLING_UNSURE in graded.notes) is is_asked


def test_a_kyrgyz_letter_read_twice_is_believed(reference: Reference) -> None:
    """Seldom is one seen that is not there: «булун» is known, «булуң» is the village's name."""

    def notes(text: str) -> tuple[Note, ...]:
        return grade_text(written(text, text), reference).notes

    assert Note.KYRGYZ_LETTERS not in notes("Сары-Булуң айылы, мектөп")
    assert Note.KYRGYZ_LETTERS in notes("Билим берүү болумү")


@pytest.mark.parametrize(("second", "is_short"), [("КР, Ош", True), ("КВ, Ош", False)])
def test_any_two_letters_are_a_word(second: str, is_short: bool, reference: Reference) -> None:
    evidence = grade_text(written("КВ, Ош", second), reference).evidence
    assert (evidence["short_disputed"] == 1.0) is is_short


@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("бала бакчасы..,", "бала бакчасы"),
        ("Калмак-Ашуу а., 63)", "Калмак-Ашуу а., 63"),
        ("Школа (лицей)", "Школа (лицей)"),
        ("Достук көчөсү, 12-үй.", "Достук көчөсү, 12-үй"),
        ("ул. Мира, 3 кв.", "ул. Мира, 3 кв."),
        ("„Көгүчкөн “бала бакчасы", "«Көгүчкөн» бала бакчасы"),
        ("Азизов Ң.А., аңыз", "Азизов Н.А., аңыз"),
    ],
)
def test_points_and_quotes_of_a_reading_are_put_right(read: str, value: str) -> None:
    assert clean(read, "ky") == value


@pytest.mark.parametrize(
    "read",
    [
        "СОШ № 23 имени А. Тоголокова 2. ИНН: 02801199410204",
        "27.11.2023 СОШ № 23 имени А. Тоголокова",
    ],
)
def test_label_and_stamp_are_no_part_of_a_name_and_told(read: str, reference: Reference) -> None:
    graded = grade_name(written(read, read, language="ru"), reference)
    assert graded.value == "СОШ № 23 имени А. Тоголокова"
    assert graded.flags


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("Т. Акунова", "Ж. Т. Акунова", "Ж. Т. Акунова"),
        ("Акунова Т.", "Акунова Т. Ж.", "Акунова Т. Ж."),
        ("Акунова Айгүл", "П. Акунова Айгүл", "Акунова Айгүл"),  # a stroke: no initial is left
    ],
)
def test_an_initial_that_one_reading_lost_is_taken_from_the_other_and_asked_about(
    first: str, second: str, name: str, reference: Reference
) -> None:
    graded = grade_person(replace(written(first, second), prefers_second=False), reference)
    assert (graded.value, Note.READINGS_DISAGREE in graded.notes) == (name, True)


@pytest.mark.parametrize(("name", "is_asked"), [("Башир уулу", True), ("Башир уулу Тынай", False)])
def test_a_name_does_not_end_with_whose_son_it_is(
    name: str, is_asked: bool, reference: Reference
) -> None:
    graded = grade_person(written(name, name), reference)
    assert (Note.NAME_UNUSUAL in graded.notes) is is_asked


def test_a_number_and_an_initial_are_two_words(reference: Reference) -> None:
    for read in ("№ 31Б. Кайыпов атындагы орто мектеп", "№ 31 Б. Кайыпов атындагы орто мектеп"):
        graded = grade_name(written(read, read), reference)
        assert graded.value == "№ 31 Б. Кайыпов атындагы орто мектеп"
    assert grade_name(written("№ 31Б мектеп", "№ 31Б мектеп"), reference).value == "№ 31Б мектеп"


def test_a_schools_number_is_no_house(reference: Reference) -> None:
    graded = grade_name(written("Орто мектеп № 246", "Орто мектеп № 246"), reference)
    assert (graded.value, graded.notes) == ("Орто мектеп № 246", ())


@pytest.mark.parametrize("name", ["Школа-гимназия №", "по", "Школа № 5 00308200610153"])
def test_a_name_that_is_not_whole_or_another_fields_is_asked_about(
    name: str, reference: Reference
) -> None:
    assert Flag.AMBIGUOUS in grade_name(written(name, name), reference).flags


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("«Келечек» жеке менчик лицейи.", "«Келечек» жеке менчик лицейи"),
        ("Школа № 5 им. Н.Б.", "Школа № 5 им. Н.Б."),
    ],
)
def test_a_name_ends_before_its_sentences_point(
    text: str, value: str, reference: Reference
) -> None:
    assert grade_name(written(text), reference).value == value


def test_a_date_within_a_name_is_asked_about(reference: Reference) -> None:
    graded = grade_name(written("«24» мая 2023 г. Школа-гимназия № 5"), reference)
    assert Flag.AMBIGUOUS in graded.flags


@pytest.mark.parametrize("word", ["Асаналиёва", "Токтосунёвич"])
def test_dots_that_no_name_has_are_asked_about(word: str, reference: Reference) -> None:
    assert Flag.AMBIGUOUS in grade_name(written(f"Школа им. {word}"), reference).flags
    assert Flag.AMBIGUOUS in grade_person(written(f"Асанов Асан {word}"), reference).flags


def test_the_next_sentence_behind_a_house_is_asked_about(reference: Reference) -> None:
    graded = grade_address(written("Кеңеш айылы, Өмүралиев к., 12. Уюм"), reference)
    assert Flag.AMBIGUOUS in graded.flags
