"""Invented schools and kindergartens: one organisation's name in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from intake.synth.people import initial
from intake.synth.places import VILLAGES
from intake.synth.reference import happens, table, weighted

BRANDS = (
    ("Келечек", "Келечек"), ("Мурас", "Мурас"), ("Баластан", "Баластан"), ("Сейтек", "Сейтек"),
    ("Күнөстүү Бишкек", "Солнышко"), ("Эрудит", "Эрудит"), ("Алтын Түйүн", "Алтын Тюйюн"),
    ("Илим", "Илим"), ("Oxford Plus", "Oxford Plus"), ("Smart Kids", "Smart Kids"),
    ("Билимкана", "Билимкана"), ("XXI кылым", "XXI век"), ("Ак босого", "Ак босого"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a kind of organisation is called in both languages: {n}, {who}, {brand}, {village}."""

    ky: str
    ru: str
    level: str
    ownership: str
    weight: float = 1.0


PATTERNS = (
    Pattern("№{n} орто мектеби", "Средняя школа № {n}", "school", "municipal", 3),
    Pattern("{who} атындагы орто мектеп", "СОШ им. {who}", "school", "municipal", 3),
    Pattern(
        "{who} атындагы № {n} орто билим берүү мектеби",
        "Средняя общеобразовательная школа № {n} имени {who}", "school", "municipal", 4,
    ),
    Pattern(
        "“{who} атындагы №{n} жалпы билим берүү орто мектеби” мекемеси",
        "Учреждение «Средняя общеобразовательная школа № {n} имени {who}»",
        "school", "municipal", 4,
    ),
    Pattern("{village} орто мектеби", "СШ с. {village}", "school", "municipal", 2),
    Pattern("№{n} мектеп-гимназиясы", "УВК школа-гимназия №{n}", "school", "municipal", 2),
    Pattern(
        "“№ {n} мектеп-лицейи” муниципалдык жалпы билим берүү мекемеси",
        "Муниципальное общеобразовательное учреждение школа-лицей № {n}",
        "school", "municipal", 3,
    ),
    Pattern(
        "№ {n} “{brand}” бала бакчасы", "Ясли-сад «{brand}» №{n}", "preschool", "municipal", 3
    ),
    Pattern(
        "“№ {n} мектепке чейинки билим берүү уюму” мекемеси",
        "Учреждение «Дошкольная образовательная организация № {n}»", "preschool", "municipal", 3,
    ),
    Pattern("№{n} МЧББУ мекемеси", "Учреждение ДОО № {n}", "preschool", "municipal", 2),
    Pattern("«{brand}» ЖЧК", "ОсОО «{brand}»", "school", "private", 2),
    Pattern(
        "“{brand}” жеке менчик мектеби", "Учреждение «Частная школа “{brand}”»",
        "school", "private", 2,
    ),
    Pattern(
        "«{brand}» жеке бала бакчасы", "Частный детский сад «{brand}»", "preschool", "private", 2
    ),
    Pattern(
        "Кыргыз Республикасынын Билим берүү жана илим министрлигинин алдындагы"
        " “{who} атындагы улуттук мектеп-интернат” мамлекеттик мекемеси",
        "Государственное учреждение «Национальная школа-интернат имени {who}» при"
        " Министерстве образования и науки Кыргызской Республики", "school", "state", 1.5,
    ),
    Pattern(
        "№ {n} балдар үчүн атайын мектеп-интернаты",
        "Специальная школа-интернат № {n} для детей", "school", "state", 1.5,
    ),
    Pattern(
        "II кесиптик-техникалык билим берүү жана XXI кылым лицейи",
        "Лицей «XXI век» II ступени", "school", "state", 0.5,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Organisation:
    """One invented organisation: names by language, its level of education, its ownership."""

    names: dict[str, str]
    level: str
    ownership: str


def draw_organisation(rng: Random) -> Organisation:
    """Draw an organisation; its parts agree as in life."""
    pattern = weighted(rng, {p: p.weight for p in PATTERNS})
    parts = _parts(rng)
    names = {"ky": pattern.ky.format(**parts["ky"]), "ru": pattern.ru.format(**parts["ru"])}
    if happens(rng, 0.06):
        names = {language: name.upper() for language, name in names.items()}
    return Organisation(names, pattern.level, pattern.ownership)


def _parts(rng: Random) -> dict[str, dict[str, str]]:
    n = str(rng.randint(1, 99) if happens(rng, 0.8) else rng.randint(100, 169))
    brand, village = rng.choice(BRANDS), rng.choice(VILLAGES)
    who = _namesake(rng)
    return {
        language: {"n": n, "brand": brand[i], "village": village[i], "who": who[i]}
        for i, language in enumerate(("ky", "ru"))
    }


def _namesake(rng: Random) -> tuple[str, str]:
    row = rng.choice([r for r in table("surnames") if r["surname_masc"].endswith(("ов", "ев"))])
    given = rng.choice([r for r in table("given_names") if r["sex"] == "m"])["name"]
    first = initial(given)
    russian = (row["ru_spelling_variants_rule"].split("|")[0] or row["surname_masc"]) + "а"
    first_ru = first.translate(str.maketrans("ӨҮ", "ОУ"))
    return f"{first} {row['surname_masc']}", f"{first_ru} {russian}"
