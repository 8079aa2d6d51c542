"""Names and dates at a notice's foot that no word of the form stands beside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.placement import Placement
from intake.fields.name_windows import likeliest_name
from intake.fields.reference import load_reference
from intake.forms import load_forms
from intake.options import TEMPLATES
from intake.stages.completion.dates.apart import with_apart
from intake.stages.completion.dates.foot import with_foot
from intake.stages.writing import text_of
from tests.stages.test_match import RU
from tests.typed import matched, typed_page, written

REFERENCE = load_reference(TEMPLATES / "reference")
BODY = RU[: RU.index("Директор")]


def footed(foot: str) -> Placement:
    page = typed_page(f"{BODY}\n{foot}")
    (placement,) = matched([(1, page)], load_forms(TEMPLATES))
    return with_foot(placement, {1: page}, REFERENCE)


def names_in_room(placement: Placement, foot: str) -> set[str]:
    """Return the names that lie in the room for the director's."""
    room = [spot.box for hole in placement.holes["director_name"] for spot in hole.room]
    found = set()
    for box in room:
        words = [
            word
            for line in typed_page(f"{BODY}\n{foot}").lines
            for word in line.words
            if box.left <= word.box.left and word.box.right <= box.right
            and box.top <= (word.box.top + word.box.bottom) / 2 <= box.bottom
        ]  # fmt: skip
        found.add(likeliest_name(words, REFERENCE.words).text)
    return found - {""}


@pytest.mark.parametrize("date", ["Дата 12.05.2023 г.", "12.05.2023 г.", "12 мая 2023 г."])
def test_a_name_in_the_column_beside_the_date_has_room(date: str) -> None:
    foot = (
        f"{' ' * 30}Директор ________\n{' ' * 34}(подпись, печать)\n{date}{' ' * 20}Ч. О. Бообеков"
    )
    placement = footed(foot)
    assert names_in_room(placement, foot) == {"Ч. О. Бообеков"}
    assert written(placement, "notice_date").startswith(date.removeprefix("Дата ")[:10])


@pytest.mark.parametrize(
    ("below", "is_asked"),
    [
        ("12.05.2023 г.", False),
        ("Кирген № 45\n12.05.2023 г.", True),
    ],
)
def test_a_date_without_its_label_is_asked_about_where_it_may_be_a_stamps(
    below: str, is_asked: bool
) -> None:
    placement = footed(f"Директор ________ (подпись, печать) Ч. О. Бообеков\n{below}")
    found = [hole for hole in placement.holes["notice_date"] if hole.letters]
    assert [hole.is_aside for hole in found] == [is_asked]


@pytest.mark.parametrize(
    "foot",
    [
        "12.05.2023 г.\n\n\nДиректор ________ Ч. О. Бообеков",
        "Директор ________ /Ч. О. Бообеков/\nМ.П.   «12» мая 2023 г.",
        "Директор ________ /Ч. О. Бообеков/\n\n\nМ.П.\n\n\n\n\n12.05.2023 г.",
    ],
)
def test_a_date_in_a_row_of_its_own_or_beside_the_seals_place_is_found(foot: str) -> None:
    assert written(footed(foot), "notice_date").startswith(("12.05", "«12» мая"))


SIGNED = "Директор ________ (подпись, печать) Ч. О. Бообеков"


@pytest.mark.parametrize(
    "foot",
    [
        f"дата «17» мая 2024 г.\n\n\n\n\n\n\n{SIGNED}\n\nКирген № 66\nКүнү 07.06.24",
        f"Дата: «17» мая 2024 г. вРнымй\n\n\n\n\n\n\n{SIGNED}",
    ],
)
def test_a_date_that_was_led_past_is_found_beside_a_stamp_or_a_seals_ring(foot: str) -> None:
    page = typed_page(f"{BODY}\n{foot}")
    (placement,) = matched([(1, page)], load_forms(TEMPLATES))
    holes = {name: held for name, held in placement.holes.items() if name != "notice_date"}
    placement = with_foot(replace(placement, holes=holes), {1: page}, REFERENCE)
    assert written(placement, "notice_date") == "«17» мая 2024"


def test_two_dates_without_a_label_are_none() -> None:
    """One may be a stamp's, and nothing tells which."""
    placement = footed("Директор ________ (подпись, печать)\n12.05.2023 г.\n14.05.2023 г.")
    assert written(placement, "notice_date") == ""


def test_a_name_in_the_dates_row_is_not_left_over_beside_it() -> None:
    date = f"дата 12.05.2023 г.{' ' * 30}Бообеков Чынгыз Осмонович"
    foot = f"Директор ________\n(подпись, печать)\n{date}"
    assert all(hole.stray < 5 for hole in footed(foot).holes["notice_date"] if hole.letters)


@pytest.mark.parametrize(
    ("head", "is_asked"),
    [
        ("22 октября 2023 года", True),
        ("№ 17      22.10.2023", True),
        ("Исх. № 17 от 22.10.2023 г.", False),
        ("Чыг. № 17\n22.10.2023-ж.", False),
    ],
)
def test_a_date_above_the_title_is_asked_about_but_behind_an_outgoing_number(
    head: str, *, is_asked: bool
) -> None:
    page = typed_page(f"{head}\n{BODY[BODY.index('Министерство') :]}\nДиректор ____ Ч. О. Бообеков")
    (placement,) = matched([(1, page)], load_forms(TEMPLATES))
    placement = with_apart(placement, {1: page}, REFERENCE)
    (hole,) = placement.holes["notice_date"]
    assert text_of(hole).startswith("22")
    assert hole.is_aside is is_asked


@pytest.mark.parametrize(("foot", "date"), [
    ("Мектептин директору:\nМ.О.\n14.04.2023-ж.", "14.04.2023"),
    ("С уважением,\nдиректор А.А. Сабырова\n2 мая 2023 года", "2 мая 2023"),
    ("Мектептин директору:\nМ.О.\nКелди № 201 22.07.23", ""),
])  # fmt: skip
def test_a_date_far_below_a_letter_is_found_and_asked_about(foot: str, date: str) -> None:
    head = "тел.: (03383) 2-64-30, 0772 89 73 54\n"  # which has numbers like dates, too
    page = typed_page(head + BODY[BODY.index("Министерство") :] + "\n\n\n" + foot)
    (placement,) = matched([(1, page)], load_forms(TEMPLATES))
    placement = replace(placement, holes={**placement.holes, "notice_date": ()})
    placement = with_apart(placement, {1: page}, REFERENCE)
    holes = placement.holes["notice_date"]
    assert "".join(map(text_of, holes)).startswith(date)
    assert all(hole.is_aside for hole in holes) and bool(holes) == bool(date)
