"""Lines that were cut out for one field and belong to its neighbour."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.alignment.rows import by_row
from intake.domain.geometry import Box
from intake.domain.placement import Hole, PlacedLetter, Spot
from intake.domain.template import Template
from intake.domain.text import Letter
from intake.forms import load_forms
from intake.options import TEMPLATES
from intake.stages.writing import text_of


@pytest.fixture(scope="module")
def form() -> Template:
    return next(one for one in load_forms(TEMPLATES) if one.name == "resource-centre-notice")


def _hole(field: str, top: float, *lines: str) -> Hole:
    """Return a hole with lines from ``top`` down, or an empty one in that row."""
    letters: list[PlacedLetter] = []
    spots = []
    for number, line in enumerate(lines):
        row = top + 0.02 * number
        spots.append(Spot(1, Box(0.4, row, 0.9, row + 0.012)))
        for place, sign in enumerate(line):
            if sign != " ":
                box = Box(0.4 + 0.01 * place, row, 0.409 + 0.01 * place, row + 0.012)
                starts = place == 0 or line[place - 1] == " "
                letters.append(PlacedLetter(1, Letter(sign, box, 0.9), starts, place == 0))
    empty = (Spot(1, Box(0.3, top, 0.95, top + 0.01)),)
    return Hole(field, tuple(letters), tuple(spots) or empty, 0.0)


def _read(form: Template, *holes: Hole) -> dict[str, str]:
    found = by_row({hole.field: (hole,) for hole in holes}, form)
    return {name: text_of(several[0]) for name, several in found.items()}


def test_a_term_goes_to_the_blank_in_whose_row_it_stands(form: Template) -> None:
    address = _hole("address", 0.5, "муниципальная", "г. Ош, ул. Ленина 5")
    found = _read(form, _hole("ownership", 0.5), address)
    assert found == {"ownership": "муниципальная", "address": "г. Ош, ул. Ленина 5"}


def test_another_blanks_row_takes_no_part_of_an_address(form: Template) -> None:
    address = _hole("address", 0.5, "г. Ош, ул. Ленина", "дом 5")
    found = _read(form, _hole("ownership", 0.5), address)
    assert found == {"ownership": "", "address": "г. Ош, ул. Ленина\nдом 5"}


def test_a_number_at_a_values_foot_goes_to_the_next_blank_of_so_many_digits(form: Template) -> None:
    name = _hole("organization_name", 0.5, "СОШ № 5", "24275760")
    found = _read(form, name, _hole("organization_okpo", 0.6), _hole("organization_inn", 0.7))
    assert found["organization_name"] == "СОШ № 5"
    assert (found["organization_okpo"], found["organization_inn"]) == ("24275760", "")


def test_what_follows_a_term_goes_on_in_the_address_below_it(form: Template) -> None:
    ownership = _hole("ownership", 0.5, "частная", "г. Бишкек, улица")
    found = _read(form, ownership, _hole("address", 0.54, "Токтогула, дом 9"))
    assert found == {"ownership": "частная", "address": "г. Бишкек, улица\nТоктогула, дом 9"}


def test_the_first_line_of_an_address_above_its_label_is_no_answer(form: Template) -> None:
    """Where the label stands beside the last line of the value."""
    ownership = _hole("ownership", 0.5, "г. Бишкек, улица")
    found = _read(form, ownership, _hole("address", 0.52, "Токтогула, дом 9"))
    assert found == {"ownership": "", "address": "г. Бишкек, улица\nТоктогула, дом 9"}


def test_the_lines_of_a_value_run_down_the_page(form: Template) -> None:
    address = _hole("address", 0.5, "г. Бишкек, улица", "Токтогула, дом 9")
    half = len(address.letters) - len("Токтогула,дом9")
    letters = (*address.letters[half:], *address.letters[:half])
    turned = replace(address, letters=letters, spots=address.spots[::-1])
    assert _read(form, turned) == {"address": "г. Бишкек, улица\nТоктогула, дом 9"}


def test_an_answer_of_two_lines_stays_whole(form: Template) -> None:
    ownership = _hole("ownership", 0.5, "муниципальной", "формы")
    found = _read(form, ownership, _hole("address", 0.54, "г. Ош, ул. Ленина 5"))
    assert found["address"] == "г. Ош, ул. Ленина 5"


@pytest.mark.parametrize("own", ["organization_okpo", "organization_inn"])
def test_two_numbers_side_by_side_above_their_labels_are_parted(form: Template, own: str) -> None:
    both = _hole(own, 0.5, "00205200110137 29882707")
    other = {"organization_okpo": "organization_inn"}.get(own, "organization_okpo")
    found = _read(form, both, _hole(other, 0.52, "муниципальная"), _hole("ownership", 0.54))
    assert found == {
        "organization_okpo": "29882707", "organization_inn": "00205200110137",
        "ownership": "муниципальная",
    }  # fmt: skip


def test_a_number_in_the_others_empty_place_goes_to_its_own(form: Template) -> None:
    okpo = _hole("organization_okpo", 0.5, "00205200110137")
    found = _read(form, okpo, _hole("organization_inn", 0.52, "(ОКПО)"))
    assert found == {"organization_okpo": "", "organization_inn": "00205200110137"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("СОШ № 23 2. ИНН: 02801199410204", "СОШ № 23"),
        ("СОШ № 23 ИНН 02801199410204", "СОШ № 23"),
        ("СОШ № 23 тел. 02801199410204", "СОШ № 23 тел. 02801199410204"),
    ],
)
def test_a_number_behind_its_label_leaves_the_value_before_it(
    form: Template, text: str, name: str
) -> None:
    found = _read(form, _hole("organization_name", 0.5, text), _hole("organization_inn", 0.6, "4."))
    assert found["organization_name"] == name
    assert found["organization_inn"] == ("02801199410204" if name == "СОШ № 23" else "4.")


def test_a_lists_numbers_are_no_part_of_a_number(form: Template) -> None:
    found = _read(form, _hole("organization_inn", 0.5, "00201200910264 4."))
    assert found == {"organization_inn": "00201200910264"}
    cut = _read(form, _hole("organization_inn", 0.5, "0020120091026 4"))
    assert cut == {"organization_inn": "0020120091026 4"}


def test_a_known_answer_above_an_address_goes_to_its_blank_wherever_that_is(form: Template) -> None:
    address = _hole("address", 0.5, "Муниципальная", "г. Ош, ул. Ленина 5")
    found = _read(form, _hole("ownership", 0.8), address)
    assert found == {"ownership": "Муниципальная", "address": "г. Ош, ул. Ленина 5"}


def test_an_address_in_an_answers_place_goes_to_its_own(form: Template) -> None:
    ownership = _hole("ownership", 0.5, "с. Советское, ул. Манаса, б/н")
    found = _read(form, ownership, _hole("address", 0.6))
    assert found == {"ownership": "", "address": "с. Советское, ул. Манаса, б/н"}


def test_a_name_may_begin_with_an_answer(form: Template) -> None:
    name = _hole("organization_name", 0.5, "Частная", "школа «Евразия»")
    found = _read(form, name, _hole("ownership", 0.8))
    assert found == {"organization_name": "Частная\nшкола «Евразия»", "ownership": ""}


def test_numbers_in_each_others_place_stay_there(form: Template) -> None:
    """They are the writer's mistake, which is told; the centre's blank takes none of them."""
    okpo = _hole("organization_okpo", 0.5, "00205200110137")
    inn = _hole("organization_inn", 0.52, "29882707")
    found = _read(form, okpo, inn, _hole("centre_inn", 0.7), _hole("centre_okpo", 0.72))
    assert found["organization_okpo"] == "00205200110137"
    assert (found["centre_inn"], found["centre_okpo"]) == ("", "")


def test_two_numbers_behind_both_labels_are_parted(form: Template) -> None:
    both = _hole("centre_inn", 0.5, "н: 01204201510208, 27385815")
    found = _read(form, both, _hole("centre_okpo", 0.5))
    assert found == {"centre_inn": "01204201510208", "centre_okpo": "27385815"}
