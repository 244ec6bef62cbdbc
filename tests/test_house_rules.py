"""Rules of this code base that no linter knows."""

import ast
import re
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
WHERE_TEXT_BECOMES_TRUSTED = {"blog/rendering.py", "tests/test_house_rules.py"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [*CODE, *TEMPLATES, *STYLES_AND_SCRIPTS], ids=name)
def test_a_file_fits_in_400_lines(path):
    assert len(path.read_text().splitlines()) < 400


@pytest.mark.parametrize("path", CODE, ids=name)
def test_a_function_fits_in_60_lines(path):
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    assert [f.name for f in functions if f.end_lineno - f.lineno >= 60] == []


@pytest.mark.parametrize("path", [*CODE, *TEMPLATES], ids=name)
def test_text_becomes_trusted_in_one_file_only(path):
    found = TRUSTING.findall(path.read_text())

    assert found == [] or name(path) in WHERE_TEXT_BECOMES_TRUSTED


@pytest.mark.parametrize("path", [p for p in CODE if p.name.startswith("test_")], ids=name)
def test_no_test_is_skipped(path):
    assert not re.search(r"mark\.(skip|xfail)|pytest\.(skip|xfail|importorskip)\(", path.read_text()) or (
        name(path) == "tests/test_house_rules.py"
    )


def test_no_module_is_a_drawer_for_everything():
    drawers = {"utils", "helpers", "services", "selectors", "common", "core", "misc"}

    assert [name(p) for p in CODE if p.stem in drawers or p.parent.name in drawers] == []


@pytest.mark.parametrize("path", GUIDES, ids=name)
def test_what_a_guide_points_at_is_there(path):
    text = path.read_text()
    named = [ROOT / found for code in re.findall(r"`([^`]+)`", text) for found in NAMED_PATH.findall(code)]
    linked = [path.parent / found for found in LINK.findall(text)]

    assert [str(found) for found in [*named, *linked] if not found.exists()] == []
