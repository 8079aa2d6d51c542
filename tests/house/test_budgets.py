"""The house's budgets: short functions and files, shallow nesting, few parameters, types."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = sorted(
    path
    for top in ("intake", "workers")
    for path in (ROOT / top).rglob("*.py")
    if path.parent.name != "migrations"  # Django writes them
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))

Function = ast.FunctionDef | ast.AsyncFunctionDef
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.AsyncFor, ast.AsyncWith)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def _functions(path: Path) -> tuple[Function, ...]:
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return tuple(n for n in tree if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def _length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _nesting(node: ast.AST, *, is_chained: bool = False) -> int:
    """Return how deep blocks stand in each other; ``elif`` goes no deeper than its ``if``."""
    here = int(isinstance(node, BLOCKS) and not is_chained)
    inner = [
        _nesting(child, is_chained=_is_elif(node, child))
        for child in ast.iter_child_nodes(node)
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    return here + max(inner, default=0)


def _is_elif(parent: ast.AST, child: ast.AST) -> bool:
    return isinstance(parent, ast.If) and isinstance(child, ast.If) and parent.orelse == [child]


def _parameters(function: Function) -> list[ast.arg]:
    positional = function.args.posonlyargs + function.args.args
    return [a for a in positional + function.args.kwonlyargs if a.arg not in ("self", "cls")]


def _is_flag(parameter: ast.arg) -> bool:
    return isinstance(parameter.annotation, ast.Name) and parameter.annotation.id == "bool"


def test_functions_are_short_as_a_rule() -> None:
    lengths = sorted(_length(function) for path in SOURCE for function in _functions(path))
    assert median(lengths) <= 8
    assert lengths[int(0.9 * len(lengths))] <= 30


@pytest.mark.parametrize("path", SOURCE, ids=_name)
def test_no_function_outgrows_its_budget(path: Path) -> None:
    functions = _functions(path)
    assert [f.name for f in functions if _length(f) > 60] == []
    assert [f.name for f in functions if _nesting(f) > 4] == []
    plain = {f.name: [p for p in _parameters(f) if not _is_flag(p)] for f in functions}
    assert [name for name, parameters in plain.items() if len(parameters) > 5] == []


@pytest.mark.parametrize("path", SOURCE, ids=_name)
def test_flags_of_public_functions_are_keyword_only(path: Path) -> None:
    public = [f for f in _functions(path) if not f.name.startswith("_")]
    places = {f.name: f.args.posonlyargs + f.args.args for f in public}
    assert [name for name, parameters in places.items() if any(map(_is_flag, parameters))] == []


@pytest.mark.parametrize("path", SOURCE + TESTS, ids=_name)
def test_files_are_short(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= (400 if path in SOURCE else 700)


@pytest.mark.parametrize("path", SOURCE + TESTS, ids=_name)
def test_everything_is_annotated(path: Path) -> None:
    bare = [
        function.name
        for function in _functions(path)
        if function.returns is None or any(p.annotation is None for p in _parameters(function))
    ]
    assert bare == []


def test_the_measures_see_what_they_should() -> None:
    source = (
        "def f(a, b: bool):\n"
        "    if a:\n        for _ in a:\n            pass\n"
        "    elif b:\n        while b:\n            pass\n"
    )
    (function,) = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef))
    assert _nesting(function) == 2
    assert _length(function) == 7
    assert [_is_flag(parameter) for parameter in _parameters(function)] == [False, True]
