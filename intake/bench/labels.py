"""A notice out of a page's plain text, by regular expressions on the form's labels.

Written as a careful user of pytesseract would: both languages, labels with the
letters that Tesseract loses, blanks dropped, dates and ownership put into the
normal form. Marks, signature and seal are beyond what text can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from intake.fields.reference import load_reference
from intake.fields.script import squeeze
from intake.options import TEMPLATES

TEXT_FIELDS = (
    "organization_name", "organization_okpo", "organization_inn", "ownership", "address",
    "director_name", "notice_date", "order_number", "order_date",
    "department_district", "department_region", "ayil_district", "ayil_region",
)  # fmt: skip
"""The fields that are read off letters alone."""

_NUMBER = r"\D{0,12}([\dООЗо][\d ОЗо]{%d,%d}\d)"
_DAY = r"[«\"“ ]*(\d{1,2})[»\"” ,.]*"
_WORDED = rf"{_DAY}([а-яёөүң]{{3,}})\s*(20\d\d)"
_KY_YEAR_FIRST = rf"(20\d\d)\W{{0,3}}ж\w*\W*{_DAY}\W*([а-яёөүң]{{3,}})"
_NUMERIC = r"(\d{1,2})\.(\d{1,2})\.(\d{2,4})"

_RU = {
    "organization_name": r"ИЗВЕЩЕНИЕ\s*(.+?)[\s,]*ОКПО",
    "address": r"фактическ\w*\s+адрес\s*(.+?)\s*уведомля",
    "ownership": r"форма собственности[\W_]*(\w+)",
    "department_district": r"Отдел образования\s*(.{0,40}?)\s*района",
    "department_region": r"Отдел образования.{0,40}?района\W*(?:города\W*)?(.{0,40}?)\s*области",
    "ayil_district": r"Айыл\s+окмоту\s*(.{0,40}?)\s*района",
    "ayil_region": r"Айыл\s+окмоту.{0,40}?района\W*(.{0,40}?)\s*области",
    "order_number": r"к приказу МОН КР\s*№\s*(\S+)",
}
_KY = {
    "organization_name": r"КАБАРЛОО\s*(.+?)[\s,]*ОКПО",
    "address": r"фактылык\s+дареги\s*(.+?)\s*мектепке чейинки",
    "ownership": r"менчиктин формасы[\W_]*(\w+)",
    "department_region": r"министрлиги\s*(.{0,40}?)\s*облусунун",
    "department_district": r"министрлиги.{0,40}?облусунун\s*(.{0,40}?)\s*районунун",
    "ayil_region": r"б[өое]л[үу]м[үу]\s*(.{0,40}?)\s*облусунун",
    "ayil_district": r"б[өое]л[үу]м[үу].{0,40}?облусунун\s*(.{0,40}?)\s*районунун",
    "order_number": r"жылдын.{0,40}?№\s*(\S+)\s*КР БИМ",
}
_BIG, _SMALL = "А-ЯЁӨҮҢ", "а-яёөүң"
_INITIALS = rf"(?:[{_BIG}]\.\s*){{1,2}}"
_PERSON = (
    rf"{_INITIALS}[{_BIG}][{_SMALL}-]+|[{_BIG}][{_BIG}{_SMALL}-]{{2,}}\s+{_INITIALS}"
    rf"|[{_BIG}][{_BIG}{_SMALL}-]{{2,}}(?:\s+[{_BIG}][{_SMALL}]{{2,}}){{1,2}}"
)
_OWNERSHIP = {"мамл": "state", "гос": "state", "муниц": "municipal", "час": "private",
              "жек": "private"}  # fmt: skip


def notice_in(text: str) -> dict[str, str | None] | None:
    """Return the fields of the notice in this text in their normal forms, None for no notice."""
    flat = " ".join(re.sub(r"[_.…]{2,}", " ", text).split())
    is_ky = "КАБАРЛОО" in flat
    if not is_ky and "ИЗВЕЩЕНИЕ" not in flat:
        return None
    found = {name: _first(pattern, flat) for name, pattern in (_KY if is_ky else _RU).items()}
    found["organization_inn"] = _digits(_first("ИНН" + _NUMBER % (12, 14), flat))
    found["organization_okpo"] = _digits(_first("ОКПО" + _NUMBER % (6, 8), flat))
    found["ownership"] = _owner(found["ownership"])
    found["director_name"] = _person(flat.partition("Директор")[2])
    head, _, tail = flat.rpartition("дата")
    found["notice_date"] = _date(tail)
    found["order_date"] = _date(head.split("КАБАРЛОО" if is_ky else "ИЗВЕЩЕНИЕ")[0])
    return {"language": "ky" if is_ky else "ru"} | found


def _first(pattern: str, text: str) -> str | None:
    match = re.search(pattern, text, re.IGNORECASE)
    return match.group(1).strip(" ,‚„|_") or None if match else None


def _person(text: str) -> str | None:
    match = re.search(_PERSON, text.replace("ФИО", " ").replace("Аты-жөнү", " "))
    return match.group(0).strip() if match else None


def _digits(text: str | None) -> str | None:
    if text is None:
        return None
    return re.sub(r"\D", "", text.translate(str.maketrans("ОоЗ", "003"))) or None


def _owner(text: str | None) -> str | None:
    stems = (value for stem, value in _OWNERSHIP.items() if text and text.lower().startswith(stem))
    return next(stems, None)


def _date(text: str) -> str | None:
    for year, month, day in _dates(text.lower()):
        if 1 <= month <= 12 and 1 <= day <= 31:
            return f"{year:04}-{month:02}-{day:02}"
    return None


def _dates(text: str) -> Iterator[tuple[int, int, int]]:
    for day, month, year in re.findall(_NUMERIC, text):
        yield (int(year) if len(year) == 4 else 2000 + int(year)), int(month), int(day)
    for day, month, year in re.findall(_WORDED, text):
        yield int(year), _months().get(squeeze(month), 0), int(day)
    for year, day, month in re.findall(_KY_YEAR_FIRST, text):
        yield int(year), _months().get(squeeze(month), 0), int(day)


@cache
def _months(folder: Path = TEMPLATES / "reference") -> Mapping[str, int]:
    return load_reference(folder).months
