from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from intake.domain.geometry import Box
from intake.domain.text import Letter, Line, PageText, Word
from intake.layout.bands import bands_of, in_order
from intake.layout.order import column_orders, reading_order, row_order

ASPECT = 210 / 297
HIGH, PITCH = 0.012, 0.018  # of the page's height: 10 point print, single spaced


def _word(text: str, left: float, top: float, high: float = HIGH) -> Word:
    advance = 0.6 * high / ASPECT
    letters = tuple(
        Letter(c, Box(left + i * advance, top, left + (i + 0.9) * advance, top + high), 0.9)
        for i, c in enumerate(text)
    )
    return Word(letters, Box.around(letter.box for letter in letters), 0.9)


def _words(text: str, left: float, top: float, slope: float = 0.0) -> list[Word]:
    """Set a line of words from here; ``slope`` in page heights per page width."""
    words: list[Word] = []
    start = left
    for part in text.split():
        words.append(_word(part, left, top + slope * (left - start)))
        left = words[-1].box.right + 0.5 * HIGH / ASPECT
    return words


def _block(lines: Sequence[str], left: float, top: float) -> list[Word]:
    return [w for n, line in enumerate(lines) for w in _words(line, left, top + n * PITCH)]


def _texts(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in lines]


def _shuffled(words: list[Word], seed: int = 1) -> list[Word]:
    Random(seed).shuffle(words)
    return words


MINISTRY = ["Кыргыз Республикасынын", "Билим берүү жана илим", "министрлиги"]
DEPARTMENT = ["Ош облусунун", "Өзгөн районунун", "(шаардын)", "Билим берүү бөлүмү"]
AYIL = ["Ош облусунун", "Өзгөн районунун", "Айыл өкмөтү"]


def test_three_addressees_beside_each_other_are_read_one_after_the_other() -> None:
    words = _block(MINISTRY, 0.05, 0.2) + _block(DEPARTMENT, 0.38, 0.2) + _block(AYIL, 0.68, 0.2)
    words += _words("КАБАРЛОО", 0.42, 0.32)
    ordered = reading_order(_shuffled(words), ASPECT)
    assert _texts(ordered) == [*MINISTRY, *DEPARTMENT, *AYIL, "КАБАРЛОО"]


def test_values_centred_on_their_blanks_are_no_column_of_their_own_in_some_order() -> None:
    department = _words("Отдел образования", 0.38, 0.2) + _words("(города)", 0.38, 0.2 + 2 * PITCH)
    for row, (value, label) in enumerate([("Кеминского", "района"), ("Чуйской", "области")]):
        top = 0.2 + (1 + 2 * row) * PITCH
        department += _words(value, 0.4, top) + _words(label, 0.58, top)
    words = _block(["Министерство", "образования и науки"], 0.1, 0.2) + department
    expected = ["Отдел образования", "Кеминского района", "(города)", "Чуйской области"]
    orders = [_texts(order) for order in column_orders(_shuffled(words), ASPECT)]
    assert ["Министерство", "образования и науки", *expected] in orders


def test_columns_that_nearly_touch_in_one_row_are_columns_in_some_order() -> None:
    words = _block(DEPARTMENT, 0.1, 0.2)
    left = words[-1].box.right + 0.9 * HIGH / ASPECT
    words += _block(["Ош облусунун", "Өзгөн районунун", "(шаардын)", "Айыл өкмөтү"], left, 0.2)
    orders = [_texts(order) for order in column_orders(_shuffled(words), ASPECT)]
    assert [*DEPARTMENT, "Ош облусунун", "Өзгөн районунун", "(шаардын)", "Айыл өкмөтү"] in orders


def test_specks_between_rows_do_not_end_their_columns() -> None:
    words = _block(DEPARTMENT, 0.1, 0.2) + _block(AYIL, 0.6, 0.2)
    speck = _word(".", 0.45, 0.2 + HIGH + 0.003, high=0.001)
    texts = _texts(reading_order([*words, speck], ASPECT))
    assert [text for text in texts if text != "."] == [*DEPARTMENT, *AYIL]


def test_across_the_page_the_same_rows_are_lines() -> None:
    words = _block(MINISTRY, 0.05, 0.2) + _block(AYIL, 0.68, 0.2)
    assert _texts(row_order(_shuffled(words), ASPECT))[0] == f"{MINISTRY[0]} {AYIL[0]}"


def test_a_label_and_its_value_stay_on_one_line() -> None:
    words = _words("Директор", 0.1, 0.5) + _words("Ж. Ж. Өмүралиев", 0.62, 0.5)
    words += _words("(колу, мөөрү)", 0.25, 0.52)
    words += _words("дата 12 май", 0.1, 0.57) + _words("2023-ж.", 0.5, 0.57)
    expected = ["Директор Ж. Ж. Өмүралиев", "(колу, мөөрү)", "дата 12 май 2023-ж."]
    assert _texts(reading_order(_shuffled(words), ASPECT)) == expected


def test_a_table_of_labels_and_values_is_read_row_by_row() -> None:
    rows = [("Полное наименование", "Школа № 5"), ("ОКПО", "24034767"), ("ИНН", "02607201410323")]
    words: list[Word] = []
    for number, (label, value) in enumerate(rows):
        top = 0.3 + 1.2 * PITCH * number
        words += _words(label, 0.1, top) + _words(value, 0.5, top)
    assert _texts(reading_order(_shuffled(words), ASPECT)) == [f"{a} {b}" for a, b in rows]


def test_a_comma_belongs_to_the_line_it_hangs_from() -> None:
    words = _words("мектеби", 0.1, 0.3) + _words("ОКПО 12345678", 0.4, 0.3)
    words += _words("(толук аталышы)", 0.1, 0.3 + PITCH)
    words.append(_word(",", 0.38, 0.3 + 0.85 * HIGH, high=0.3 * HIGH))
    expected = ["мектеби , ОКПО 12345678", "(толук аталышы)"]
    assert _texts(reading_order(_shuffled(words), ASPECT)) == expected


@given(st.floats(-0.008, 0.008), st.integers(0, 1000))
def test_rows_hold_on_a_page_that_is_not_quite_level(slope: float, seed: int) -> None:
    texts = [
        "юрдикалык фактылык дареги Чүй облусу Сокулук району",
        "мектепке чейинки же мектептеги билим берүү маселелери",
        "чеберчиликтин ресурстук борбору түзүлгөндүгү тууралуу",
    ]
    words = [w for n, text in enumerate(texts) for w in _words(text, 0.1, 0.4 + n * PITCH, slope)]
    assert _texts(reading_order(_shuffled(words, seed), ASPECT)) == texts


_PLACED = st.builds(
    _word,
    st.text("абвгд0123.,", min_size=1, max_size=8),
    st.integers(0, 790).map(lambda left: left / 1000),  # eight of the widest letters still fit
    st.floats(0, 0.95),
    st.floats(0.005, 0.03),
)


@given(st.lists(_PLACED, max_size=25))
def test_no_word_is_lost_or_said_twice(words: list[Word]) -> None:
    for order in (reading_order, row_order):
        found = [word for line in order(words, ASPECT) for word in line.words]
        assert sorted(map(id, found)) == sorted(map(id, words))
        for line in order(words, ASPECT):
            lefts = [word.box.left for word in line.words]
            assert lefts == sorted(lefts)


_IN_COLUMNS = st.builds(
    _word,
    st.sampled_from(["2", "202", "айылы", "өкмөтүнүн"]),
    st.sampled_from([0.1, 0.11, 0.2, 0.5, 0.505, 0.51, 0.6]),
    st.integers(0, 4).map(lambda row: 0.3 + row * PITCH),
)


@given(st.lists(_IN_COLUMNS, min_size=4, max_size=20))
def test_words_that_overlap_beside_a_gutter_lose_nothing(words: list[Word]) -> None:
    lines = reading_order(words, ASPECT)
    assert sorted(id(word) for line in lines for word in line.words) == sorted(map(id, words))
    page = PageText(lines, "drawn", ASPECT)
    bands = bands_of(page)
    for order in range(max(len(band.orders) for band in bands)):
        chosen = {n: order for n, band in enumerate(bands) if order < len(band.orders)}
        held = [word for line in in_order(bands, chosen) for word in line.words]
        assert sorted(map(id, held)) == sorted(map(id, words))


def test_an_empty_page_has_no_lines() -> None:
    assert reading_order([], ASPECT) == ()


def test_a_signature_read_as_a_word_makes_no_one_line_of_two() -> None:
    label, name = _words("Директор", 0.1, 0.6), _words("Турдубаев Эсенкан", 0.6, 0.597)
    caption = _words("(колу, мөөрү)", 0.35, 0.62)
    signature = _word("Ута", 0.3, 0.595, high=0.04)
    ordered = reading_order(_shuffled([*label, *name, *caption, signature]), ASPECT)
    texts = [text.replace("Ута ", "") for text in _texts(ordered)]
    assert texts[:2] == ["Директор Турдубаев Эсенкан", "(колу, мөөрү)"]


def test_a_value_above_its_column_is_read_there_though_the_column_beside_is_blank() -> None:
    blank, filled = ["облусунун", "районунун"], ["Талас", "облусунун", "Талас", "районунун"]
    words = _words("Талас", 0.7, 0.2) + _words("облусунун", 0.4, 0.2 + PITCH)
    words += _words("районунун", 0.4, 0.2 + 3 * PITCH) + _block(filled[1:], 0.7, 0.2 + PITCH)
    assert _texts(reading_order(_shuffled(words), ASPECT)) == [*blank, *filled]


def test_a_value_typed_a_little_above_its_line_stays_in_it() -> None:
    """Descenders of the print below and a typewriter's capitals above share less than half."""
    words = _words("председатель", 0.1, 0.2) + _words("Осмоналиев", 0.24, 0.2 - 0.55 * HIGH)
    below = _words("провела проверку", 0.1, 0.2 + PITCH)
    lines = row_order(_shuffled([*words, *below]), ASPECT)
    assert _texts(lines) == ["председатель Осмоналиев", "провела проверку"]
