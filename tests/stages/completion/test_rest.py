"""Values that were cut short get the rest of their last word, names the father's below them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Placement, Spot, words_in
from intake.domain.text import PageText
from intake.forms import load_forms
from intake.options import TEMPLATES
from intake.stages.completion.names.name_lines import whole_name
from intake.stages.completion.names.rest import with_rest
from intake.stages.writing import text_of
from tests.stages.completion.test_retyped import read
from tests.stages.test_match import KY, RU
from tests.typed import matched, typed_page, written


def placed(text: str) -> Placement:
    (placement,) = matched([(1, typed_page(text))], load_forms(TEMPLATES))
    return placement


def test_a_value_ends_where_its_last_word_does() -> None:
    placement = placed(RU)
    (hole, *others) = placement.holes["address"]
    short = replace(hole, letters=hole.letters[:-1])
    cut = replace(placement, holes={**placement.holes, "address": (short, *others)})
    assert written(cut, "address").endswith("Ленина 1")
    whole = with_rest(cut, {1: typed_page(RU)})
    assert written(whole, "address").endswith("Ленина 15")


@pytest.mark.parametrize(
    ("below", "name"),
    [
        ("Асанович____", "Асанов Асан Асанович"),
        ("Сокулукского", "Асанов Асан"),  # no father's name
    ],
)
def test_a_fathers_name_begins_the_next_line(below: str, name: str) -> None:
    page = typed_page(RU.replace("Асанов Асан Асанович", f"Асанов Асан\n{below}"))
    (placement,) = matched([(1, page)], load_forms(TEMPLATES))
    found = written(with_rest(placement, {1: page}), "director_name")
    assert found.replace(" | ", " ").rstrip("_").startswith(name)
    assert ("Асанович" in found) == ("Асанович" in name)


def test_a_value_begins_where_its_first_word_does() -> None:
    placement = placed(RU)
    (hole, *others) = placement.holes["address"]
    start, *rest = hole.letters[2:]
    short = replace(hole, letters=(replace(start, starts_word=True), *rest))
    cut = replace(placement, holes={**placement.holes, "address": (short, *others)})
    whole = with_rest(cut, {1: typed_page(RU)})
    assert written(whole, "address") == written(placement, "address")


def named(name: str) -> tuple[PageText, Hole]:
    """Return a page with a director's name, and one hole with all that was read of it."""
    page = typed_page(RU.replace("Асанов Асан Асанович", name))
    every = [word for line in page.lines for word in line.words]
    wanted = name.split()
    start = next(
        n for n in range(len(every)) if [w.text for w in every[n:][: len(wanted)]] == wanted
    )
    letters = tuple(
        PlacedLetter(1, letter, place == 0, starts_line=False)
        for word in every[start : start + len(wanted)]
        for place, letter in enumerate(word.letters)
    )
    return page, Hole("director_name", letters, (), 0.0)


def without(hole: Hole, words: int, *, at_end: bool) -> Hole:
    """Leave words of a hole out, at its beginning or its end."""
    kept = words_in(hole.letters)[:-words] if at_end else words_in(hole.letters)[words:]
    letters = tuple(each for word in kept for each in word)
    return replace(
        hole, letters=letters, spots=(Spot(1, Box.around(p.letter.box for p in letters)),)
    )


@pytest.mark.parametrize(
    ("name", "words", "at_end"),
    [
        ("А. Асанов", 1, False),
        ("Асанов А. Б.", 1, True),
        ("Асанов Асан Асанович", 1, False),  # the surname lost before name and father's name
        ("Асанов Асан\nАсанович", 1, True),
        ("\nАсанова Айгүл\nАсановна", 2, False),
    ],
)
def test_a_name_is_put_together_from_what_stands_around_it(
    name: str, words: int, at_end: bool
) -> None:
    page, hole = named(name)
    found = whole_name(without(hole, words, at_end=at_end), {1: page}, ())
    assert [
        "".join(p.letter.text for p in word) for word in words_in(found.letters)
    ] == name.split()


def test_what_belongs_to_another_field_is_no_part_of_a_name() -> None:
    page, hole = named("А. Асанов")
    short = without(hole, 1, at_end=False)
    initial = Box.around(placed.letter.box for placed in words_in(hole.letters)[0])
    assert whole_name(short, {1: page}, [initial]) == short


@pytest.mark.parametrize("at_end", [False, True])
def test_a_place_torn_at_a_lines_end_is_whole(at_end: bool) -> None:
    page = typed_page(RU.replace("Сокулукского", "Ысык-\nАтинского"))
    (placement,) = matched([(1, page)], load_forms(TEMPLATES))
    parts = [w for line in page.lines for w in line.words if w.text in ("Ысык-", "Атинского")][:2]
    (part,) = parts[:1] if at_end else parts[1:]  # the other one was not found
    letters = tuple(PlacedLetter(1, each, n == 0, n == 0) for n, each in enumerate(part.letters))
    hole = Hole("department_district", letters, (Spot(1, part.box),), 0.0)
    cut = replace(placement, holes={**placement.holes, "department_district": (hole,)})
    found = with_rest(cut, {1: page}).holes["department_district"][0]
    assert text_of(found) == "Ысык-\nАтинского"
    assert len(found.spots) == 2


@pytest.mark.parametrize(
    "post", ["Директор", "Мектеп директору", "Бала бакчанын башчысы", "Бала бакчаңын башчысы"]
)
@pytest.mark.parametrize("name", ["Алишер кызы Айдай", "Асанов Марат Жумабекович", "А. К. Сыдыков"])
def test_a_post_before_a_directors_name_is_no_part_of_it(post: str, name: str) -> None:
    at = KY.index("Директор")
    foot = f"{post}            {name}\n(колу, мөөрү)\nкүнү 12 май 2023-ж."
    assert read(KY[:at] + foot).fields["director_name"].value == name


def test_a_street_called_like_the_forms_own_words_stays_in_its_address() -> None:
    text = RU.replace("Ленина 15", "Ленина, 15")
    page = typed_page(text)
    (placement,) = matched([(1, page)], load_forms(TEMPLATES))
    (hole, *others) = placement.holes["address"]
    words = words_in(hole.letters)
    street = next(n for n, word in enumerate(words) if word[0].letter.text == "у")
    letters = tuple(placed for word in words[:street] for placed in word)[:-1]
    cut = replace(
        placement, holes={**placement.holes, "address": (replace(hole, letters=letters), *others)}
    )
    assert written(with_rest(cut, {1: page}), "address") == written(placement, "address")
