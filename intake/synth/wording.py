"""The official wording of order and form, as pieces that layouts put together.

Markup: ``{field}`` a gap; ``[field=option|words]`` a printed choice; ``*words*``
italic. Its typing errors («юрдикалык», «Айыл окмоту») are the official ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

WORDING = {
    "ru": {
        "heading": ("Приложение", "к приказу МОН КР", "№ {order_number} от {order_date}"),
        "ministry": ("Министерство", "образования и науки", "Кыргызской Республики"),
        "department": (
            "Отдел образования", "{department_district} района (города)",
            "{department_region} области",
        ),
        "ayil": ("Айыл окмоту", "{ayil_district} района", "{ayil_region} области"),
        "title": ("ИЗВЕЩЕНИЕ",),
        "name": ("{organization_name}, ОКПО {organization_okpo}",),
        "name_hint": ("(полное наименование юридического лица)",),
        "inn": ("ИНН {organization_inn}, форма собственности {ownership},",),
        "ownership_hint": (
            "([ownership=state|государственная], [ownership=municipal|муниципальная],"
            " [ownership=private|частная]),",
        ),
        "address": ("юридический/фактический адрес {address}",),
        "statement": (
            "уведомляет о том, что создан Ресурсный центр педагогического мастерства по вопросам"
            " [education_level=preschool|дошкольного] или [education_level=school|школьного]"
            " образования (*нужное подчеркнуть*) [legal_entity=formed|с образованием юридического"
            " лица] (указать ИНН, ОКПО), [legal_entity=not_formed|без образования юридического"
            " лица] (*нужное подчеркнуть*).",
        ),
        "director": ("Директор {signature}",),
        "director_hint": ("(подпись, печать)",),
        "director_name": ("ФИО {director_name}",),
        "date": ("дата {notice_date}",),
    },
    "ky": {
        "heading": ("{order_date} № {order_number}", "КР БИМ буйругунун", "Тиркемеси"),
        "ministry": ("Кыргыз Республикасынын", "Билим берүү жана илим", "министрлиги"),
        "department": (
            "{department_region} облусунун", "{department_district} районунун", "(шаардын)",
            "Билим берүү бөлүмү",
        ),
        "ayil": ("{ayil_region} облусунун", "{ayil_district} районунун", "Айыл өкмөтү"),
        "title": ("КАБАРЛОО",),
        "name": ("{organization_name}, ОКПО {organization_okpo}",),
        "name_hint": ("(юрдикалык жактын толук аталышы)",),
        "inn": ("ИНН {organization_inn}, менчиктин формасы {ownership},",),
        "ownership_hint": (
            "([ownership=state|мамлекеттик], [ownership=municipal|муниципалдык],"
            " [ownership=private|жеке менчик]),",
        ),
        "address": ("юрдикалык/фактылык дареги {address}",),
        "statement": (
            "[education_level=preschool|мектепке чейинки] же [education_level=school|мектептеги]"
            " билим берүү маселелери боюнча Педагогикалык чеберчиликтин ресурстук борбору"
            " түзүлгөндүгү (*керектүүсүнүн астын сызуу*) [legal_entity=not_formed|юрдикалык жакты"
            " түзбөстөн], [legal_entity=formed|юрдикалык жакты түзүү] (ИНН, ОКПО көрсөтүлсүн)"
            " менен (*керектүүсүнүн астын сызуу*) жөнүндө кабарлайт.",
        ),
        "director": ("Директор {signature}",),
        "director_hint": ("(колу, мөөрү)",),
        "director_name": ("Аты-жөнү {director_name}",),
        "date": ("дата {notice_date}",),
    },
}  # fmt: skip
# How the centre's own numbers are asked for, and how they stand once filled in.
CENTRE = {
    "ru": ("(указать ИНН, ОКПО)", ("(указать ИНН {centre_inn}, ОКПО {centre_okpo})",
                                   "(ИНН {centre_inn}, ОКПО {centre_okpo})")),
    "ky": ("(ИНН, ОКПО көрсөтүлсүн)", ("(ИНН {centre_inn}, ОКПО {centre_okpo} көрсөтүлсүн)",
                                       "(ИНН {centre_inn}, ОКПО {centre_okpo})")),
}  # fmt: skip
# What a typist who sets the form anew puts right without noticing.
CORRECTIONS = (("юрдикалык", "юридикалык"), ("Айыл окмоту", "Айыл өкмөтү"))

_MARKUP = re.compile(
    r"\{(?P<field>\w+)\}|\[(?P<choice>\w+)=(?P<option>\w+)\|(?P<words>[^\]]+)\]|\*(?P<italic>[^*]+)\*"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Printed words or a gap: ``field`` names the gap, ``tag`` the printed option."""

    words: str = ""
    field: str = ""
    tag: str = ""
    is_italic: bool = False


def parse(markup: str) -> Iterator[Piece]:
    """Yield the pieces of a marked-up line, spaces kept."""
    place = 0
    for match in _MARKUP.finditer(markup):
        if match.start() > place:
            yield Piece(words=markup[place : match.start()])
        yield _piece(match)
        place = match.end()
    if place < len(markup):
        yield Piece(words=markup[place:])


def _piece(match: re.Match[str]) -> Piece:
    if match["field"]:
        return Piece(field=match["field"])
    if match["choice"]:
        return Piece(words=match["words"], tag=f"option:{match['choice']}:{match['option']}")
    return Piece(words=match["italic"], is_italic=True)
