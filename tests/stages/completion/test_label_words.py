"""Labels in others' words: print, in which no value goes on."""

from __future__ import annotations

from intake.stages.complete import complete
from tests.stages.completion.test_retyped import FOOT, FORMS, REFERENCE, VALUES
from tests.typed import matched, typed_page

NAME = VALUES["organization_name"]
PAPER = (
    "ИЗВЕЩЕНИЕ\n\n"
    f"Наименование организации: {NAME}\n"
    f"(ИНН {VALUES['organization_inn']}, ОКПО {VALUES['organization_okpo']})\n"
    "форма собственности муниципальная\n"
    f"юридический/фактический адрес: {VALUES['address']}\n"
    "уведомляет о том, что создан Ресурсный центр педагогического мастерства\n"
    "по вопросам школьного образования без образования юридического лица.\n" + FOOT
)


def test_words_of_labels_are_known_and_none_of_values() -> None:
    text = typed_page(PAPER)
    (placement,) = matched([(1, text)], FORMS)
    labels = [word for word, _ in complete(placement, {1: text}, REFERENCE).labels]
    assert {"Наименование", "организации:"} <= set(labels)
    assert not {*NAME.split(), *VALUES["address"].split()} & set(labels)
