"""A known place that nothing took."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.stages.completion.addressees.left_place import with_left_place
from intake.stages.writing import text_of
from tests.stages.completion.test_retyped import FORMS, REFERENCE
from tests.typed import matched, typed_page

PAGE = typed_page("""
Нарын
облусунун
Кочкор
районунун
(шаардын)
Билим берүү бөлүмү

КАБАРЛОО

Ушуну менен № 5 орто мектеби (юридикалык жактын толук аталышы), ОКПО 24275760,
ИНН 00308200610153, менчиктин формасы муниципалдык (мамлекеттик, муниципалдык, жеке менчик),
юридикалык/фактылык дареги: Кочкор району, Чолпон айылы, Ленин көч., 15,
мектепке чейинки же мектептеги билим берүү маселелери боюнча Педагогикалык чеберчиликтин
ресурстук борбору юридикалык жакты түзүү (ИНН, ОКПО көрсөтүлсүн) менен, юридикалык жакты
түзбөстөн түзүлгөндүгүн билдирет.

Директор __________ Асанов Асан
""")


@pytest.mark.parametrize(("bottom", "value"), [(0.5, "Нарын"), (0.0, "")])
def test_the_only_place_left_goes_to_the_field_that_lacks_one(bottom: float, value: str) -> None:
    ((placement),) = matched([(1, PAGE)], FORMS)
    assert "department" in placement.blocks
    empty = tuple(replace(h, letters=()) for h in placement.holes["department_region"])
    placement = replace(placement, holes={**placement.holes, "department_region": empty})
    (hole,) = with_left_place(placement, 1, PAGE, bottom, REFERENCE).holes["department_region"][:1]
    assert (text_of(hole), hole.is_aside) == (value, bool(value))
