"""Every hostile file ends in pages or in one clear line, soon and within bounds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from intake.engines import sandbox
from intake.errors import IntakeError, Refused, shown_name
from intake.options import DEFAULT
from intake.stages.rasterise import Page, Unread, rasterise
from intake.stages.receive import receive
from tests.stages import hostile

# Tighter than what is shipped, so that what is caught by a limit is caught sooner.
TIGHT = replace(DEFAULT, address_space=400_000_000, seconds=12, page_seconds=6)


def read(path: Path) -> list[Page | Unread]:
    return list(rasterise(receive(path, TIGHT), limits=TIGHT))


def outcome(path: Path) -> str:
    """Return what became of the file, having checked that every message is one clear line."""
    try:
        items = read(path)
    except IntakeError as error:
        assert_clear(error)
        return type(error).__name__
    for item in items:
        if isinstance(item, Unread):
            assert_clear(item.error)
    return "pages" if any(isinstance(item, Page) for item in items) else "unread"


def assert_clear(error: IntakeError) -> None:
    text = str(error)
    cause, _, remedy = text.partition("; ")
    assert cause and remedy, text
    assert text.isprintable()
    assert len(text) < 200
    assert "Error" not in text, "a program's word, not a person's"


def written(folder: Path, name: str, body: bytes) -> Path:
    path = folder / name
    path.write_bytes(body)
    return path


@pytest.mark.parametrize("name", hostile.FOREIGN)
def test_what_is_no_scan_is_refused(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, name, hostile.FOREIGN[name])
    with pytest.raises(Refused) as refusal:
        receive(path)
    assert_clear(refusal.value)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("claims.png", "Refused"),
        ("large.png", "unread"),
        ("claims.tif", "Refused"),
        ("many.tif", "Refused"),
        ("loop.tif", "Refused"),
        ("picture.pdf", "unread"),
        ("many.pdf", "Refused"),
        ("none.pdf", "Refused"),
        ("tree.pdf", None),
        ("inches.pdf", "pages"),
        ("endless.pdf", None),
        ("nothing.pdf", None),
        ("sliver.pdf", None),
        ("forms.pdf", None),
        ("own.pdf", None),
        ("wide.pdf", None),
        ("spaces.pdf", None),
        ("pushes.pdf", None),
        ("lines.pdf", None),
    ],
)
def test_bombs_end_soon(name: str, expected: str | None, tmp_path: Path) -> None:
    path = written(tmp_path, name, hostile.BOMBS[name]())
    began = time.monotonic()
    became = outcome(path)
    assert expected in (None, became)
    assert time.monotonic() - began < 20


def test_odd_places_are_refused(tmp_path: Path) -> None:
    for path in hostile.odd_places(tmp_path):
        with pytest.raises(Refused) as refusal:
            receive(path)
        assert_clear(refusal.value)


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "locked.jpg", hostile.pictures()["jpeg"])
    tmp_path.chmod(0o755)
    path.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        with pytest.raises(Refused, match="may not be read"):
            receive(path)
    finally:
        os.seteuid(user)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("scan\nof\rmay.pdf", "scan\\nof\\rmay.pdf"),
        ("../../etc/passwd", "../../etc/passwd"),
        ("fdp.\u202egpj.exe", "fdp.\\u202egpj.exe"),
        ("a\u2028b\x1b[31m", "a\\u2028b\\x1b[31m"),
        (os.fsdecode(b"\xff.pdf"), "\\udcff.pdf"),
        ("кабарлоо.pdf", "кабарлоо.pdf"),
    ],
)
def test_a_name_is_shown_safely(name: str, shown: str) -> None:
    assert shown_name(name) == shown
    assert shown_name(Path(name)) == shown


def test_a_long_name_keeps_both_ends() -> None:
    shown = shown_name("a" * 200 + "b" * 100 + ".pdf")
    assert len(shown) == 80
    assert shown.startswith("aaa")
    assert shown.endswith("bbb.pdf")


@pytest.mark.parametrize("name", hostile.pictures())
def test_a_truncated_file_ends_clearly(name: str, tmp_path: Path) -> None:
    body = hostile.pictures()[name]
    for eighth in range(8):
        path = written(tmp_path, "cut", body[: len(body) * eighth // 8])
        became = outcome(path)
        if eighth < 4:  # half a picture is never taken for a page
            assert became != "pages" or name == "pdf"


def test_a_jpeg_with_rubbish_after_it_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "x", hostile.pictures()["jpeg"] + b"rubbish" * 1000)
    assert outcome(path) == "pages"


def test_encryption(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="encrypted"):
        receive(written(tmp_path, "user.pdf", hostile.pdf_encrypted("secret")))
    assert outcome(written(tmp_path, "owner.pdf", hostile.pdf_encrypted(""))) == "pages"


def test_actions_do_nothing_and_attachments_are_named(tmp_path: Path) -> None:
    launched = Path("/tmp/launched-by-a-scan")
    (page,) = read(written(tmp_path, "x.pdf", hostile.pdf_with_actions(str(launched))))
    assert isinstance(page, Page)
    assert page.notes == ("1 files attached to the PDF were not read",)
    assert not launched.exists()


def test_a_portfolio_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="portfolio"):
        receive(written(tmp_path, "x.pdf", hostile.pdf_portfolio()))


def test_one_bad_page_loses_no_other(tmp_path: Path) -> None:
    path = written(tmp_path, "x.pdf", hostile.pdf_with_bad_page())
    kinds = [type(item) for item in read(path)]
    assert kinds[0] is Page
    assert kinds[2] is Page


def test_a_crash_costs_one_page(tmp_path: Path) -> None:
    path = written(tmp_path, "x.pdf", hostile.pdf_with_deadly_page())
    first, second, third = read(path)
    assert isinstance(first, Page)
    assert isinstance(second, Unread)
    assert isinstance(third, Page)


def test_time_is_bounded(tmp_path: Path) -> None:
    path = written(tmp_path, "x.pdf", hostile.BOMBS["spaces.pdf"]())
    limits = replace(DEFAULT, seconds=0.3, page_seconds=0.3)
    began = time.monotonic()
    (item,) = rasterise(receive(path), limits=limits)
    assert isinstance(item, Unread)
    assert isinstance(item.error, Refused)  # cut off, or at its end after a busy machine's wait
    assert time.monotonic() - began < 10


def test_no_process_is_left_behind(tmp_path: Path) -> None:
    path = written(tmp_path, "x.pdf", hostile.pdf_plain(pages=30))
    pages = rasterise(receive(path))
    next(pages)
    nursery = sandbox.nursery_pid()
    assert nursery is not None
    pages.close()  # type: ignore[attr-defined]
    assert soon(lambda: not children(nursery))


def test_a_killed_reader_takes_its_children_with_it(tmp_path: Path) -> None:
    path = written(tmp_path, "x.pdf", hostile.pdf_plain(pages=30))
    program = (
        "import sys, time\n"
        "from intake.engines.sandbox import nursery_pid\n"
        "from intake.stages.rasterise import rasterise\n"
        "from intake.stages.receive import receive\n"
        "pages = rasterise(receive(sys.argv[1]))\n"
        "next(pages); print(nursery_pid(), flush=True); time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        nursery = int(reader.stdout.readline())
        family = [nursery, *children(nursery)]
        assert len(family) == 2
        reader.kill()
    assert soon(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


def soon(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + 5
    while time.monotonic() < until and not condition():
        time.sleep(0.02)
    return condition()
