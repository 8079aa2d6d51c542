"""Arranges notices and other pages into one file's sheets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from intake.synth.compose import Scribe, Style
from intake.synth.faces import print_families
from intake.synth.filling import Entry, Filling, School, draw_school, fill
from intake.synth.layouts import LAYOUTS, Form, Layout
from intake.synth.marks import draw_marking, mark_choices, mark_ownership, receive, sign, stray
from intake.synth.reference import happens
from intake.synth.scenes import Scene
from intake.synth.sheet import Sheet
from intake.synth.style import OFFICIAL, draw_style
from intake.synth.typeset import Setter
from intake.synth.unrelated import UNRELATED

OTHER = {"ky": "ru", "ru": "ky"}
OWNERSHIP_MARKED_SHARE = 0.04
PLAIN_KEYBOARD_SHARE = 0.05


@dataclass(frozen=True)
class Drawn:
    """One notice on its sheets: the filling as it stands on paper and how it was drawn."""

    filling: Filling
    sheets: tuple[Sheet, ...]
    strata: dict[str, str]


@dataclass
class Bundle:
    """One file being arranged: its sheets in order and the notices on them."""

    rng: Random
    scene: Scene
    fonts: Path | None
    sheets: list[Sheet]
    notices: list[Drawn]

    def notice(self, school: School, language: str, setter: Setter | None = None) -> None:
        """Draw one notice on sheets of its own, or below what is on ``setter``'s."""
        layout = LAYOUTS[self.scene.layout]
        if setter is not None:
            layout = _compact(layout)
        filling = replace(fill(self.rng, school, language), key=chr(97 + len(self.notices)))
        marked = self._marked_ownership(layout, filling)
        if marked:
            filling = filling.with_entry("ownership", Entry())
        is_plain = layout.name not in OFFICIAL and happens(self.rng, PLAIN_KEYBOARD_SHARE)
        if is_plain:
            filling = filling.without_kyrgyz_letters()
        style = self._style(layout, filling)
        own = setter or Setter(style.margins)
        style = replace(_compact_style(style) if setter else style, has_kyrgyz=not is_plain)
        scribe = Scribe(style, filling, self.rng)
        before = len(own.sheets) - 1
        Form(own, scribe, layout).draw()
        sheets = own.sheets[before:]
        strata = self._add_ink(sheets, scribe, marked) | {"gap": style.gap}
        strata["penned"] = ", ".join(sorted(style.penned))
        strata["keyboard"] = "russian" if is_plain else "kyrgyz"
        strata["violations"] = ", ".join(filling.violations)
        if setter is None:
            self.sheets += sheets
        truth = _truth(scribe, sheets)
        if marked:
            words = scribe.printed[f"option:ownership:{marked}"]
            truth = truth.with_entry("ownership", Entry(marked, words, "read"))
        self.notices.append(Drawn(truth, tuple(sheets), strata))

    def _marked_ownership(self, layout: Layout, filling: Filling) -> str:
        """Return the ownership that somebody underlined in the hint and wrote nowhere."""
        may = layout.has_table_hint and happens(self.rng, OWNERSHIP_MARKED_SHARE)
        return (filling.entries["ownership"].value or "") if may else ""

    def _style(self, layout: Layout, filling: Filling) -> Style:
        style = draw_style(self.rng, layout, filling, self.scene.fill, self.fonts)
        if not self.scene.file.startswith(("pdf-born", "pdf-mixed")):
            return style
        family = self.rng.choice([f for f in print_families() if f.is_embeddable])
        return replace(style, family=family, fill=replace(style.fill, face=family.regular))

    def _add_ink(self, sheets: list[Sheet], scribe: Scribe, marked: str) -> dict[str, str]:
        rng, filling = self.rng, scribe.filling
        marking = draw_marking(rng, typed=self.scene.fill == "typed")
        mark_choices(rng, sheets, filling, marking)
        if marked:
            mark_ownership(rng, sheets, filling.tag("option", f"ownership:{marked}"), marking)
        sign(rng, sheets, filling, strong=self.scene.is_harsh)
        received = receive(rng, sheets[0], filling.language)
        is_stray = stray(rng, sheets)
        return {
            "mark": marking.style,
            "ownership": "marked" if marked else "written",
            "received": str(received).lower(),
            "stray": str(is_stray).lower(),
        }

    def other(self, kind: str, language: str) -> None:
        """Add a page that is no notice."""
        filling = replace(fill(self.rng, draw_school(self.rng), language), key="-")
        layout = LAYOUTS["retyped-dropped"]
        scribe = Scribe(self._style(layout, filling), filling, self.rng)
        self.sheets += UNRELATED[kind](self.rng, scribe)


def _truth(scribe: Scribe, sheets: list[Sheet]) -> Filling:
    """Return what stands on paper: a blank that this layout does not have is missing."""
    filling = scribe.truth()
    own = f"{filling.key}/"
    drawn = {tag.split(":")[1] for sheet in sheets for tag in sheet.places if tag.startswith(own)}
    for name in filling.entries:
        is_optional = name.startswith(("ayil_", "department_", "order_"))
        if is_optional and not _stands(name, drawn):
            filling = filling.with_entry(name, Entry(None, "", "missing"))
    return filling


def _stands(name: str, drawn: set[str]) -> bool:
    return name in drawn or (name == "order_date" and "order_day" in drawn)


def _compact(layout: Layout) -> Layout:
    return replace(
        layout, addressees="relevant", has_heading=False, breaks_before=(), widening=1.0,
        has_letterhead=False, has_page_number=False,
    )  # fmt: skip


def _compact_style(style: Style) -> Style:
    small = replace(style.fill, size=min(style.fill.size, 11.0))
    return replace(style, size=9.5, leading=11.5, fill=small)


def arrange(rng: Random, scene: Scene, fonts: Path | None) -> Bundle:
    """Return the sheets and notices of one file."""
    bundle = Bundle(rng, scene, fonts, [], [])
    school, language = draw_school(rng), scene.language
    if scene.arrangement in UNRELATED:
        bundle.other(scene.arrangement, language)
    elif scene.arrangement == "pair":
        bundle.notice(school, language)
        bundle.notice(school, OTHER[language])
    elif scene.arrangement == "both-on-page":
        _both(bundle, school)
    elif scene.arrangement == "several":
        _several(bundle)
    else:
        if scene.arrangement == "with-letter":
            bundle.other(rng.choice(("letter", "letter", "charter", "order")), language)
        bundle.notice(school, language)
    return bundle


def _both(bundle: Bundle, school: School) -> None:
    setter = Setter((60, 34, 40, 16))
    bundle.sheets = setter.sheets
    for language in ("ky", "ru"):
        bundle.notice(school, language, setter)
        setter.y += 16


def _several(bundle: Bundle) -> None:
    rng = bundle.rng
    for _ in range(rng.randint(2, 3)):
        bundle.notice(draw_school(rng), rng.choice(("ky", "ru")))
        if happens(rng, 0.6):
            bundle.other("blank", "ru")
