from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from intake.domain.geometry import Box
from intake.domain.notice import Flag, Reading, State
from intake.registry import forms
from intake.registry.likeness import Side, is_one_paper, lay_over
from intake.registry.models import FieldValue, Pair
from tests.registry.people import VALUES, noticed, submit, town, written

KINDS = forms.kinds("resource-centre-notice")
HEIGHT = 297 / 210
FAR = ("0" * 256, "f" * 256)
Turn = tuple[float, float, float]  # degrees, and shifts in page widths


def _side(
    seed: int = 1,
    turn: Turn = (0, 0, 0),
    *,
    seal: tuple[float, float] | None = (0.3, 1.2),
    day: str = "2023-05-12",
    fingerprint: str = FAR[0],
) -> Side:
    """Return a notice whose fields lie at places of this seed, scanned with a turn and a shift."""
    random = np.random.default_rng(seed)
    places = {name: tuple(random.uniform(0.15, 0.85, 2) * (1, HEIGHT)) for name in VALUES}
    if seal:
        places["seal"] = seal
    return Side(
        {name: _value(name, _turned(place, turn), day) for name, place in places.items()},
        KINDS, fingerprint, 1,
    )  # fmt: skip


def _turned(place: tuple[float, ...], turn: Turn) -> tuple[float, float]:
    angle = math.radians(turn[0])
    x, y = place[0] - 0.5, place[1] - 0.7
    return (
        0.5 + x * math.cos(angle) - y * math.sin(angle) + turn[1],
        0.7 + x * math.sin(angle) + y * math.cos(angle) + turn[2],
    )


def _value(name: str, place: tuple[float, float], day: str) -> FieldValue:
    x, y = place[0], place[1] / HEIGHT
    text = day if KINDS[name] == "date" else "x"
    box = [x - 0.05, y - 0.01, x + 0.05, y + 0.01]
    return FieldValue(name=name, value=text, read_value=text, page=1, box=box, flags=[])


@pytest.mark.parametrize("turn", [(0, 0, 0), (-2, 0.03, -0.02), (12, 0.1, 0.05), (180, 0, 0)])
def test_one_paper_is_known_however_it_lay_and_whatever_the_picture(turn: Turn) -> None:
    assert is_one_paper(_side(), _side(turn=turn, fingerprint=FAR[1]))


def test_a_reprint_sealed_elsewhere_is_another_paper() -> None:
    assert not is_one_paper(_side(), _side(turn=(3, 0, 0), seal=(0.36, 1.22)))


def test_the_same_file_with_another_date_is_another_paper() -> None:
    assert not is_one_paper(_side(), _side(day="2023-05-21"))


def test_another_layout_is_another_paper_however_like_the_picture() -> None:
    assert not is_one_paper(_side(1), _side(2))


def test_without_a_seal_the_date_or_the_picture_must_agree() -> None:
    sealed, bare = _side(), _side(seal=None, fingerprint=FAR[1])
    assert is_one_paper(sealed, bare)
    assert not is_one_paper(sealed, _side(seal=None, fingerprint=FAR[1], day=""))
    assert is_one_paper(sealed, _side(seal=None, day=""))


def test_a_doubted_date_speaks_for_one_paper_and_never_against_it() -> None:
    sealed, doubted = _side(), _side(seal=None, fingerprint=FAR[1])
    date = doubted.values["notice_date"]
    date.flags = ["low-confidence"]
    assert is_one_paper(sealed, doubted)
    date.value = "2023-05-15"
    assert not is_one_paper(sealed, doubted)
    misread = _side()
    misread.values["notice_date"].value, misread.values["notice_date"].flags = "2023-05-15", ["x"]
    assert is_one_paper(sealed, misread)
    misread.values["notice_date"].corrected = True
    assert not is_one_paper(sealed, misread)


def test_a_few_fields_boxed_wrongly_do_not_hide_one_paper() -> None:
    other = _side(turn=(1, 0.02, 0), fingerprint=FAR[1])
    for name in ("address", "director_name"):
        other.values[name].box = [0.1, 0.1, 0.9, 0.12]
    assert is_one_paper(_side(), other)


def test_where_too_little_is_on_both_pages_only_the_picture_speaks() -> None:
    bare, same = _side(), _side()
    for value in bare.values.values():
        value.box = None
    assert lay_over(bare, same) is None
    assert is_one_paper(bare, same)
    assert not is_one_paper(bare, _side(fingerprint=FAR[1]))


@pytest.mark.django_db
def test_a_phones_picture_of_a_paper_is_paired_with_its_scan(tmp_path: Path) -> None:
    here = town()
    for turn, fingerprint in (((0.0, 0.0, 0.0), FAR[0]), ((2.0, 0.05, 0.03), FAR[1])):
        side = _side(turn=turn)
        fields = {name: _reading(value) for name, value in side.values.items()}
        fields["organization_inn"] = _reading(side.values["organization_inn"], "00105199510015")
        written(submit(tmp_path, here.office), noticed(fields), fingerprint=fingerprint)
    assert Pair.objects.get().distance == 1.0


def _reading(value: FieldValue, text: str = "") -> Reading:
    said, flags = text or value.value or "", tuple(Flag(flag) for flag in value.flags)
    return Reading(said, said, State.READ, 0.97, flags, value.page, Box(*(value.box or ())))
