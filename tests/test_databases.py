"""The tests' database is what the migrations of today make, wherever it comes from."""

import ast
from pathlib import Path

import pytest
from django.db import connection

from tests import databases

OURS = ("website", "blog", "careers")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.module


def test_what_the_migrations_use_of_ours_is_in_the_fingerprint():
    migrations = [path for app in OURS for path in (databases.ROOT / app / "migrations").glob("*.py")]
    used = {name for path in migrations for name in imported(path) if name.partition(".")[0] in OURS}

    assert {f"{name.replace('.', '/')}.py" for name in used} <= set(databases.USED)
    assert set(migrations) <= set(databases.sources())


def test_another_word_in_a_migration_is_another_fingerprint(tmp_path, monkeypatch):
    path = tmp_path / "0001_initial.py"
    monkeypatch.setattr(databases, "sources", lambda: [path])
    path.write_text("before")
    before = databases.fingerprint()

    path.write_text("after")

    assert databases.fingerprint() != before


@pytest.mark.django_db
def test_the_developers_own_database_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "FOLDER", tmp_path)
    monkeypatch.setattr(databases, "fingerprint", lambda: "never")
    kept = databases.kept()  # as if the connection still led there

    kept.keep()

    assert not kept.is_there()


def test_a_kept_file_is_copied_to_where_the_tests_look(tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "FOLDER", tmp_path)
    place = tmp_path / "place.sqlite3"
    monkeypatch.setitem(connection.settings_dict["TEST"], "NAME", str(place))
    kept = databases.KeptFile("kept", mine="")

    assert not kept.take()
    Path(kept.path).write_text("tables")
    assert kept.take()
    assert place.read_text() == "tables"
