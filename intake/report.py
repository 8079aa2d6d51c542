"""An HTML report in one file: each page with its boxes, values, confidences and flags."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path

from intake.domain.notice import Flag, Notice, State
from intake.errors import Failed
from intake.extraction import Outcome
from intake.record import reason_in_words

_STYLE = """
:root { color-scheme: light; font: 15px/1.45 system-ui, sans-serif; color: #1b2733; }
body { margin: 0; background: #eef1f4; }
header { padding: 1.2rem 2rem; background: #17324d; color: #fff; }
header h1 { margin: 0; font-size: 1.3rem; }
main { padding: 1.5rem 2rem; max-width: 1700px; margin: auto; }
section { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.05fr); gap: 1.5rem;
  background: #fff; border-radius: 8px; padding: 1.2rem; margin-bottom: 1.6rem;
  box-shadow: 0 1px 3px #0002; }
section h2 { grid-column: 1 / -1; margin: 0; font-size: 1.05rem; overflow-wrap: anywhere; }
.page { position: relative; margin-bottom: 1rem; border: 1px solid #c9d1d9; }
.page img { width: 100%; display: block; }
.page a { position: absolute; border: 2px solid #1a7f37; background: #1a7f3718; }
.page a.flagged { border-color: #bc4c00; background: #f9c51330; }
.page a:target, .page a:hover { outline: 4px solid #0969da; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid #e3e7eb;
  vertical-align: top; }
td:nth-child(2), td:nth-child(3) { overflow-wrap: anywhere; min-width: 7rem; }
td.sure, td:last-child { white-space: nowrap; }
td:first-child { min-width: 9rem; }
tr.flagged { background: #fff6dd; }
tr:target { outline: 3px solid #0969da; }
td.sure { text-align: right; font-variant-numeric: tabular-nums; }
.state { color: #68737d; } .why { font-size: .85rem; color: #57430a; }
.problem { grid-column: 1 / -1; color: #a40e26; }
.doubt { color: #57430a; }
"""


class Report:
    """Collects outcomes and writes them as one HTML file without any outside part."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sections: list[str] = []
        self._notices = 0
        self._flags = 0
        self._fields = 0

    def add(self, outcome: Outcome) -> None:
        """Add one file: its notices, or why there are none."""
        for notice in outcome.notices:
            self._notices += 1
            self._fields += len(notice.fields)
            self._flags += sum(bool(reading.flags) for reading in notice.fields.values())
            self._sections.append(_section(notice, outcome, self._notices))
        if outcome.problem or not outcome.notices:
            said = "; ".join(("no notice found", *outcome.titled))
            line = outcome.problem or f"{outcome.source}: {said}"
            self._sections.append(f"<section><p class=problem>{escape(line)}</p></section>")

    def finish(self) -> None:
        """Write the file; Failed where it cannot be written."""
        summary = f"{self._notices} notices, {self._fields} fields, {self._flags} to be looked at"
        page = (
            '<!doctype html><html lang="en"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"><title>Notices read</title>'
            f"<style>{_STYLE}</style><header><h1>Notices read: {summary}</h1></header>"
            f"<main>{''.join(self._sections)}</main></html>"
        )
        try:
            self._path.write_text(page, encoding="utf-8")
        except OSError as error:
            raise Failed(f"{self._path}: {error.strerror}; choose another --report") from error


def _section(notice: Notice, outcome: Outcome, number: int) -> str:
    pages = ", ".join(map(str, notice.pages))
    form = _caption(notice, notice.template)
    title = f"{notice.source} · page {pages} · {form} · {notice.language}"
    pictures = "".join(_picture(notice, page, outcome, number) for page in notice.pages)
    rows = "".join(_row(notice, name, number) for name in notice.fields)
    reasons = "".join(f"<p class=why>{_explained(notice, reason)}</p>" for reason in notice.reasons)
    head = "<tr><th>field<th>value<th>as read<th>sure<th>flags</tr>"
    return (
        f"<section><h2>{escape(title)}</h2><div>{pictures}</div>"
        f"<div>{reasons}<table>{head}{rows}</table></div></section>"
    )


def _picture(notice: Notice, page: int, outcome: Outcome, number: int) -> str:
    jpeg = outcome.previews.get(page)
    if jpeg is None:
        return ""
    boxes = "".join(
        _box(notice, name, number)
        for name, reading in notice.fields.items()
        if reading.page == page and (reading.flags or reading.state is State.READ)
    )
    doubts = "".join(
        f"<p class=doubt>{escape(note)}</p>" for at, note in outcome.doubts if at == page
    )
    source = base64.b64encode(jpeg).decode("ascii")
    image = f'<img alt="page {page} as scanned" src="data:image/jpeg;base64,{source}">'
    return f"{doubts}<div class=page>{image}{boxes}</div>"


def _box(notice: Notice, name: str, number: int) -> str:
    reading = notice.fields[name]
    if reading.box is None:
        return ""
    box = reading.box
    place = f"left:{box.left:.3%};top:{box.top:.3%};width:{box.width:.3%};height:{box.height:.3%}"
    mark = "flagged" if reading.flags else ""
    title = escape(
        f"{_caption(notice, name)}: {_worded(notice, name, reading.value or reading.state)}",
        quote=True,
    )
    return (
        f'<a class="{mark}" id="b{number}-{name}" href="#r{number}-{name}" '
        f'style="{place}" title="{title}"></a>'
    )


def _row(notice: Notice, name: str, number: int) -> str:
    reading = notice.fields[name]
    if reading.state is State.READ:
        value = escape(_worded(notice, name, reading.value or ""))
    else:
        value = f"<span class=state>({reading.state})</span>"
    why = "".join(f"<div class=why>{_explained(notice, note)}</div>" for note in reading.notes)
    flags = "<br>".join(map(_flag, reading.flags))
    caption = escape(_caption(notice, name))
    label = f'<a href="#b{number}-{name}">{caption}</a>' if reading.box else caption
    sure = f"{min(reading.confidence, 0.99):.2f}"  # nothing is certain
    return (
        f'<tr id="r{number}-{name}" class="{"flagged" if reading.flags else ""}"><td>{label}'
        f"<td>{value}{why}<td>{escape(_worded(notice, name, reading.text))}<td class=sure>{sure}"
        f"<td>{flags}</tr>"
    )


def _flag(flag: Flag) -> str:
    return escape(str(flag))


def _explained(notice: Notice, key: str) -> str:
    return " · ".join(map(escape, reason_in_words(key, notice.said)))


def _caption(notice: Notice, name: str) -> str:
    """Return what the notice's form calls itself, a field or an option, in its own language."""
    said = notice.said.get(name, {})
    return said.get(notice.language) or next(iter(said.values()), name)


def _worded(notice: Notice, name: str, value: str) -> str:
    """Return a field's value, options as their form calls them."""
    options = [f"{name}={option}" for option in value.split(",")]
    if not any(option in notice.said for option in options):
        return value
    return ", ".join(_caption(notice, option).removeprefix(f"{name}=") for option in options)
