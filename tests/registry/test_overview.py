"""Where work piles up, and the charts that show it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from intake.registry import inbox, overview, review
from intake.registry.errors import Forbidden
from intake.registry.models import Record, Status, Submission
from intake.web import charts
from tests.registry.people import notice, submit, town, written

HOURS = (1, 30, 24 * 5, 24 * 40)


@pytest.mark.django_db
def test_the_backlog_is_told_by_office_and_age(tmp_path: Path) -> None:
    here = town()
    for hours in HOURS:
        record = written(submit(tmp_path, here.office), notice())[0]
        then = timezone.now() - timedelta(hours=hours)
        Record.objects.filter(pk=record.pk).update(created_at=then)
    written(submit(tmp_path, here.other_office), notice())
    failed = submit(tmp_path, here.office)
    Submission.objects.filter(pk=failed.pk).update(
        status=Status.FAILED, failure="it is empty; send it again", finished_at=timezone.now()
    )
    submit(tmp_path, here.office)
    told = overview.build(here.supervisor)
    (line,) = told.backlog  # the other office is not this supervisor's
    assert line.by_age == {"today": 1, "days": 1, "week": 1, "older": 1}
    assert (line.total, line.unread, told.failed_count) == (4, 1, 1)
    assert told.oldest is not None
    assert told.oldest < timezone.now() - timedelta(days=39)
    assert len(overview.build(here.admin).backlog) == 2
    with pytest.raises(Forbidden):
        overview.build(here.reviewer)


@pytest.mark.django_db
def test_a_day_tells_pages_and_decisions(tmp_path: Path) -> None:
    here = town()
    records = written(submit(tmp_path, here.office), notice(), notice((2,)), notice((3,)))
    review.approve(records[0], 1, here.reviewer)
    review.reject(records[1], 1, here.reviewer, "no seal")
    review.send_back(records[2], 1, here.reviewer, "page 2?")
    told = overview.build(here.supervisor, days=3)
    today = told.days[-1]
    assert (today.pages, today.approved, today.rejected) == (3, 1, 1)
    assert [day.pages for day in told.days[:-1]] == [0, 0]
    assert told.stations["office"] == 1
    (message,) = inbox.messages(here.owner)
    assert (message.words, message.who, inbox.count(here.stranger)) == ("page 2?", "reviewer", 0)


@pytest.mark.parametrize("draw", [charts.stacked, charts.columns])
def test_charts_are_xml_with_every_number_in_words(draw: object) -> None:
    assert callable(draw)
    rows = [charts.Row("<b>«Ош»</b> & co", [3, 0]), charts.Row("Баткен" * 20, [1, 2])]
    picture = draw("How many <i>", ["new", "old & tired"], rows)
    tree = ElementTree.fromstring(picture)
    assert tree.attrib["role"] == "img"
    words = [node.text or "" for node in tree.iter() if node.tag == "title"]
    assert words[0] == "How many <i>"
    assert "<b>«Ош»</b> & co: new 3" in words
    assert "<b>" not in picture
    for node in tree.iter("rect"):
        assert float(node.attrib["width"]) >= 0
        assert "style" not in node.attrib


def test_a_chart_of_nothing_is_empty() -> None:
    ElementTree.fromstring(charts.stacked("none", ["a"], []))
    ElementTree.fromstring(charts.columns("none", ["a"], []))
