"""A backup in the place of a database that was in use: with a real server, its real log, and by hand."""

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.factories import ArticleFactory
from website import database_file, start
from website.database_file import Unfit
from website.settings.base import BASE_DIR

NOW = datetime(2026, 11, 28, 12, 30, tzinfo=UTC)
ROWS = 3_000


def filled(path, text, rows=ROWS):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        with connection:
            connection.execute("CREATE TABLE IF NOT EXISTS t (number INTEGER PRIMARY KEY, text)")
            written = ((number, text * 50) for number in range(rows))
            connection.executemany("REPLACE INTO t VALUES (?, ?)", written)
    return path


def said_of(path):
    """What SQLite says of a file, and the texts in it."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            texts = {text[:3] for (text,) in connection.execute("SELECT text FROM t")}
    except sqlite3.DatabaseError:
        return "damaged", set()
    return verdict if verdict == "ok" else "damaged", texts


LEAVES = """
import os, sqlite3, sys
path = sys.argv[1]
kept = [sqlite3.connect(path, isolation_level=None) for _ in range(2)]
kept[0].execute("SELECT count(*) FROM t").fetchone()
kept[1].execute("UPDATE t SET text = replace(text, 'old', 'new') WHERE number % 7 = 0")
kept[1].execute("DELETE FROM t WHERE number % 5 = 0")
if "tidy" in sys.argv:
    from pathlib import Path
    from website.database_file import empty_log
    empty_log(Path(path))
os._exit(0)
"""


def left_by_a_process(path, *how):
    """One that wrote, and ended without closing anything, as a server's worker does."""
    subprocess.run([sys.executable, "-c", LEAVES, path, *how], cwd=BASE_DIR, check=True)


@pytest.fixture
def database(tmp_path):
    return filled(tmp_path / "db.sqlite3", "old")


@pytest.fixture
def backup(database, tmp_path):
    file = tmp_path / "backup.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("VACUUM INTO ?", [str(file)])
    return file


def restored(backup, database):
    with database_file.copied(backup, beside=database) as copy:
        return database_file.put_in_place(copy, database, now=NOW)


def test_a_backup_that_is_merely_copied_over_a_database_left_in_use_is_ruined_by_its_log(database, backup):
    """The control: without it, the tests below would show nothing."""
    left_by_a_process(database)
    shutil.copyfile(backup, database)

    assert said_of(database) != ("ok", {"old"})


def test_a_backup_that_is_restored_is_what_it_was(database, backup):
    left_by_a_process(database)

    restored(backup, database)

    assert not Path(f"{database}-wal").exists()
    assert said_of(database) == ("ok", {"old"})


def test_the_former_database_is_kept_whole_with_what_was_in_its_log_and_can_be_restored(database, backup):
    left_by_a_process(database)

    aside = restored(backup, database)
    assert aside.name == "db.sqlite3.until-20261128-123000"
    restored(aside, database)

    assert said_of(database) == ("ok", {"old", "new"})


def test_a_process_that_empties_the_log_at_its_end_leaves_a_file_that_may_be_copied_over(database, backup):
    left_by_a_process(database, "tidy")

    assert Path(f"{database}-wal").stat().st_size == 0
    shutil.copyfile(backup, database)
    assert said_of(database) == ("ok", {"old"})


def test_a_log_in_use_is_let_be_and_a_database_that_is_not_there_is_not_made(database, monkeypatch):
    monkeypatch.setattr(database_file, "PATIENCE", 0)
    with closing(sqlite3.connect(database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM t").fetchone()
        filled(database, "new")
        database_file.empty_log(database)
        assert reader.execute("SELECT text FROM t LIMIT 1").fetchone()[0].startswith("old")
    database.with_name("broken").write_text("no database" * 100)
    database_file.empty_log(database.with_name("broken"))

    nowhere = database.with_name("nowhere")
    database_file.empty_log(nowhere)
    assert not nowhere.exists()


HOLDS = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM t").fetchone()
print("open", flush=True)
sys.stdin.read()
"""


def test_a_database_in_use_is_not_replaced(database, backup):
    command = [sys.executable, "-c", HOLDS, database]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holding:
        assert holding.stdout.readline() == b"open\n"
        with pytest.raises(Unfit, match="in use: stop the site first"):
            restored(backup, database)
        holding.communicate()

    assert restored(backup, database)


def test_nothing_is_left_of_a_restore_that_was_refused(database, backup):
    content = bytearray(backup.read_bytes())
    content[4096 * 3 : 4096 * 5] = b"x" * 4096 * 2
    backup.write_bytes(content)
    before = sorted(database.parent.iterdir())

    with pytest.raises(Unfit, match="damaged"):
        restored(backup, database)
    assert sorted(database.parent.iterdir()) == before
    assert said_of(database) == ("ok", {"old"})


def test_what_is_no_database_is_told_in_words(database, tmp_path):
    text = tmp_path / "text"
    text.write_text("Dear editor, " * 100)

    with pytest.raises(Unfit, match="no database that SQLite can read"):
        restored(text, database)
    with pytest.raises(Unfit, match=r"nowhere cannot be copied: No such file"):
        restored(tmp_path / "nowhere", database)


def test_a_damaged_database_is_replaced_too(database, backup):
    database.write_bytes(b"\0" * 10_000)

    assert restored(backup, database).stat().st_size == 10_000
    assert said_of(database) == ("ok", {"old"})


def test_a_backup_that_was_copied_with_its_log_brings_what_is_in_the_log(database, tmp_path):
    left_by_a_process(database)
    away = tmp_path / "away.sqlite3"
    for end in ("", "-wal"):
        shutil.copyfile(f"{database}{end}", f"{away}{end}")

    restored(away, database)

    assert said_of(database) == ("ok", {"old", "new"})


def test_where_nothing_is_a_backup_is_put_beside_no_orphaned_log(database, backup):
    left_by_a_process(database)
    database.unlink()

    assert restored(backup, database) is None
    assert said_of(database) == ("ok", {"old"})


def test_a_database_keeps_its_rights(database, backup):
    database.chmod(0o640)
    backup.chmod(0o444)

    restored(backup, database)

    assert database.stat().st_mode & 0o777 == 0o640


# --- With a real server ------------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path):
    """The folder of a site with one article, and what its processes are told."""
    ArticleFactory(title="Before the backup")
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as ours:
        ours.execute("VACUUM INTO ?", [str(tmp_path / "db.sqlite3")])
    shutil.copytree(settings.STATIC_ROOT, tmp_path / "static", dirs_exist_ok=True)
    env = start.production(tmp_path, "127.0.0.1") | {"DATABASE_URL": "", "PYTHONPATH": str(BASE_DIR)}
    return tmp_path, env


def served_and_stopped(folder, env, port):
    """Asked by a reader, written to by a command, and ended as systemd ends it."""
    where = ("--host", "127.0.0.1", "--port", str(port), "website.wsgi:application")
    server = subprocess.Popen([sys.executable, "-m", "granian", *start.SERVER, *where], env=env, cwd=folder)
    try:
        start.wait_for(server, "127.0.0.1", port)
        for _ in range(8):
            asked = HTTPConnection("127.0.0.1", port, timeout=30)
            asked.request("GET", "/blog/", headers={"Connection": "close"})
            assert b"Before the backup" in asked.getresponse().read()
        with closing(sqlite3.connect(folder / "db.sqlite3")) as work:
            work.execute("PRAGMA synchronous=OFF")
            work.execute("UPDATE blog_article SET title = 'After the backup'")
            work.commit()
        time.sleep(0.2)
    finally:
        server.terminate()
        server.wait(timeout=60)


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_server_that_was_stopped_leaves_no_log_that_would_be_played_back(site, unused_port):
    folder, env = site

    served_and_stopped(folder, env, unused_port)

    log = folder / "db.sqlite3-wal"
    assert not log.exists() or log.stat().st_size == 0
    with closing(sqlite3.connect(f"file:{folder}/db.sqlite3?immutable=1", uri=True)) as file:
        assert file.execute("SELECT title FROM blog_article").fetchall() == [("After the backup",)]


@pytest.fixture
def unused_port():
    import socket

    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return probe.getsockname()[1]
