"""The text layer: only what a person sees on the page gets into it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from intake.stages.rasterise import Page, rasterise
from intake.stages.receive import receive
from tests.stages import papers

FACE = next(
    (path for path in Path("/usr/share/fonts").rglob("DejaVuSans.ttf")), Path("DejaVuSans.ttf")
)
pytestmark = pytest.mark.skipif(not FACE.exists(), reason="DejaVu Sans is not installed")

LINES = (
    "КАБАРЛОО",
    "Кыргыз Республикасынын Билим берүү жана илим министрлигине",
    "ИНН 00105199510015, менчиктин формасы мамлекеттик",
    "юридикалык дареги Ош облусу, Өзгөн шаары, Гагарин көчөсү 5",
)


class Paper:
    """A born-digital page in the making; heights are counted from the top."""

    def __init__(self) -> None:
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4)
        if "Face" not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont("Face", str(FACE)))

    def say(self, text: str, left: float, top: float, *, size: float = 11, mode: int = 0) -> None:
        words = self.canvas.beginText(left, A4[1] - top)
        words.setFont("Face", size)
        words.setTextRenderMode(mode)
        words.textOut(text)
        self.canvas.drawText(words)

    def form(self) -> None:
        for index, line in enumerate(LINES):
            self.say(line, 60, 80 + 24 * index)

    def read(self, folder: Path) -> Page:
        self.canvas.save()
        path = folder / "page.pdf"
        path.write_bytes(self.out.getvalue())
        (page,) = rasterise(receive(path))
        assert isinstance(page, Page)
        return page


@pytest.fixture
def paper() -> Paper:
    return Paper()


def text_of(page: Page) -> str:
    assert page.layer is not None, page.notes
    return page.layer.text


def test_visible_text_is_read_in_order(paper: Paper, tmp_path: Path) -> None:
    for index in (2, 0, 3, 1):  # the order in the file is not the order on the page
        paper.say(LINES[index], 60, 80 + 24 * index)
    page = paper.read(tmp_path)
    assert text_of(page).splitlines() == list(LINES)
    assert page.layer is not None
    assert page.layer.engine == "text layer"
    assert page.notes == ()


def test_boxes_stand_on_the_ink(paper: Paper, tmp_path: Path) -> None:
    paper.form()
    page = paper.read(tmp_path)
    assert page.layer is not None
    for word in (word for line in page.layer.lines for word in line.words):
        left, top, right, bottom = word.box.pixels(page.raster.width, page.raster.height)
        inside = page.raster.pixels[top:bottom, left:right]
        around = page.raster.pixels[top - 3 : bottom + 3, left - 3 : right + 3]
        assert (inside < 128).sum() > 0.95 * (around < 128).sum()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_has_its_layer_turned(turn: int, paper: Paper, tmp_path: Path) -> None:
    canvas = paper.canvas
    canvas.setPageRotation(turn)
    width, height = A4
    canvas.rotate(turn)
    # the maker of the page exchanges its sides for a quarter turn
    canvas.translate(*{90: (0, -height), 180: (-width, -height), 270: (-width, 0)}[turn])
    for index, line in enumerate(LINES[:2]):
        words = canvas.beginText(60, 500 - 24 * index)
        words.setFont("Face", 11)
        words.textOut(line)
        canvas.drawText(words)
    page = paper.read(tmp_path)
    assert text_of(page).splitlines() == list(LINES[:2])


def test_columns_are_read_one_after_the_other(paper: Paper, tmp_path: Path) -> None:
    left = ("сол биринчи", "сол экинчи", "сол үчүнчү", "сол төртүнчү")
    right = ("оң биринчи", "оң экинчи", "оң үчүнчү", "оң төртүнчү")
    for index, (one, other) in enumerate(zip(left, right, strict=True)):
        paper.say(one, 60, 80 + 15 * index)
        paper.say(other, 330, 87 + 15 * index)
    assert text_of(paper.read(tmp_path)).splitlines() == [*left, *right]


def test_blanks_and_their_labels_stand_on_one_line(paper: Paper, tmp_path: Path) -> None:
    paper.say("Директор ____________ Осмонов А. « 14 » мая", 60, 80)
    assert text_of(paper.read(tmp_path)) == "Директор ____________ Осмонов А. « 14 » мая"


def hide_invisible(paper: Paper) -> None:
    paper.canvas.saveState()
    paper.say("ЖАШЫРУУН 777", 60, 300, mode=3)
    paper.canvas.restoreState()


def hide_white(paper: Paper) -> None:
    paper.canvas.setFillColorRGB(1, 1, 1)
    paper.say("ЖАШЫРУУН 777", 60, 300)


def hide_nearly_white(paper: Paper) -> None:
    paper.canvas.setFillColorRGB(0.97, 0.98, 0.97)
    paper.say("ЖАШЫРУУН 777", 60, 300)


def hide_small(paper: Paper) -> None:
    paper.say("ЖАШЫРУУН 777", 60, 300, size=0.2)


def hide_outside(paper: Paper) -> None:
    paper.say("ЖАШЫРУУН 777", 60, -20)
    paper.say("ЖАШЫРУУН 777", 700, 300)


def hide_under_white(paper: Paper) -> None:
    paper.say("ЖАШЫРУУН 777", 60, 300)
    paper.canvas.setFillColorRGB(1, 1, 1)
    paper.canvas.rect(50, A4[1] - 310, 200, 30, stroke=0, fill=1)


def hide_under_black(paper: Paper) -> None:
    paper.say("ЖАШЫРУУН 777", 60, 300)
    paper.canvas.rect(50, A4[1] - 310, 200, 30, stroke=0, fill=1)


def hide_under_picture(paper: Paper) -> None:
    paper.say("ЖАШЫРУУН 777", 60, 300)
    picture = papers.scan(100, 60).convert("RGB")
    picture.paste((90, 120, 90), (0, 0, 100, 60))
    paper.canvas.drawInlineImage(picture, 50, A4[1] - 310, 200, 30)


def hide_by_clip(paper: Paper) -> None:
    canvas = paper.canvas
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(400, 400, 20, 20)
    canvas.clipPath(path, stroke=0, fill=0)
    paper.say("ЖАШЫРУУН 777", 60, 300)
    canvas.restoreState()


def hide_by_transparency(paper: Paper) -> None:
    paper.canvas.setFillAlpha(0.02)
    paper.say("ЖАШЫРУУН 777", 60, 300)


HIDING = (
    hide_invisible,
    hide_white,
    hide_nearly_white,
    hide_small,
    hide_outside,
    hide_under_white,
    hide_under_black,
    hide_under_picture,
    hide_by_clip,
    hide_by_transparency,
)


@pytest.mark.parametrize("hide", HIDING)
def test_hidden_text_never_gets_in(hide: object, paper: Paper, tmp_path: Path) -> None:
    assert callable(hide)
    paper.form()
    hide(paper)
    page = paper.read(tmp_path)
    if page.layer is None:  # to leave it to the picture is always safe
        assert page.notes
    else:
        assert page.layer.text.splitlines() == list(LINES)


def test_hidden_text_before_the_visible_never_gets_in(paper: Paper, tmp_path: Path) -> None:
    hide_invisible(paper)
    paper.form()
    page = paper.read(tmp_path)
    assert text_of(page).splitlines() == list(LINES)
    assert page.notes == ("hidden text in the file was ignored",)


def test_a_scan_with_recognised_text_has_no_layer(tmp_path: Path) -> None:
    one = papers.Sheet(
        *papers.jpeg(papers.scan()), after=b"BT /F 12 Tf 3 Tr 90 700 Td (INN 777) Tj ET"
    )
    (page,) = rasterise(receive(papers.write(papers.pdf_of(one), tmp_path / "x.pdf")))
    assert isinstance(page, Page)
    assert page.layer is None
    assert page.notes == ("hidden text in the file was ignored",)


def test_visible_text_over_a_scan_has_no_layer(tmp_path: Path) -> None:
    one = papers.Sheet(*papers.jpeg(papers.scan()), after=b"BT /F 12 Tf 90 700 Td (INN 777) Tj ET")
    (page,) = rasterise(receive(papers.write(papers.pdf_of(one), tmp_path / "x.pdf")))
    assert isinstance(page, Page)
    assert page.layer is None
    assert page.notes == ("the file's own text was not used: the page is mostly a picture",)


def test_writing_that_is_no_text_leaves_the_page_to_its_picture(
    paper: Paper, tmp_path: Path
) -> None:
    paper.form()
    # a value that was put in as a small picture of writing
    paper.canvas.drawInlineImage(papers.scan(300, 200).convert("RGB"), 300, 300, 200, 130)
    page = paper.read(tmp_path)
    assert page.layer is None
    assert page.notes == ("the file's own text was not used: there is writing besides it",)


def test_rules_and_a_frame_do_not_count_as_writing(paper: Paper, tmp_path: Path) -> None:
    paper.form()
    paper.canvas.rect(40, 40, 500, 760)
    for height in range(200, 600, 40):
        paper.canvas.line(60, height, 500, height)
    assert text_of(paper.read(tmp_path)).splitlines() == list(LINES)


def test_sideways_text_leaves_the_page_to_its_picture(paper: Paper, tmp_path: Path) -> None:
    paper.canvas.rotate(90)
    paper.say("сыртынан", 300, 1200)
    page = paper.read(tmp_path)
    assert page.layer is None


def test_filled_fields_leave_the_page_to_its_picture(paper: Paper, tmp_path: Path) -> None:
    paper.form()
    paper.canvas.acroForm.textfield(value="00105199510015", x=60, y=300, width=200)
    page = paper.read(tmp_path)
    assert page.layer is None
    assert page.notes == ("the file's own text was not used: something is laid over the page",)
