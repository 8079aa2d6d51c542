"""Pages that are no notice: letters, charters, the order's text, an unfilled form, a blank back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

from intake.synth.compose import Scribe
from intake.synth.filling import FIELDS, Entry
from intake.synth.layouts import LAYOUTS, Form
from intake.synth.marks import sign
from intake.synth.sheet import Sheet
from intake.synth.typeset import Setter

LETTER = {
    "ru": (
        "Направляем Вам информацию о работе методического объединения {name} за отчётный период."
        " За текущий учебный год проведено 14 открытых уроков, 6 семинаров и 2 конференции.",
        "Просим рассмотреть вопрос о выделении средств на приобретение учебников и оборудования"
        " для кабинета информатики. Создание Ресурсного центра педагогического мастерства"
        " планируется в следующем году, извещение будет направлено отдельно.",
        "Приложение: на 3 листах. ИНН {inn}, ОКПО {okpo}.",
    ),
    "ky": (
        "{name} боюнча отчеттук мезгилдеги методикалык бирикменин иши жөнүндө маалыматты"
        " жөнөтөбүз. Учурдагы окуу жылында 14 ачык сабак, 6 семинар жана 2 конференция өткөрүлдү.",
        "Информатика кабинети үчүн окуу китептерин жана жабдууларды сатып алууга каражат бөлүү"
        " маселесин карап чыгууңуздарды суранабыз. Педагогикалык чеберчиликтин ресурстук борборун"
        " түзүү кийинки жылга пландаштырылган, кабарлоо өзүнчө жөнөтүлөт.",
        "Тиркеме: 3 баракта. ИНН {inn}, ОКПО {okpo}.",
    ),
}
CHARTER = {
    "ru": (
        "УСТАВ", "1. Общие положения",
        "1.1. {name} (далее – Организация) является некоммерческой образовательной организацией"
        " муниципальной формы собственности. ИНН {inn}, ОКПО {okpo}.",
        "1.2. Организация является юридическим лицом, имеет самостоятельный баланс, расчётный"
        " счёт, печать, штамп и бланки со своим наименованием.",
        "1.3. Юридический адрес: {address}.",
        "2. Предмет и цели деятельности",
        "2.1. Реализация программ дошкольного и школьного образования в соответствии с"
        " государственным образовательным стандартом.",
    ),
    "ky": (
        "УСТАВ", "1. Жалпы жоболор",
        "1.1. {name} (мындан ары – Уюм) муниципалдык менчиктин формасындагы коммерциялык эмес"
        " билим берүү уюму болуп саналат. ИНН {inn}, ОКПО {okpo}.",
        "1.2. Уюм юридикалык жак болуп саналат, өз алдынча балансы, эсептешүү эсеби, мөөрү,"
        " штампы жана өз аталышы түшүрүлгөн бланктары бар.",
        "1.3. Юридикалык дареги: {address}.",
        "2. Ишмердиктин предмети жана максаттары",
        "2.1. Мамлекеттик билим берүү стандартына ылайык мектепке чейинки жана мектептеги билим"
        " берүү программаларын ишке ашыруу.",
    ),
}  # fmt: skip


def _prose(scribe: Scribe, paragraphs: tuple[str, ...]) -> Setter:
    setter = Setter(scribe.style.margins)
    form = Form(setter, scribe, LAYOUTS["official"])
    for paragraph in paragraphs:
        form.lines((paragraph,), setter.left, setter.right, scribe.style.body_align)
        form.space(0.4)
    return setter


def _filled(scribe: Scribe, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    filling = scribe.filling
    parts = {
        "name": filling.text("organization_name"), "address": filling.text("address"),
        "inn": filling.text("organization_inn"), "okpo": filling.text("organization_okpo"),
    }  # fmt: skip
    return tuple(paragraph.format(**parts) for paragraph in paragraphs)


def letter(rng: Random, scribe: Scribe) -> list[Sheet]:
    """Set a covering letter of a school, signed and sealed."""
    language = scribe.filling.language
    setter = _prose(scribe, _filled(scribe, LETTER[language]))
    form = Form(setter, scribe, LAYOUTS["official"])
    form.space(2)
    form.lines(("Директор {signature}",), setter.left, setter.right, "left")
    sign(rng, setter.sheets, scribe.filling)
    return setter.sheets


def charter(_rng: Random, scribe: Scribe) -> list[Sheet]:
    """Set the first page of a charter, which names INN, OKPO and address."""
    return _prose(scribe, _filled(scribe, CHARTER[scribe.filling.language])).sheets


def order(_rng: Random, scribe: Scribe) -> list[Sheet]:
    """Set the ministry's order itself."""
    return _prose(scribe, _order_text(scribe.filling.language)).sheets


def _order_text(language: str) -> tuple[str, ...]:
    text = Path(__file__).with_name("order.json").read_text(encoding="utf-8")
    return tuple(json.loads(text)[language])


def unfilled_form(_rng: Random, scribe: Scribe) -> list[Sheet]:
    """Set the form as the ministry gave it out, nothing filled in."""
    filling = scribe.filling
    empty = replace(filling, entries={name: Entry() for name in FIELDS}, dates={})
    style = replace(scribe.style, gap="underscores")
    setter = Setter(style.margins)
    Form(setter, replace(scribe, style=style, filling=empty), LAYOUTS["official"]).draw()
    return setter.sheets


def blank(_rng: Random, _scribe: Scribe) -> list[Sheet]:
    """Return an empty side."""
    return [Sheet()]


UNRELATED: dict[str, Callable[[Random, Scribe], list[Sheet]]] = {
    "letter": letter, "charter": charter, "order": order, "unfilled": unfilled_form,
    "blank": blank,
}  # fmt: skip
