"""Rules of this code base that no linter knows."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = [
    path
    for folder in ("website", "blog", "careers", "tests", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES_AND_SCRIPTS = [
    path
    for path in sorted((ROOT / "static").rglob("*"))
    if path.suffix in {".css", ".js"} and "vendor" not in path.parts
]
GUIDES = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md"), ROOT / "benchmarks" / "README.md"])
FOLDERS = "website|blog|careers|templates|static|tests|docs|benchmarks"
NAMED_PATH = re.compile(rf"(?<![\w/<.-])(?:{FOLDERS})/[\w./-]*\w/?")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?!https?:|#)([^)#]+)")
TRUSTING = re.compile(r"mark_safe|\|\s*safe\b|autoescape off|csrf_exempt|RawSQL|\.extra\(")
SKIPPING = re.compile(r"mark\.(skip|xfail)|pytest\.(skip|xfail|importorskip)\(")
WHERE_TEXT_BECOMES_TRUSTED = {"blog/rendering.py", "tests/test_house_rules.py"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def text(path: Path) -> str:
    return path.read_text()


def test_a_file_fits_in_400_lines():
    lines = {name(path): text(path).count("\n") for path in [*CODE, *TEMPLATES, *STYLES_AND_SCRIPTS]}

    assert {path: number for path, number in lines.items() if number >= 400} == {}


def test_a_function_fits_in_60_lines():
    functions = [
        (name(path), node.name, node.end_lineno - node.lineno)
        for path in CODE
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    assert [function for function in functions if function[2] >= 60] == []


def test_text_becomes_trusted_in_one_file_only():
    assert {name(path) for path in [*CODE, *TEMPLATES] if TRUSTING.search(text(path))} == (
        WHERE_TEXT_BECOMES_TRUSTED
    )


def test_no_template_indents_what_stands_in_a_textarea_or_pre():
    """Spaces count there: they would be part of what somebody wrote. djhtml puts them in, line by line."""
    inside = re.compile(r"<(textarea|pre)\b[^>]*>((?!</\1>).)*\n[ \t]", re.DOTALL)

    assert [name(path) for path in TEMPLATES if inside.search(text(path))] == []


def test_no_test_is_skipped():
    others = [path for path in CODE if path.name.startswith("test_") and path != Path(__file__)]

    assert [name(path) for path in others if SKIPPING.search(text(path))] == []


def test_no_module_is_a_drawer_for_everything():
    drawers = {"utils", "helpers", "services", "selectors", "common", "core", "misc"}

    assert [name(p) for p in CODE if p.stem in drawers or p.parent.name in drawers] == []


@pytest.mark.parametrize("path", GUIDES, ids=name)
def test_what_a_guide_points_at_is_there(path):
    code = re.findall(r"`([^`]+)`", text(path))
    named = [ROOT / found for piece in code for found in NAMED_PATH.findall(piece)]
    linked = [path.parent / found for found in LINK.findall(text(path))]

    assert [str(found) for found in [*named, *linked] if not found.exists()] == []
