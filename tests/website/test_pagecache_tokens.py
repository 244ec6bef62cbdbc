"""Both databases' tokens: every commit changes them, nothing else need; one that is away says so at once."""

import sqlite3
import threading

import pytest
from django.db import connection, transaction

from blog.models import Category
from website.pagecache import tokens
from website.pagecache.tokens import PostgresTokens, SqliteTokens, Unavailable, tokens_of


@pytest.fixture
def own():
    return tokens_of(connection)


@pytest.mark.django_db(transaction=True)
def test_a_commit_changes_the_token_and_reading_does_not(own):
    assert stays_the_same(own, while_doing=lambda: list(Category.objects.all()))

    before = own.read()
    Category.objects.create(name="One", slug="one")

    assert own.read() != before


def stays_the_same(own, while_doing=lambda: None):
    """Now and then: a server's other databases, and its own housekeeping, commit too."""

    def once():
        before = own.read()
        while_doing()
        return own.read() == before

    return any(once() for _ in range(100))


@pytest.mark.django_db(transaction=True)
def test_a_token_changes_at_the_commit_not_before(own):
    with transaction.atomic():
        Category.objects.create(name="One", slug="one")
        within = own.read()
    after = own.read()

    assert within != after


@pytest.mark.django_db(transaction=True)
def test_all_threads_read_one_token(own):
    def read_by_threads():
        read = []
        threads = [threading.Thread(target=lambda: read.append(own.read())) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return {*read, own.read()}

    assert any(len(read_by_threads()) == 1 for _ in range(20))


@pytest.fixture
def file(tmp_path):
    path = str(tmp_path / "site.sqlite3")
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("CREATE TABLE t (x)")
    yield path, writer
    writer.close()


@pytest.mark.parametrize("has_index", [True, False])
def test_both_ways_of_reading_sqlites_token_see_every_commit(file, monkeypatch, has_index):
    path, writer = file
    if not has_index:
        monkeypatch.setattr(SqliteTokens, "_mapped", lambda self: None)
    own = SqliteTokens(path)
    own.read()
    assert (own._index is not None) is has_index

    seen = []
    for n in range(50):
        seen.append(own.read())
        assert own.read() == seen[-1]
        writer.execute("INSERT INTO t VALUES (?)", [n])
    assert len({*seen, own.read()}) == 51


def test_an_index_that_is_just_being_written_is_not_believed(file):
    path, _ = file
    own = SqliteTokens(path)
    own.read()
    index = bytearray(own._index.shared)
    index[50] ^= 1
    own._index.shared = index

    assert own.read()[0] == "data_version"


def test_a_checkpoint_that_begins_the_log_anew_brings_no_old_token_back(file):
    path, writer = file
    own, seen = SqliteTokens(path), set()
    for n in range(20):
        writer.execute("INSERT INTO t VALUES (?)", [n])
        assert own.read() not in seen
        seen.add(own.read())
        writer.execute("PRAGMA wal_checkpoint(RESTART)")


def clean(path, rows=0):
    """A whole database that nobody has open."""
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("CREATE TABLE t (x)")
    writer.executemany("INSERT INTO t VALUES (?)", [[n] for n in range(rows)])
    writer.close()
    return path


def put_in_place(other, path):
    for rest in path.parent.glob(f"{path.name}-*"):
        rest.unlink()
    other.replace(path)


@pytest.mark.parametrize("has_index", [True, False])
def test_another_file_put_in_place_is_noticed(tmp_path, monkeypatch, has_index):
    """Both as clean as each other, so that only their place on the disk tells them apart."""
    if not has_index:
        monkeypatch.setattr(SqliteTokens, "_mapped", lambda self: None)
    path, now, told = clean(tmp_path / "site.sqlite3"), [0.0], []
    own = SqliteTokens(str(path), on_replaced=lambda: told.append("replaced"), clock=lambda: now[0])
    before = own.read()
    put_in_place(clean(tmp_path / "other.sqlite3"), path)

    assert own.read() == before  # the control: what SQLite itself says tells nothing
    now[0] += tokens.LOOKS_EVERY
    after = own.read()

    assert after != before
    assert told == ["replaced"]
    writer = sqlite3.connect(path)
    writer.execute("INSERT INTO t VALUES (1)")
    writer.commit()
    assert own.read() != after
    writer.close()


def test_a_file_that_was_taken_away_is_no_answer_until_it_is_back(tmp_path):
    path, now = clean(tmp_path / "site.sqlite3"), [0.0]
    own = SqliteTokens(str(path), clock=lambda: now[0])
    before = own.read()
    path.rename(tmp_path / "away")
    now[0] += tokens.LOOKS_EVERY
    for _ in range(2):
        with pytest.raises(Unavailable):
            own.read()

    (tmp_path / "away").rename(path)
    assert own.read() == before


def test_a_file_that_is_not_there_is_no_answer(tmp_path):
    with pytest.raises(Unavailable):
        SqliteTokens(str(tmp_path / "none.sqlite3")).read()


def test_a_server_that_refuses_is_no_answer_and_is_asked_again(tmp_path):
    own = PostgresTokens(f"host={tmp_path} dbname=none connect_timeout=2")

    for _ in range(2):
        with pytest.raises(Unavailable):
            own.read()
    assert own._rests_until == 0


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("threshold", "opened"), [(None, 1), (5, 2)])
def test_without_prepared_statements_any_session_can_answer(monkeypatch, threshold, opened):
    """A pooler may give the next question to another one. What was prepared there is not known here."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "prepare_threshold", threshold)
    own = tokens_of(connection)
    own.read()
    own._connection.exec_(b"DEALLOCATE ALL")
    _, session = own.read()

    assert session == opened


class FakePostgres(PostgresTokens):
    """Answers with what is put into it; an exception is raised."""

    def __init__(self, *answers, clock=lambda: 100.0):
        super().__init__("", clock=clock)
        self.answers = list(answers)
        self.came = 0

    @property
    def _put(self):
        """Looked at by whoever comes."""
        self.came += 1
        return self.put

    @_put.setter
    def _put(self, value):
        self.put = value

    def _snapshot(self):
        if self._connection is None:
            self._opened += 1
            self._connection = type("Connection", (), {"finish": lambda self: None})()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_after_a_new_connection_no_old_token_comes_back():
    """The server may be another one by now, or one that was put back to an earlier state."""
    own = FakePostgres(b"1:1:", ConnectionError(), b"1:1:")

    assert own.read() != own.read()


def test_a_server_that_lets_one_wait_is_left_alone_for_a_while():
    now = [100.0]
    own = FakePostgres(b"1", TimeoutError(), b"2", clock=lambda: now[0])
    own.read()
    for _ in range(3):
        with pytest.raises(Unavailable):
            own.read()

    now[0] += tokens.RESTS
    assert own.read()[0] == b"2"


def test_an_answer_is_shared_only_by_those_who_came_before_the_question():
    own = FakePostgres(b"1", b"2")
    own.read()

    assert own.read()[0] == b"2"


def test_whoever_waits_gets_the_answer_to_a_question_put_after_he_came():
    own = FakePostgres(b"1")
    read = []
    threads = [threading.Thread(target=lambda: read.append(own.read())) for _ in range(4)]
    with own._lock:
        for thread in threads:
            thread.start()
        while own.came < 4:
            pass
    for thread in threads:
        thread.join()

    assert read == [(b"1", 1)] * 4
