"""Who may import what: the directions by import-linter, outside libraries by the rules here."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
SOURCE = sorted(path for top in ("intake", "workers") for path in (ROOT / top).rglob("*.py"))

READERS = {"pytesseract", "tesserocr"}
PIXELS = {"cv2", "PIL", "pillow_heif"}
FILES = {"pdf2image", "pikepdf", "pypdfium2", "reportlab"}
PROCESSES = {"subprocess"}
BELOW_THE_REGISTRY = ("cli", "pipeline", "stages", "engines", "fields", "layout", "alignment",
                      "domain", "synth", "score", "bench")  # fmt: skip


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _area(path: Path) -> str:
    """Return the part of the package that a file belongs to, such as ``engines`` or ``cli``."""
    return Path(*path.relative_to(ROOT).parts[1:2]).stem


def _imported(path: Path) -> set[str]:
    """Return the modules a file imports anywhere, as dotted names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module or "")
    return found


def _libraries(path: Path) -> set[str]:
    return {name.split(".")[0] for name in _imported(path)}


def _reads_environment(path: Path) -> Iterator[int]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    writes = {id(part) for node in ast.walk(tree) for part in _written(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
            if id(node) in writes:
                continue
            yield node.lineno


def _written(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the ``os.environ`` that a statement sets, for programs and libraries started later."""
    if isinstance(node, ast.Assign):
        yield from (t.value for t in node.targets if isinstance(t, ast.Subscript))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        function = node.value.func
        if isinstance(function, ast.Attribute) and function.attr == "setdefault":
            yield function.value


def test_a_scan_flows_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


@pytest.mark.parametrize("path", SOURCE, ids=_name)
def test_outside_libraries_stay_in_their_place(path: Path) -> None:
    area, libraries = _area(path), _libraries(path)
    if area != "engines":
        assert not libraries & READERS
    if area in BELOW_THE_REGISTRY and area != "engines":
        assert not libraries & PROCESSES
    if area not in ("engines", "synth", "train"):
        assert not libraries & (PIXELS | FILES)
    if area in BELOW_THE_REGISTRY:
        assert not libraries & {"django", "celery", "ninja"}
    if area == "domain":
        own = {name for name in _imported(path) if name.startswith("intake.")}
        assert all(name.startswith("intake.domain") for name in own)
        assert libraries - {"intake"} <= sys.stdlib_module_names
    if path.is_relative_to(ROOT / "intake"):
        assert "workers" not in libraries


@pytest.mark.parametrize("path", SOURCE, ids=_name)
def test_only_settings_reads_the_environment(path: Path) -> None:
    assert list(_reads_environment(path)) == [] or path == ROOT / "intake" / "settings.py"


def test_setting_the_environment_is_no_reading(tmp_path: Path) -> None:
    source = tmp_path / "source.py"
    source.write_text(
        'os.environ["A"] = "1"\nos.environ.setdefault("B", "2")\n'
        'c = os.environ["A"]\nd = os.environ.setdefault("B", "2")\ne = os.getenv("A")\n'
    )
    assert sorted(_reads_environment(source)) == [3, 4, 5]
