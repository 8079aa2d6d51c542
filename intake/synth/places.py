"""Regions, districts, villages and streets, and addresses written in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from intake.synth.reference import Row, happens, table

# Common village names, Kyrgyz and Russian spelling.
VILLAGES = (
    ("Таш-Дөбө", "Таш-Дебе"), ("Кызыл-Туу", "Кызыл-Туу"), ("Жаңы-Жол", "Джаны-Джол"),
    ("Көк-Жар", "Кок-Джар"), ("Сары-Булак", "Сары-Булак"), ("Кара-Дөбө", "Кара-Дебе"),
    ("Үч-Коргон", "Уч-Коргон"), ("Орто-Сай", "Орто-Сай"), ("Бирдик", "Бирдик"),
    ("Эмгек", "Эмгек"), ("Ынтымак", "Ынтымак"), ("Кум-Арык", "Кум-Арык"),
    ("Ак-Жар", "Ак-Джар"), ("Өзгөрүш", "Озгоруш"), ("Жаңы-Турмуш", "Джаны-Турмуш"),
    ("Боз-Бөлтөк", "Боз-Болток"), ("Төмөнкү-Сере", "Нижняя Серафимовка"), ("Чоң-Арык", "Чон-Арык"),
    ("Күн-Туу", "Кун-Туу"), ("Көк-Ой", "Кок-Ой"), ("Арал", "Арал"), ("Жайылма", "Джайылма"),
    ("Ивановка", "Ивановка"), ("Беловодское", "Беловодское"), ("Ак-Башат", "Ак-Башат"),
)  # fmt: skip
STREETS = (
    ("Манас", "Манаса"), ("Токтогул", "Токтогула"), ("Ленин", "Ленина"), ("Совет", "Советская"),
    ("Мектеп", "Школьная"), ("Жаштык", "Молодёжная"), ("Тынчтык", "Мира"), ("Чүй", "Чуй"),
    ("К. Исаков", "К. Исакова"), ("Ж. Бөкөнбаев", "Дж. Боконбаева"), ("Борбордук", "Центральная"),
    ("Абдрахманов", "Абдрахманова"), ("Байтик баатыр", "Байтик баатыра"), ("Фрунзе", "Фрунзе"),
    ("Ысык-Көл", "Иссык-Кульская"), ("Эркиндик", "Эркиндик"), ("Гагарин", "Гагарина"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a school stands: the blanks' wording and the address's parts, in one language."""

    language: str
    district: str
    region: str
    district_full: str
    region_full: str
    is_city: bool
    village: str
    street: str
    aimak: str


@cache
def _districts() -> tuple[Row, ...]:
    kinds = ("raion", "city of oblast significance", "city district")
    return tuple(r for r in table("districts") if r["kind"] in kinds)


def region_row(iso: str) -> Row:
    """Return the region of this ISO 3166-2 code."""
    return next(r for r in table("regions") if r["iso3166_2"] == iso)


def draw_place(rng: Random) -> dict[str, Place]:
    """Draw a district within its region, a village and a street, in both languages."""
    district = rng.choice(_districts())
    region = region_row(district["region_iso"])
    village, street = rng.choice(VILLAGES), rng.choice(STREETS)
    aimaks = [r for r in table("ayil_aimaks") if r["district_soate"] == district["soate"]]
    aimak = rng.choice(aimaks)["name_ru_core"] if aimaks else ""
    return {
        "ky": _kyrgyz(district, region, village[0], street[0]),
        "ru": _russian(district, region, (village[1], street[1], aimak)),
    }


def _kyrgyz(district: Row, region: Row, village: str, street: str) -> Place:
    return Place(
        language="ky",
        district=district["name_ky_bare"],
        region=region["form_slot_ky"],
        district_full=district["name_ky"],
        region_full=region["name_ky"],
        is_city=district["kind"] != "raion",
        village=village,
        street=street,
        aimak="",
    )


def _russian(district: Row, region: Row, local: tuple[str, str, str]) -> Place:
    slot = district["name_ru_gen_adj"] or district["name_ru"].removeprefix("город ")
    return Place(
        language="ru",
        district=slot,
        region=region["form_slot_ru"] or region["name_ru"].replace("город", "г."),
        district_full=district["name_ru"],
        region_full=region["name_ru"],
        is_city=district["kind"] != "raion",
        village=local[0],
        street=local[1],
        aimak=local[2],
    )


def write_address(rng: Random, place: Place, house: str) -> str:
    """Write an address as an office of the place would."""
    writer = _kyrgyz_address if place.language == "ky" else _russian_address
    return writer(rng, place, house)


def _russian_address(rng: Random, place: Place, house: str) -> str:
    street = rng.choice((f"ул. {place.street}", f"ул.{place.street}", f"улица {place.street}"))
    house = rng.choice((f", {house}", f", д. {house}", f" {house}", f", дом {house}"))
    if place.is_city:
        town = place.district_full.replace("город ", rng.choice(("г. ", "г.", "город ")))
        if "район" in town:
            town = f"{place.region_full.replace('город', 'г.')}, {town}"
        return _postcode(rng, f"{town}, {street}{house}")
    village = rng.choice((f"с. {place.village}", f"с.{place.village}", f"село {place.village}"))
    region = rng.choice((place.region_full, place.region_full.replace("область", "обл.")))
    full = f"{region}, {place.district_full}, {village}, {street}{house}"
    short = f"{place.district_full}, {village}, {street}{house}"
    return rng.choice((full, short, _postcode(rng, full), f"{village}, {street}{house}"))


def _kyrgyz_address(rng: Random, place: Place, house: str) -> str:
    street = rng.choice((f"{place.street} көчөсү", f"{place.street} көч.", f"{place.street} к."))
    house = rng.choice((f", {house}", f" {house}", f", {house}-үй", f", №{house}"))
    if place.is_city:
        town = place.district_full.replace("шаары", rng.choice(("шаары", "ш.")))
        if "район" in town:
            town = f"{place.region_full}, {town}"
        return _postcode(rng, f"{town}, {street}{house}")
    village = rng.choice((f"{place.village} айылы", f"{place.village} а."))
    full = f"{place.region_full}, {place.district_full}, {village}, {street}{house}"
    short = f"{place.district_full}, {village}, {street}{house}"
    return rng.choice((full, short, _postcode(rng, full), f"{village}, {street}{house}"))


def _postcode(rng: Random, address: str) -> str:
    if happens(rng, 0.3):
        return f"72{rng.randint(0, 5)}{rng.randint(0, 9)}{rng.randint(0, 9)}0, {address}"
    return address
