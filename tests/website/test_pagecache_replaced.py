"""Django keeps a connection for a minute: after a restore it would show, and let us keep, what was before."""

import sqlite3

import pytest
from django.db.backends.sqlite3.base import DatabaseWrapper

from website.pagecache import replaced
from website.settings.base import database


def holding(path, text):
    file = sqlite3.connect(path)
    file.executescript(f"CREATE TABLE t (x); INSERT INTO t VALUES ('{text}')")
    file.close()
    return path


@pytest.fixture
def reader(tmp_path):
    path = holding(tmp_path / "site.sqlite3", "before")
    given = {**DatabaseWrapper({}).settings_dict, **database(f"sqlite:///{path}")}
    given |= {"TIME_ZONE": None, "AUTOCOMMIT": True, "TEST": {}}
    reader = DatabaseWrapper(given, "other")
    yield path, reader
    reader.close()


def read(reader):
    """As at the beginning of a request."""
    reader.close_if_unusable_or_obsolete()
    with reader.cursor() as cursor:
        return cursor.execute("SELECT x FROM t").fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize(("is_told", "seen"), [(True, "after"), (False, "before")])
def test_who_reads_on_after_another_file_was_put_in_place_opens_it(reader, tmp_path, is_told, seen):
    path, reader = reader
    assert read(reader) == "before"
    for rest in tmp_path.glob("site.sqlite3-*"):
        rest.unlink()
    holding(tmp_path / "other.sqlite3", "after").replace(path)

    if is_told:
        replaced.leave_all()

    assert read(reader) == seen
