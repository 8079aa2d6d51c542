"""Forms as schools type them anew: labels in other words, other arrangements, other feet.

Drawn as text alone (``tests.typed``), so that hundreds are read in a minute. The words here are
not those of ``labels`` in form.toml but what people write.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from intake.synth.dates import draw_notice_date, write_date
from intake.synth.filling import write_ownership
from intake.synth.identifiers import draw_inn, draw_okpo
from intake.synth.organisations import draw_organisation
from intake.synth.people import draw_person, write_name
from intake.synth.places import draw_place, write_address

MIDDLE = ("organization_name", "organization_okpo", "organization_inn", "ownership", "address")
"""The fields between title and statement, as the official form has them."""


@dataclass(frozen=True)
class Words:
    """What people write in one language."""

    title: str
    labels: dict[str, Sequence[str]]
    statements: Sequence[str]
    departments: Sequence[str]
    subjects: Sequence[str]
    feet: Sequence[str]
    dates: Sequence[str]
    leads: Sequence[str]
    heads: Sequence[str] = ()
    contacts: Sequence[str] = ()
    tails: Sequence[str] = ()


RU = Words(
    "ИЗВЕЩЕНИЕ",
    {
        "organization_name": (
            "Полное наименование юридического лица", "Наименование организации",
            "Полное наименование юр. лица", "Наименование юридического лица",
            "Полное наименование учреждения", "Название организации", "Заявитель",
        ),
        "organization_okpo": ("ОКПО", "Код ОКПО", "Код по ОКПО", "ОКПО организации"),
        "organization_inn": ("ИНН", "ИНН организации", "ИНН юридического лица", "ИНН учреждения"),
        "ownership": (
            "Форма собственности", "Вид собственности", "Форма собств.",
            "Форма собственности (государственная, муниципальная, частная)",
        ),
        "address": (
            "Юридический/фактический адрес", "Юридический адрес", "Адрес", "Адрес организации",
            "Юридический (фактический) адрес", "Адрес юридический/фактический", "Юр. адрес",
            "Местонахождение",
        ),
    },
    (
        "уведомляет о том, что создан Ресурсный центр педагогического мастерства по вопросам"
        " дошкольного или школьного образования (нужное подчеркнуть) с образованием юридического"
        " лица (указать ИНН, ОКПО), без образования юридического лица (нужное подчеркнуть).",
        "уведомляет, что создан Ресурсный центр педагогического мастерства по вопросам"
        " дошкольного / школьного образования (нужное подчеркнуть) с образованием юридического"
        " лица / без образования юридического лица (нужное подчеркнуть).",
        "Уведомляем о создании Ресурсного центра педагогического мастерства по вопросам"
        " дошкольного или школьного образования (нужное подчеркнуть), с образованием юридического"
        " лица, без образования юридического лица (нужное подчеркнуть).",
    ),
    (
        "Отдел образования\n{district} района (города)\n{region} области",
        "Отдел образования {district} района {region} области",
        "В отдел образования\n{district} района\n{region} области",
        "Районный отдел образования\n{district} района\n{region} области",
    ),
    (
        "", "", "о создании Ресурсного центра педагогического мастерства",
        "о создании Ресурсного центра", "(о создании ресурсного центра)",
    ),
    (
        "Директор _____ {name}\n   (подпись, печать)\n{date}",
        "Директор школы ______ {name}\nМ.П.\n{date}",
        "{date}\n\nДиректор ________ {name}",
        "ФИО: {name}\nДиректор _____\n{date}",
        "Руководитель ________ /{name}/\nМ.П.   {date}",
        "Директор _______\n (подпись, печать)\nФИО {name}\n{date}",
        "Директор:  ________   {name}\n        (подпись)      (ФИО)\nМ.П.\n\n{date}",
        "Директор        {name}\n\n{date}                М.П.",
        "Руководитель организации: {name}\nПодпись: ________\n{date}",
    ),
    (
        "дата {date}", "Дата: {date}", "{date}", "дата: {date}", "Дата составления: {date}",
        "Дата подачи {date}",
    ),
    ("", "Настоящим ", ""),
    (
        "", "", "Исх. № 45 от 15.06.2023 г.", "Вх. № 234\n15.06.2023",
        "Средняя школа № 5 имени Ч. Айтматова\nс. Шопоков, тел. 0312 541233",
        "Приложение к приказу МОН КР\n№ ___ от «__» ______ 2023 года",
    ),
    ("", "", "", "тел. 0312 54-12-33", "E-mail: school5@mail.ru"),
    ("", "", "Исп.: Токтогулова А.К., тел. 0555 12-34-56", "1"),
)  # fmt: skip
KY = Words(
    "КАБАРЛОО",
    {
        "organization_name": (
            "Юридикалык жактын толук аталышы", "Уюмдун аталышы", "Мекеменин толук аталышы",
            "Юрдикалык жактын толук аталышы", "Билим берүү уюмунун аталышы", "Аталышы",
        ),
        "organization_okpo": ("ОКПО", "ОКПО коду", "Уюмдун ОКПОсу"),
        "organization_inn": ("ИНН", "ИНН номери", "Мекеменин ИНН", "Салык төлөөчүнүн ИНН"),
        "ownership": (
            "Менчиктин формасы", "Менчик түрү", "Менчик формасы",
            "Менчиктин формасы (мамлекеттик, муниципалдык, жеке менчик)",
        ),
        "address": (
            "Юрдикалык/фактылык дареги", "Юридикалык дареги", "Дареги", "Уюмдун дареги",
            "Юридикалык (фактылык) дареги", "Жайгашкан дареги",
        ),
    },
    (
        "мектепке чейинки же мектептеги билим берүү маселелери боюнча Педагогикалык чеберчиликтин"
        " ресурстук борбору түзүлгөндүгү (керектүүсүнүн астын сызуу) юрдикалык жакты түзбөстөн,"
        " юрдикалык жакты түзүү (ИНН, ОКПО көрсөтүлсүн) менен (керектүүсүнүн астын сызуу)"
        " жөнүндө кабарлайт.",
        "мектепке чейинки / мектептеги билим берүү маселелери боюнча Педагогикалык чеберчиликтин"
        " ресурстук борбору юридикалык жакты түзбөстөн / юридикалык жакты түзүү менен"
        " (керектүүсүнүн астын сызуу) түзүлгөндүгү жөнүндө кабарлайт.",
        "Педагогикалык чеберчиликтин ресурстук борбору мектепке чейинки же мектептеги билим"
        " берүү маселелери боюнча (керектүүсүнүн астын сызуу) түзүлгөндүгү, юридикалык жакты"
        " түзбөстөн, юридикалык жакты түзүү менен (керектүүсүнүн астын сызуу) кабарлайбыз.",
    ),
    (
        "{region} облусунун\n{district} районунун (шаардын)\nБилим берүү бөлүмү",
        "{region} облусунун {district} районунун\nБилим берүү бөлүмүнө",
        "{region} облусунун\n{district} районунун\nБилим берүү бөлүмү",
        "{region} облусу, {district} району\nБилим берүү бөлүмүнө",
    ),
    (
        "", "", "Педагогикалык чеберчиликтин ресурстук борборун түзүү жөнүндө",
        "Ресурстук борбор түзүү жөнүндө", "(Ресурстук борбордун түзүлгөндүгү жөнүндө)",
    ),
    (
        "Директор _____ {name}\n   (колу, мөөрү)\n{date}",
        "Мектептин директору ______ {name}\nМ.О.\n{date}",
        "{date}\n\nДиректор ________ {name}",
        "Аты-жөнү: {name}\nДиректор _____\n{date}",
        "Жетекчи ________ /{name}/\nМ.О.   {date}",
        "Директор _______\n (колу, мөөрү)\nАты-жөнү {name}\n{date}",
        "Директор:  ________   {name}\n        (колу)      (аты-жөнү)\nМ.О.\n\n{date}",
        "Директордун аты-жөнү: {name}\nКолу: ________\n{date}",
    ),
    (
        "дата {date}", "Дата: {date}", "күнү {date}", "{date}", "Күнү: {date}",
        "Берилген күнү: {date}",
    ),
    ("", "Ушуну менен ", ""),
    (
        "", "", "Чыг. № 45, 15.06.2023-ж.", "Кир. № 234\n15.06.2023",
        "Ч. Айтматов атындагы № 5 орто мектеп\nШопоков ш., тел. 0312 541233",
        "2023-жылдын «__» ______\n№ ___\nКР БИМ буйругунун Тиркемеси",
    ),
    ("", "", "", "тел. 0312 54-12-33"),
    ("", "", "Аткаруучу: Токтогулова А.К., тел. 0555 12-34-56", "1"),
)  # fmt: skip
WORDS = {"ru": RU, "ky": KY}
ARRANGEMENTS = (
    "colon", "dash", "table", "narrow-table", "above", "captions", "numbered", "prose",
)  # fmt: skip


@dataclass(frozen=True)
class Retyping:
    """One form as somebody typed it, and what it says by field."""

    arrangement: str
    text: str
    values: dict[str, str] = field(default_factory=dict)


def draw(rng: Random, language: str) -> Retyping:
    """Draw one form of a language, with other values and in other words each time."""
    words = WORDS[language]
    values, written = _values(rng, language)
    arrangement = rng.choice(ARRANGEMENTS)
    order = list(MIDDLE)
    if rng.random() < 0.25:
        order[1], order[2] = order[2], order[1]
    labels = {name: rng.choice(words.labels[name]) for name in order}
    rows = [(labels[name], written[name]) for name in order]
    statement = rng.choice(words.statements)
    if arrangement == "prose":
        body = _prose(rng, words, rows, statement)
    else:
        body = [*_rows(rng, arrangement, rows), rng.choice(words.contacts), ""]
        body += textwrap.wrap(statement, rng.choice((60, 75, 90)))
    department = rng.choice(words.departments).format(**written)
    if rng.random() < 0.5:
        department = textwrap.indent(department, " " * 50)
    foot = rng.choice(words.feet).format(
        name=written["director_name"],
        date=rng.choice(words.dates).format(date=written["notice_date"]),
    )
    parts = (
        rng.choice(words.heads), department, f"{words.title}\n{rng.choice(words.subjects)}",
        "\n".join(body), foot, rng.choice(words.tails),
    )  # fmt: skip
    return Retyping(arrangement, "\n\n".join(part for part in parts if part), values)


def _values(rng: Random, language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the fields' values and how they are written."""
    organisation, place, day = (
        draw_organisation(rng),
        draw_place(rng)[language],
        draw_notice_date(rng),
    )
    written = {
        "organization_name": organisation.names[language],
        "organization_okpo": draw_okpo(rng),
        "organization_inn": draw_inn(rng),
        "ownership": write_ownership(rng, organisation.ownership, language),
        "address": write_address(rng, place, str(rng.randint(1, 180))),
        "director_name": write_name(rng, draw_person(rng)[language]),
        "notice_date": write_date(rng, day, language).whole,
        "district": place.district,
        "region": place.region,
    }
    values = {name: written[name] for name in (*MIDDLE, "director_name")}
    return values | {"ownership": organisation.ownership, "notice_date": day.isoformat()}, written


def _prose(rng: Random, words: Words, rows: Sequence[tuple[str, str]], statement: str) -> list[str]:
    (_, name), *others = rows
    said = ", ".join((name, *(f"{label} {value}" for label, value in others)))
    return textwrap.wrap(f"{rng.choice(words.leads)}{said}, {statement}", rng.choice((60, 75, 90)))


def _rows(rng: Random, arrangement: str, rows: Sequence[tuple[str, str]]) -> list[str]:
    width = rng.choice((60, 75, 90))
    lines: list[str] = []
    for number, (label, value) in enumerate(rows, 1):
        if arrangement == "colon":
            lines += textwrap.wrap(f"{label}: {value}", width)
        elif arrangement == "numbered":
            lines += textwrap.wrap(f"{number}. {label}: {value}", width)
        elif arrangement == "dash":
            lines += textwrap.wrap(f"{label} – {value}", width)
        elif arrangement == "above":
            lines += [label, *textwrap.wrap(value, width)]
        elif arrangement == "captions":
            caption = label if label[:3].isupper() else label[0].lower() + label[1:]
            lines += [*textwrap.wrap(value, width), f"({caption})"]
        else:
            lines += _table_row(
                rng, label, value, *((28, 40) if arrangement == "table" else (20, 34))
            )
    return lines


def _table_row(rng: Random, label: str, value: str, left: int, right: int) -> list[str]:
    labels = textwrap.wrap(label + rng.choice(("", ":")), left)
    lines = textwrap.wrap(value, right)
    count = max(len(labels), len(lines))
    above = rng.choice((0, count - len(lines), (count - len(lines)) // 2))
    padded = [
        "",
    ] * above + lines
    padded += [""] * (count - len(padded))
    labels += [""] * (count - len(labels))
    return [
        f"{label:{left + 6}}{line}".rstrip() for label, line in zip(labels, padded, strict=True)
    ]
