"""Lessons in the registry: what was said, what holds, what it does to the next record."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from intake.cli import main
from intake.errors import Refused
from intake.registry import lessons, review
from intake.registry.errors import NotFound
from intake.registry.models import Audit, Lesson
from intake.registry.review import Wanted
from tests.registry.people import Town, notice, submit, town, written

pytestmark = pytest.mark.django_db
SPAN = timedelta(days=1)
SCANS = Path(__file__).parents[2] / "samples" / "scans"


def _looked_at(here: Town, folder: Path, name: str) -> None:
    record = written(submit(folder, here.office), notice())[0]
    review.settle(record, [Wanted("organization_name", name)], 1, here.reviewer)


def test_what_people_said_is_gathered_with_what_was_read(tmp_path: Path) -> None:
    here = town()
    _looked_at(here, tmp_path, "Кызылжарык мектеби")
    (one,) = lessons.said(timezone.now() - SPAN, timezone.now() + SPAN)
    assert (one.kind, one.before, one.value, one.is_flagged) == (
        "name", "Мектеп-гимназия № 5 Өзгөн", "Кызылжарык мектеби", False,
    )  # fmt: skip
    assert one.box == [0.1, 0.2, 0.4, 0.25]
    assert lessons.said(timezone.now() - 2 * SPAN, timezone.now() - SPAN) == []


def test_a_threshold_holds_until_it_is_undone(tmp_path: Path) -> None:
    here = town()
    content = {"kind": "inn", "flag_below": 0.98}
    lesson = lessons.adopt("thresholds", content, {}, "root")
    with pytest.raises(Refused):
        lessons.adopt("thresholds", content, {}, "root")
    record = written(submit(tmp_path, here.office), notice())[0]
    assert record.values.get(name="organization_inn").flags == ["low-confidence"]
    lessons.undo(lesson.pk, "root")
    later = written(submit(tmp_path, here.office), notice())[0]
    assert later.values.get(name="organization_inn").flags == []
    with pytest.raises(NotFound):
        lessons.undo(lesson.pk, "root")
    assert set(Audit.objects.values_list("what", flat=True)) >= {"lesson adopted", "lesson undone"}


def test_the_command_shows_adopts_on_a_yes_and_undoes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = town()
    for _ in range(2):
        _looked_at(here, tmp_path, "Кызылжарык мектеби")
    assert main(["learn", "show", "--no-drawn"]) == 0
    told = capsys.readouterr().out
    assert "2 values looked at" in told
    assert "кызылжарык" in told
    key = next(
        word for word in told.split() if len(word) == 8 and set(word) <= set("0123456789abcdef")
    )
    assert main(["learn", "apply", key, "--no-drawn"]) == 1  # nobody is there to say yes
    assert not Lesson.objects.exists()
    assert main(["learn", "apply", key, "--no-drawn", "--yes", "--by", "Асель"]) == 0
    lesson = Lesson.objects.get()
    assert (lesson.adopted_by, lesson.effect["past"]["n"]) == ("Асель", 2)
    assert main(["learn", "apply", key, "--no-drawn", "--yes"]) == 1  # it holds already
    assert main(["learn", "undo", str(lesson.pk)]) == 0
    assert lessons.holding() == []
    assert main(["learn", "list"]) == 0
    assert "undone" in capsys.readouterr().out


def test_lines_go_out_with_their_text(tmp_path: Path) -> None:
    here = town()
    scan = (SCANS / "columns-ky.jpg").read_bytes()
    record = written(submit(tmp_path, here.office, scan), notice())[0]
    wanted = [Wanted("organization_name", "Өзгөн № 5"), Wanted("notice_date", "2023-05-12")]
    review.settle(record, wanted, 1, here.reviewer)
    out = tmp_path / "lines"
    assert main(["learn", "export", str(out)]) == 0
    (line,) = (out / "lines.jsonl").read_text(encoding="utf-8").splitlines()
    told = json.loads(line)
    assert (told["text"], told["read"]) == ("Өзгөн № 5", "Мектеп-гимназия № 5 Өзгөн")
    assert (out / f"{told['name']}.jpg").read_bytes()[:2] == b"\xff\xd8"
    assert (out / f"{told['name']}.gt.txt").read_text(encoding="utf-8") == "Өзгөн № 5\n"


def test_lines_without_an_original_are_left_out(tmp_path: Path) -> None:
    here = town()
    _looked_at(here, tmp_path, "Кызылжарык мектеби")
    out = tmp_path / "lines"
    assert main(["learn", "export", str(out)]) == 0
    lines = (out / "lines.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == []
