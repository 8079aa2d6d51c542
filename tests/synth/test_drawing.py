"""What is drawn: complete truth, exact boxes, the same again for the same seed."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from intake.domain.geometry import Box
from intake.errors import Failed, Refused
from intake.synth.arrange import arrange
from intake.synth.compose import Scribe
from intake.synth.draw import draw_file, draw_set
from intake.synth.faces import print_families, typewriter_families
from intake.synth.filling import FIELDS, draw_school, fill
from intake.synth.frame import Scan
from intake.synth.layouts import LAYOUTS, Form
from intake.synth.paint import paint
from intake.synth.paper import PAPERS, wear
from intake.synth.scanners import SCANNERS, scan
from intake.synth.scenes import Scene, draw_scene, wanted_strata
from intake.synth.sheet import Run, Sheet
from intake.synth.style import ALPHABET, draw_style
from intake.synth.typeset import Setter

PLAIN = Scene("office", "official", "typed", "grey-200", "clean", "png", "one", "ru")
WRITTEN = ("signature", "seal", "education_level", "legal_entity", "ownership")


def scanned(sheet: Sheet, scanner: str, quarters: int = 0) -> Scan:
    return scan(Random("same"), paint(sheet, 300, Random(0)), scanner, quarters)


def ink_box(scan: Scan, empty: Scan) -> Box:
    """Find by the pixels alone where two scans differ."""
    shape = scan.pixels.shape
    change = np.abs(scan.pixels.astype(int) - empty.pixels.astype(int))
    change = change.reshape(shape[0], shape[1], -1).max(axis=2) > 70
    rows, columns = np.flatnonzero(change.any(axis=1)), np.flatnonzero(change.any(axis=0))
    height, width = shape[:2]
    return Box(
        columns[0] / width, rows[0] / height, (columns[-1] + 1) / width, (rows[-1] + 1) / height
    )


@pytest.mark.parametrize(
    ("scanner", "quarters"),
    [(name, 0) for name in sorted(set(SCANNERS) - {"fax", "none", "grey-110"})] + [("phone", 1)],
)
def test_boxes_are_where_the_ink_is_after_any_scanner(scanner: str, quarters: int) -> None:
    face = print_families()[0].bold
    sheet = Sheet(items=[Run("ПНМ", 140, 300, face, 90, tag="a/field:x")])
    found = scanned(sheet, scanner, quarters)
    seen = ink_box(found, scanned(Sheet(), scanner, quarters))
    # A page laid askew: the box goes around the corners of the ink's own box.
    floor = 0.55 if scanner == "tilted" else 0.85
    truth = Box(*found.boxes["a/field:x"])
    assert truth.overlap(seen) > floor
    assert truth.left - 0.01 <= seen.left
    assert truth.right + 0.01 >= seen.right


@pytest.mark.parametrize("language", ["ky", "ru"])
@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_layout_places_every_value_on_its_page(layout: str, language: str) -> None:
    rng = Random(f"{layout}{language}")
    filling = fill(rng, draw_school(rng), language)
    style = draw_style(rng, LAYOUTS[layout], filling, "typed", None)
    setter, scribe = Setter(style.margins), Scribe(style, filling, rng)
    Form(setter, scribe, LAYOUTS[layout]).draw()
    tags = {tag for sheet in setter.sheets for tag in sheet.places}
    absent = {"order_number", "order_date"} if not LAYOUTS[layout].has_heading else set()
    for name, entry in filling.entries.items():
        if entry.text and name not in absent:
            assert f"a/field:{name}" in tags, name
    for sheet in setter.sheets:
        for item in sheet.items:
            if isinstance(item, Run):
                assert 0 <= item.x < sheet.width
                assert 0 < item.baseline <= sheet.height
    assert len(setter.sheets) == (2 if layout == "two-pages" else 1)


@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_papers_leave_the_ink_readable(paper: str) -> None:
    sheet = Sheet(items=[Run("ОКПО 12345678", 100, 300, print_families()[0].regular, 14)])
    page = paint(sheet, 150, Random(0))
    wear(Random(3), page, paper)
    ink = page.pixels[590:625, 210:420].min(axis=2)
    assert ink.min() < np.median(page.pixels) - 60


def draw(folder: Path, *strata: str, count: int = 2, seed: int = 5) -> list[dict[str, Any]]:
    draw_set(folder, count, seed, strata)
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def fingerprint(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def test_truth_has_the_contracts_shape(tmp_path: Path) -> None:
    notices = draw(tmp_path, "office", "arrangement=one", "scanner=grey-200", "layout=two-pages")
    for notice in notices:
        assert (tmp_path / notice["source"]).is_file()
        assert notice["pages"] == [1, 2]
        assert set(notice["fields"]) == set(FIELDS)
        for name, field in notice["fields"].items():
            assert set(field) == {"value", "state", "text", "page", "box"}
            if field["box"]:
                Box(*field["box"])
                assert field["page"] in notice["pages"]
            elif field["state"] == "read":
                assert field["value"] == "absent", name
        assert notice["strata"]["layout"] == "two-pages"
        assert notice["strata"]["scanner"] == "grey-200"


def test_the_same_seed_draws_the_same_in_another_process(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    strata = ("office", "hard")
    draw_set(here, 2, 11, strata)
    code = (
        "from pathlib import Path; from intake.synth.draw import draw_set;"
        f"draw_set(Path({str(there)!r}), 2, 11, {strata!r})"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONHASHSEED": "77"})
    assert fingerprint(here) == fingerprint(there)


def test_another_seed_draws_something_else(tmp_path: Path) -> None:
    first = draw(tmp_path / "a", "office", "arrangement=one", count=1, seed=1)
    second = draw(tmp_path / "b", "office", "arrangement=one", count=1, seed=2)
    assert first != second


def test_a_pair_is_two_notices_of_one_school_in_two_languages(tmp_path: Path) -> None:
    notices = draw(tmp_path, "office", "arrangement=pair", "scanner=grey-200", count=1)
    assert {notice["language"] for notice in notices} == {"ky", "ru"}
    inn = {notice["fields"]["organization_inn"]["value"] for notice in notices}
    assert len(inn) == 1


def test_both_on_one_page_have_boxes_of_their_own(tmp_path: Path) -> None:
    scene = replace(PLAIN, arrangement="both-on-page")
    _, records = draw_file(Random(4), tmp_path / "both", scene, None)
    upper, lower = (record["fields"]["organization_name"]["box"] for record in records)  # type: ignore[index]
    assert [record["pages"] for record in records] == [[1], [1]]
    assert upper[3] < lower[1]


@pytest.mark.parametrize("kind", ["letter", "charter", "order", "unfilled", "blank"])
def test_other_pages_hold_no_notice(tmp_path: Path, kind: str) -> None:
    assert draw(tmp_path, "unrelated", f"arrangement={kind}", "scanner=grey-200", count=1) == []
    files = (tmp_path / "files.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["notices"] for line in files] == [0]


def test_an_unfilled_form_carries_no_writing() -> None:
    bundle = arrange(Random(1), replace(PLAIN, arrangement="unfilled"), None)
    assert not [tag for sheet in bundle.sheets for tag in sheet.places if "/field:" in tag]


def test_a_block_that_the_layout_leaves_out_is_missing_not_blank(tmp_path: Path) -> None:
    notices = draw(tmp_path, "office", "layout=table", "arrangement=one", "scanner=grey-200")
    for notice in notices:
        assert notice["fields"]["order_number"]["state"] == "missing"
        assert notice["fields"]["order_date"]["value"] is None


def test_unknown_strata_are_refused_with_those_known() -> None:
    with pytest.raises(Refused, match="no stratum is called fog; use one of office"):
        wanted_strata(["fog"])
    with pytest.raises(Refused, match="scanner=crystal-ball"):
        wanted_strata(["scanner=crystal-ball"])


def test_groups_and_axes_narrow_the_scene() -> None:
    groups, values = wanted_strata(["hard", "language=ky", "file=tiff"])
    for seed in range(30):
        scene = draw_scene(Random(seed), groups, values)
        assert (scene.group, scene.language, scene.file) == ("hard", "ky", "tiff")


def test_without_handwriting_faces_the_message_says_where_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"fontsource/caveat.*--fonts"):
        draw_set(tmp_path / "set", 1, 1, ["hand"], tmp_path)


def test_every_letter_exists_in_the_faces_that_are_used() -> None:
    assert any(family.regular.supports(ALPHABET) for family in print_families())
    assert all(family.regular.supports("ңөүҢӨҮ№«»") for family in typewriter_families())
    assert not print_families()[0].regular.supports("\U00010fff")
