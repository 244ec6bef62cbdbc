"""The command that an administrator types on the worst of days."""

import re
import shutil
import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from website.database_file import COUNTED
from website.management.commands import restore as command
from website.settings.base import BASE_DIR


def database(path, articles):
    with closing(sqlite3.connect(path)) as made, made:
        for sql in COUNTED.values():
            made.execute(f"CREATE TABLE {sql.rpartition(' ')[2]} (id INTEGER PRIMARY KEY, modified_at)")
        days = (f"2026-11-{day + 1:02} 09:30:00.123" for day in range(articles))
        made.executemany("INSERT INTO blog_article (modified_at) VALUES (?)", ((day,) for day in days))
    return path


def articles_in(path):
    with closing(sqlite3.connect(path)) as read:
        return read.execute("SELECT count(*) FROM blog_article").fetchone()[0]


@pytest.fixture
def there(tmp_path, monkeypatch):
    path = database(tmp_path / "db.sqlite3", 7)
    ours = SimpleNamespace(vendor="sqlite", settings_dict={"NAME": str(path)})
    monkeypatch.setattr(command, "connection", ours)
    return path


@pytest.fixture
def backup(tmp_path):
    return database(tmp_path / "backup.sqlite3", 3)


def restore(*arguments):
    out = StringIO()
    call_command("restore", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_it_first_tells_what_there_is_and_what_there_will_be_and_changes_nothing(there, backup):
    before = there.read_bytes()

    told = restore(backup)

    assert re.search(r"^articles +7 +3$", told, re.MULTILINE)
    assert re.search(r"^last saved \(UTC\) +2026-11-07 09:30 +2026-11-03 09:30$", told, re.MULTILINE)
    assert "Nothing was changed." in told
    assert there.read_bytes() == before


def test_it_can_be_undone_by_the_words_it_says(there, backup):
    told = restore(backup, "--commit")
    assert articles_in(there) == 3

    (undo,) = re.findall(r"manage\.py restore (.*)$", told, re.MULTILINE)
    restore(*undo.split())
    assert articles_in(there) == 7


def test_a_database_that_cannot_be_read_any_more_is_replaced(there, backup):
    there.write_text("nothing of a database")

    told = restore(backup, "--commit")

    assert re.search(r"^articles +\? +3$", told, re.MULTILINE)
    assert articles_in(there) == 3


def test_where_there_is_none_a_backup_becomes_the_first(there, backup):
    there.unlink()

    told = restore(backup, "--commit")

    assert "To go back" not in told
    assert articles_in(there) == 3


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda file: file.unlink(), "cannot be copied: No such file"),
        (lambda file: file.write_text("a text " * 999), "no database that SQLite can read"),
        (lambda file: shutil.copy(Path(sqlite3.__file__), file), "no database that SQLite can read"),
        (lambda file: file.write_bytes(b""), "no database of this site"),
    ],
)
def test_what_is_no_backup_is_refused_in_one_sentence(there, backup, spoil, told):
    spoil(backup)

    with pytest.raises(CommandError, match=told):
        restore(backup, "--commit")
    assert articles_in(there) == 7


def test_the_database_itself_is_no_backup(there):
    with pytest.raises(CommandError, match="is the database itself"):
        restore(there, "--commit")


def test_on_postgresql_it_says_whose_work_that_is(there, backup, monkeypatch):
    monkeypatch.setattr(command.connection, "vendor", "postgresql")

    with pytest.raises(CommandError, match="pg_restore"):
        restore(backup, "--commit")


def test_the_handbook_names_the_command_and_warns_of_the_log():
    handbook = (BASE_DIR / "docs" / "operations.md").read_text()

    assert "manage.py restore /backup/waymark.sqlite3 --commit" in handbook
    assert "rm var/db.sqlite3-wal var/db.sqlite3-shm" in handbook
    assert "put the files back" not in handbook
