"""One table as an XLSX workbook, written as it goes: constant memory, the same bytes each time.

openpyxl keeps a temporary file a sheet and stamps the hour into the file; an
export of a million rows that must be repeatable wants neither.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO
from xml.sax.saxutils import escape

_ROWS_A_SHEET = 1_048_575
_YIELDED_AT_ONCE = 500
_MOMENT = (1980, 1, 1, 0, 0, 0)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# What XML 1.0 cannot hold, whatever the escape.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _Outlet(io.RawIOBase):
    """Where the archive writes to, until somebody takes it away."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: object) -> int:
        taken = bytes(part)  # type: ignore[call-overload] # any buffer, as io.RawIOBase has it
        self._parts.append(taken)
        return len(taken)

    def take(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken


def workbook(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield the workbook's bytes; every cell is text, a sheet holds at most 1,048,575 rows."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        sheets, left = 0, iter(rows)
        while sheets == 0 or (first := list(islice(left, 1))):
            if sheets == 0:
                first = list(islice(left, 1))
            sheets += 1
            own = chain(first, islice(left, _ROWS_A_SHEET - 1))
            with archive.open(_entry(f"xl/worksheets/sheet{sheets}.xml"), "w") as sheet:
                yield from _filled(sheet, header, own, outlet)
        _write_parts(archive, sheets)
    yield outlet.take()


def _filled(
    sheet: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[str]], outlet: _Outlet
) -> Iterator[bytes]:
    """Write one sheet, and yield what the archive lets go on the way."""
    sheet.write(f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
    sheet.write(_row(header))
    for number, row in enumerate(rows, start=1):
        sheet.write(_row(row))
        if number % _YIELDED_AT_ONCE == 0:
            yield outlet.take()
    sheet.write(b"</sheetData></worksheet>")


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _row(cells: Sequence[str]) -> bytes:
    body = "".join(
        f'<c t="inlineStr"><is><t xml:space="preserve">{_text(cell)}</t></is></c>'
        if cell
        else "<c/>"
        for cell in cells
    )
    return f"<row>{body}</row>".encode()


def _text(cell: str) -> str:
    return escape(_UNSPEAKABLE.sub("", cell))


def _write_parts(archive: zipfile.ZipFile, sheets: int) -> None:
    numbers = range(1, sheets + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{related}</Relationships>",
    }
    for name, xml in parts.items():
        with archive.open(_entry(name), "w") as part:
            _write(part, _XML + xml)


def _write(part: IO[bytes], text: str) -> None:
    part.write(text.encode())
