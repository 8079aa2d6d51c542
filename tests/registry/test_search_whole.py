"""Whatever an index does, a search answers as a walk through all records would."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from intake.registry import access, search, summary
from intake.registry.fold import folded
from intake.registry.models import FieldValue, Office, Record, RecordFlag
from intake.registry.search import Filters
from tests.registry.people import Town, notice, submit, town, written

_WORDS = (
    "Мектеп", "мектеби", "Мектептин", "мект", "Лицей", "лицейи", "Өзгөн", "Озгон", "Таң", "тан",
    "общеобразовательная", "общеобразовательный", "общеобразовательно", "№ 7", "17", "117", "1170",
    "11700045", "00117000451234", "00117000459999", "12.05.2023", "2023-05-13", "Ө.", "о",
    "кара-суу",
)  # fmt: skip


def _filled(folder: Path, chance: random.Random, count: int) -> tuple[Town, dict[int, str]]:
    """Make so many records of two offices; return each one's text by its key."""
    here = town()
    (plain,) = written(submit(folder, here.office), notice())
    texts = {plain.pk: plain.search_text}
    for number in range(count):
        plain.pk, plain.ordinal = None, 100 + number
        plain.office = chance.choice((here.office, here.other_office))
        plain.search_text = folded(" ".join(chance.sample(_WORDS, chance.randint(0, 8))))
        plain.save(force_insert=True)
        texts[plain.pk] = plain.search_text
    return here, texts


def _asked(chance: random.Random) -> str:
    """Return beginnings of some words, as somebody types them."""
    words = [chance.choice(_WORDS) for _ in range(chance.randint(1, 3))]
    return " ".join(word[: chance.randint(1, len(word))] for word in words)


def _walked(texts: dict[int, str], asked: str) -> list[int]:
    """Return what has every word: a short number as it is, another as the beginning of a word."""
    wanted = folded(asked).split()
    return [
        key
        for key, text in sorted(texts.items(), reverse=True)
        if all(
            any(
                there == word if word.isdigit() and len(word) <= 3 else there.startswith(word)
                for there in text.split()
            )
            for word in wanted
        )
    ]


def _paged(here: Town, asked: str) -> list[int]:
    rows, found, cursor = access.records_of(here.admin), [], ""
    while True:
        page = search.page(rows, Filters(q=asked), cursor, 7)
        found += [row.pk for row in page.items]
        if page.next is None:
            return found
        cursor = page.next


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_a_search_answers_as_a_walk_would(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    here, texts = _filled(tmp_path, chance, 60)
    for _ in range(80):
        asked = _asked(chance)
        expected = _walked(texts, asked)
        indexed = search.narrow(access.records_of(here.admin), Filters(q=asked))
        assert sorted(indexed.values_list("pk", flat=True), reverse=True) == expected, asked
        assert _paged(here, asked) == expected, asked


@pytest.mark.django_db
def test_postgresql_holds_the_beginnings_that_are_asked_for() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's own index takes beginnings as they are")
    words = sorted({word for text in _WORDS for word in folded(text).split()})
    for word in words:
        with connection.cursor() as cursor:
            cursor.execute("SELECT registry_beginnings(%s)", [f"x {word}"])
            held = cursor.fetchone()[0]
        sizes = range(1, len(word) + 1) if search.beginning(word) != word else [len(word)]
        for size in sizes:
            part = word[:size]
            assert search.beginning(part) in held or (part.isdigit() and size <= 3), (word, part)


@pytest.mark.django_db(transaction=True)
def test_the_newest_migrations_go_both_ways_with_records_there(tmp_path: Path) -> None:
    here, texts = _filled(tmp_path, random.Random(7), 20)
    record = Record.objects.order_by("pk").first()
    assert record is not None
    summary.write_flags(record, [FieldValue(flags=["conflict"])])
    try:
        call_command("migrate", "registry", "0008", verbosity=0)
    finally:
        call_command("migrate", "registry", verbosity=0)
    assert _paged(here, "мектеп") == _walked(texts, "мектеп") != []
    assert _paged(here, "лиц 117") == _walked(texts, "лиц 117")
    flagged = RecordFlag.objects.get(record=record, flag="conflict")
    assert flagged.office_id == record.office_id


@pytest.mark.django_db
def test_a_list_by_flag_shows_the_own_offices_alone(tmp_path: Path) -> None:
    here, texts = _filled(tmp_path, random.Random(3), 30)
    for record in Record.objects.all():
        summary.write_flags(record, [FieldValue(flags=["conflict", "corrected"][record.pk % 2 :])])
    for actor in (here.owner, here.reviewer, here.admin):
        rows = access.records_of(actor)
        for filters in (Filters(flag="conflict"), Filters(flag="corrected", office="kara-suu")):
            found = search.page(rows, filters, offices=actor.offices, limit=100)
            plain = rows.filter(flag_rows__flag=filters.flag)
            if filters.office:
                plain = plain.filter(office=Office.objects.get(code=filters.office))
            keys = list(plain.order_by("-pk").values_list("pk", flat=True))
            assert [row.pk for row in found.items] == keys != []
    assert len(texts) == 31
