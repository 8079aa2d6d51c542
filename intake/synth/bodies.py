"""The form's middle part, from its name to its statement, in the ways in which offices set it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from intake.synth.compose import GAP_WIDTHS
from intake.synth.sheet import BLACK, Rule, Stroke

if TYPE_CHECKING:
    from intake.synth.layouts import Form

NAME_LABELS = {
    "ru": "полное наименование юридического лица", "ky": "юрдикалык жактын толук аталышы",
}  # fmt: skip
_LABELS, _VALUES = 0.42, 0.46  # where a table's first column ends and its second begins
_RULE = 0.6  # points
_PAD = 0.35  # of a line, between a cell's words and its rules


def set_text(form: Form) -> None:
    """Set the official running text."""
    align = form.scribe.style.body_align
    for part in ("name", "name_hint", "inn", "ownership_hint", "address", "statement"):
        form.turn_before(part)
        if part.endswith("_hint"):
            form.hint(part)
        else:
            form.lines(form.words[part], form.setter.left, form.setter.right, align)


def set_table(form: Form) -> None:
    """Set labels and values side by side, without rules."""
    for label, value in _labelled(form):
        _row(form, label, value)
        form.space(0.25)
    form.space(0.35)
    _statement(form)


def set_grid(form: Form) -> None:
    """Set labels and values in ruled cells."""
    for label, value in _labelled(form):
        top = form.setter.y
        _row(form, label, value)
        form.space(_PAD)
        _cells(form, top, form.setter.y)
    form.space(0.6)
    _statement(form)


def set_captions(form: Form) -> None:
    """Set lines to write on, the label of each printed small below it."""
    labels = dict(_labelled(form))
    by_field = {value.strip("{},"): label for label, value in labels.items()}
    hint = form.words["ownership_hint"][0].rstrip(",")
    form.captioned((("organization_name", by_field["organization_name"]),))
    form.captioned([(name, by_field[name]) for name in ("organization_okpo", "organization_inn")])
    form.captioned((("ownership", f"{by_field['ownership']} {hint}"),))
    form.captioned((("address", by_field["address"]),))
    form.space(0.4)
    _statement(form)


BODIES: dict[str, Callable[[Form], None]] = {
    "text": set_text, "table": set_table, "grid": set_grid, "captions": set_captions,
}  # fmt: skip


def gap_width(form: Form, name: str) -> float:
    """Return how wide a field's line to write on is, in points."""
    return GAP_WIDTHS[name] * form.scribe.style.size / 12


def _labelled(form: Form) -> Sequence[tuple[str, str]]:
    inn, ownership = form.words["inn"][0].rstrip(",").split(", ")
    name = (NAME_LABELS[form.scribe.filling.language], "{organization_name}")
    code = ("ОКПО", "{organization_okpo}")
    return (name, code, *(_split(words) for words in (inn, ownership, form.words["address"][0])))


def _split(markup: str) -> tuple[str, str]:
    label, value = markup.split(" {")
    return label, "{" + value


def _statement(form: Form) -> None:
    form.lines(form.words["statement"], form.setter.left, form.setter.right, "justify")


def _row(form: Form, label: str, value: str) -> None:
    top = form.setter.y
    form.lines((label,), form.across(0.01), form.across(_LABELS), "left")
    bottom, form.setter.y = form.setter.y, top
    form.lines((value,), form.across(_VALUES), form.across(0.99), "left")
    form.setter.y = max(bottom, form.setter.y)


def _cells(form: Form, top: float, bottom: float) -> None:
    """Rule the two cells of a row; a row that began on the page before stays open above."""
    sheet, left, right = form.setter.sheet, form.setter.left, form.setter.right
    top = min(top, bottom - form.scribe.style.leading)
    sheet.items += [Rule(left, right, y, _RULE) for y in (top, bottom)]
    between = form.across((_LABELS + _VALUES) / 2)
    sheet.items += [
        Stroke(((x, top), (x, bottom)), (_RULE, _RULE), BLACK) for x in (left, between, right)
    ]
