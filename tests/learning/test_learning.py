"""Proposals from corrections, the folder they are laid into, and what they change."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from intake.domain.template import FieldKind, FieldRule
from intake.fields.graded import Written
from intake.fields.grading import Grader
from intake.fields.places import grade_district
from intake.fields.reference import Reference, load_reference
from intake.learning.effects import on_drawn, on_past, read_set
from intake.learning.overlay import folder_for
from intake.learning.proposals import Corrected, Proposal, confusions, propose
from intake.options import TEMPLATES

WORD = {"word": "жолборсбекович", "language": "ky"}
SAMPLES = Path(__file__).parents[2] / "samples"
LESSON = ("words", {"word": "кызылжарык", "language": "ky"})


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference(TEMPLATES / "reference")


def _one(record: int, before: str, value: str, **more: object) -> Corrected:
    told = {"kind": "name", "confidence": 0.9, "flagged": True, "text": before, **more}
    return Corrected(record, language="ky", before=before, value=value, **told)  # type: ignore[arg-type] # told is typed above


def test_confusions_are_counted_letter_by_letter() -> None:
    looked = [
        _one(1, "Озгон шаары", "Өзгөн шаары"),
        _one(2, "Школа 3", "Школа 8"),
        _one(3, "Нур №5", "Нур № 5"),
        _one(4, "Нур", "Нур"),
        _one(5, "Нур", "Башка мектеп"),
    ]
    found = {(read, really): count for read, really, count in confusions(looked)}
    assert found == {("О", "Ө"): 1, ("о", "ө"): 1, ("3", "8"): 1, ("", " "): 1}


def test_a_word_of_two_notices_is_proposed_and_of_one_is_not(reference: Reference) -> None:
    looked = [
        _one(1, "Кызылжарык", "«Кызылжарык» мектеби"),
        _one(2, "Кызылжарык", "Кызылжарык гимназиясы"),
        _one(3, "Тунжылдызы", "Тунжылдызы мектеби"),
    ]
    (found,) = propose(looked, reference)
    assert (found.kind, found.content["word"], found.records) == ("words", "кызылжарык", 2)
    assert found.key == propose(looked, reference)[0].key


def test_names_of_people_go_to_their_own_lists(reference: Reference) -> None:
    looked = [_one(n, "?", "Жолчукунов Ырысмамбай", kind="person") for n in (1, 2)]
    assert {(p.kind, p.content["word"]) for p in propose(looked, reference)} == {
        ("surnames", "жолчукунов"),
        ("names", "ырысмамбай"),
    }


def test_a_spelling_that_people_keep_mending_is_proposed(
    reference: Reference, tmp_path: Path
) -> None:
    looked = [_one(n, "Сокулюкк", "Сокулук", kind="district") for n in (1, 2)]
    (found,) = propose(looked, reference)
    assert (found.kind, found.content["spelling"]) == ("places", "Сокулюкк")
    learned = load_reference(
        folder_for([(found.kind, found.content)], TEMPLATES, tmp_path) / "reference"
    )
    graded = grade_district(Written("Сокулюкк", second="Сокулюкк"), learned)
    assert propose(looked, learned) == []
    assert graded.value is not None


def test_a_threshold_goes_above_silent_errors_alone(reference: Reference) -> None:
    silent = [
        _one(n, "12", "13", kind="number", flagged=False, confidence=0.95 + n / 1000)
        for n in (1, 2)
    ]
    certain = _one(5, "12", "13", kind="number", flagged=False, confidence=0.9999)
    flagged = _one(3, "12", "13", kind="number", confidence=0.999)
    (found,) = propose([*silent, certain, flagged], reference)
    assert found.content == {"kind": "number", "flag_below": 0.9525}
    effect = on_past(found, [*silent, flagged, _one(4, "7", "7", kind="number", flagged=False,
                                                   confidence=0.9)], Path())  # fmt: skip
    assert (effect.n, effect.flagged, effect.caught) == (4, 3, 2)


def test_an_overlay_is_made_once_and_leaves_the_product_as_it_is(tmp_path: Path) -> None:
    before = (TEMPLATES / "reference" / "words.csv").read_bytes()
    assert folder_for([], TEMPLATES, tmp_path) == TEMPLATES
    first = folder_for([LESSON], TEMPLATES, tmp_path)
    stamp = first.stat().st_mtime_ns
    assert folder_for([LESSON], TEMPLATES, tmp_path) == first
    assert first.stat().st_mtime_ns == stamp
    assert (TEMPLATES / "reference" / "words.csv").read_bytes() == before
    with (first / "reference" / "words.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file))[-1]["word"] == "кызылжарык"
    assert load_reference(first / "reference").words.knows("Кызылжарык")
    assert [path.name for path in tmp_path.iterdir()] == [first.name]


@pytest.mark.parametrize(
    ("kind", "word", "knows"),
    [("names", "ырысмамбай", "Ырысмамбай"), ("surnames", "жолчукунова", "Жолчукунов")],
)
def test_names_that_were_learned_are_known(
    kind: str, word: str, knows: str, tmp_path: Path
) -> None:
    folder = folder_for([(kind, {"word": word, "language": "ky"})], TEMPLATES, tmp_path)
    assert load_reference(folder / "reference").words.knows(knows)


def test_what_a_word_changes_on_past_corrections_is_told(tmp_path: Path) -> None:
    looked = [_one(n, "Кызылжарык мектеби", "Кызылжарык мектеби") for n in (1, 2)]
    proposal = Proposal(LESSON[0], LESSON[1], 2)
    effect = on_past(proposal, looked, folder_for([LESSON], TEMPLATES, tmp_path))
    assert (effect.n, effect.unflagged, effect.missed, effect.wronged) == (2, 2, 0, 0)


def test_grading_is_the_products_own(reference: Reference) -> None:
    rule = FieldRule("", FieldKind.NAME)
    graded = Grader(reference, __import__("datetime").date(2026, 1, 1)).grade(
        rule, Written("Кызылжарык мектеби", second="Кызылжорык мектеби")
    )
    assert graded.evidence["words_unknown"] == 1


def test_what_changes_on_drawn_notices_is_measured_by_reading_them(tmp_path: Path) -> None:
    drawn, home = tmp_path / "drawn", tmp_path / "learned"
    drawn.mkdir()
    shutil.copy(SAMPLES / "scans" / "columns-ky.jpg", drawn)
    lines = (SAMPLES / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    truth = next(line for line in lines if '"columns-ky.jpg"' in line)
    (drawn / "truth.jsonl").write_text(f"{truth}\n", encoding="utf-8")
    read = read_set(drawn)
    everything = Proposal("thresholds", {"kind": "inn", "flag_below": 0.9999}, 2)
    effect = on_drawn(everything, drawn, read, TEMPLATES)
    assert (effect.n > 10, effect.flagged >= 1, effect.righted) == (True, True, 0)
    word = on_drawn(Proposal(*LESSON, 2), drawn, read, folder_for([LESSON], TEMPLATES, home))
    assert (word.n, word.wronged, word.righted) == (effect.n, 0, 0)
