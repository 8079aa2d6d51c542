"""Tables without lines, whose headings stand above the values."""

from __future__ import annotations

from tests.stages.completion.test_retyped import read

TABLE = """
Районный (городской) отдел образования

ИЗВЕЩЕНИЕ
о создании Ресурсного центра педагогического мастерства

          Район (город)                              Область
             Москва                                    Чуйская

                   Полное наименование юридического лица
                 Средняя школа № 1 имени С. Кайназаровой

       ИНН                     ОКПО               Форма собственности
   00308200610153            24275760               муниципальная

                     Юридический/фактический адрес
          Чуйская обл., Московский район, с. Беловодское,
                      ул. Фрунзе, 115

     Уровень образования                    Юридическое лицо
  дошкольного / школьного     без образования юридического лица

Директор ______________ Качкеев Улан Тынчтыкбекович
(подпись, печать)
дата 12 мая 2024 г.
"""


def test_values_stand_below_their_headings() -> None:
    fields = read(TABLE).fields
    assert {name: fields[name].value for name in (
        "department_district", "department_region", "organization_name", "organization_inn",
        "organization_okpo", "ownership", "address", "director_name",
    )} == {
        "department_district": "Москва",
        "department_region": "Чуйская",
        "organization_name": "Средняя школа № 1 имени С. Кайназаровой",
        "organization_inn": "00308200610153",
        "organization_okpo": "24275760",
        "ownership": "municipal",
        "address": "Чуйская обл., Московский район, с. Беловодское, ул. Фрунзе, 115",
        "director_name": "Качкеев Улан Тынчтыкбекович",
    }  # fmt: skip


def test_a_table_with_a_label_that_nobody_knows_is_left_alone() -> None:
    strange = TABLE.replace(
        "       ИНН                     ОКПО", "    ИНН предприятия             ОКПО"
    )
    name = read(strange).fields["organization_name"].value
    assert name == "Средняя школа № 1 имени С. Кайназаровой"
