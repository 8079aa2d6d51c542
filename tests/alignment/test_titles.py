"""Which lines are a form's title."""

from __future__ import annotations

import pytest

from intake.alignment.titles import title_in
from intake.domain.template import Template, Wording
from intake.forms import load_forms
from intake.options import TEMPLATES

OPENED = ("Педагогикалык чеберчиликтин ресурстук борборун", "ачкандыгы жөнүндө кабарлоо")


def _form(language: str) -> tuple[Wording, Template]:
    (form,) = load_forms(TEMPLATES)
    return next(each for each in form.wordings if each.language == language), form


@pytest.mark.parametrize(
    ("language", "lines", "title"),
    [
        ("ky", ["Министрликке", "КАБАРЛОО БАРАГЫ", "Аталышы: № 3 мектеп"], range(1, 2)),
        ("ru", ["УВЕДОМЛЕНИЕ (ИЗВЕЩЕНИЕ)"], range(1)),
        ("ru", ["К А Б А Р Л О О / И З В Е Щ Е Н И Е", "о создании центра"], range(1)),
        ("ky", ["№ 7 мектеп", *OPENED, "Дареги: Ош ш."], range(1, 3)),
        ("ru", ["Направляем Вам ИЗВЕЩЕНИЕ", "для сведения"], None),
        ("ru", ["ИЗВЕЩЕНИЕ О ПРОВЕДЕНИИ ОТКРЫТОГО КОНКУРСА"], None),
        ("ky", ["мектебинин ресурстук", "борбору жөнүндө кабарлоо"], None),
    ],
)
def test_titles_are_told_from_sentences(
    language: str, lines: list[str], title: range | None
) -> None:
    assert title_in(lines, *_form(language)) == title
