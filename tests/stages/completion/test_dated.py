"""Dates of stamps, and years typed over the form's own."""

from __future__ import annotations

from tests.stages.completion.test_retyped import HEAD, VALUES, read

BODY = (
    f"{VALUES['organization_name']}, ОКПО {VALUES['organization_okpo']}\n"
    "(полное наименование юридического лица)\n"
    f"ИНН {VALUES['organization_inn']}, форма собственности муниципальная\n"
    "(государственная, муниципальная, частная),\n"
    f"юридический/фактический адрес {VALUES['address']}\n"
    "уведомляет о том, что создан Ресурсный центр педагогического мастерства по вопросам\n"
    "дошкольного или школьного образования (нужное подчеркнуть) с образованием юридического лица\n"
    "(указать ИНН, ОКПО), без образования юридического лица (нужное подчеркнуть).\n"
    "\nДиректор _______ Асанов Асан Асанович\n(подпись, печать)\n"
)
STAMP = "\n\n\n\n\n\n\n\nОТДЕЛ ОБРАЗОВАНИЯ\nВх. № 220\nдата 21.08.23\n"


def test_a_stamps_date_is_not_the_notices() -> None:
    date = read(HEAD + BODY + STAMP).fields["notice_date"]
    assert date.value != "2023-08-21" or date.flags


def test_a_date_beside_a_stamp_stays() -> None:
    date = read(HEAD + BODY + "дата 19 августа 2023 г.\n" + STAMP.replace("дата", "Получено"))
    assert date.fields["notice_date"].value == "2023-08-19"
    assert not date.fields["notice_date"].flags


def test_a_year_typed_over_the_forms_own_is_taken_and_asked_about() -> None:
    date = read(HEAD + BODY + "дата 19 августа        2025 г.\n").fields["notice_date"]
    assert date.value == "2025-08-19" or date.flags
