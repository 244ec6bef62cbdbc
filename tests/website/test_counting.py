"""Counts in a Redis, with one that answers and with none; in files, with room for them and with none."""

import errno
import os
import tempfile

import pytest
from django.core.cache.backends.locmem import LocMemCache

from website import counting
from website.counting import FileCounts, RedisCounts
from website.settings import stores

NOBODY = "redis://127.0.0.1:9/0"


@pytest.fixture
def counts():
    cache = RedisCounts(NOBODY, {"KEY_PREFIX": "test", "OPTIONS": {"socket_connect_timeout": 0.25}})
    yield cache
    cache.clear()


def test_while_redis_is_away_each_process_counts_for_itself(counts, caplog):
    assert counts.add("a", 0, timeout=60)
    assert not counts.add("a", 0, timeout=60)
    assert [counts.incr("a"), counts.incr("a")] == [1, 2]
    counts.set("b", 5)
    assert (counts.get("a"), counts.get("b"), counts.get("c", 7)) == (2, 5, 7)
    assert counts.touch("a", 60)
    assert counts.delete("a")
    assert counts.get("a") is None
    assert caplog.text.count("Redis does not answer") == 1, "it is left alone for a while"


def test_it_is_asked_again_after_a_rest(counts, monkeypatch):
    counts.get("a")
    there = LocMemCache("there", {})
    there.set("a", "shared")
    counts._shared = there
    assert counts.get("a") is None

    counts._rests_until -= counting.RESTS
    assert counts.get("a") == "shared"


def test_a_key_that_is_not_there_says_nothing_about_the_server(counts):
    counts._shared = LocMemCache("there", {})

    with pytest.raises(ValueError, match="not found"):
        counts.incr("nothing")
    assert counts._rests_until == 0


def test_counts_are_kept_in_a_redis_where_one_is_named(monkeypatch):
    monkeypatch.setattr(stores, "find_spec", lambda name: name)
    here = stores.in_memory("api", most=9)
    there = stores.counts("api", "redis://localhost:6379/1", here)

    assert stores.counts("api", "", here) == here
    assert (there["BACKEND"], there["LOCATION"]) == (
        "website.counting.RedisCounts",
        "redis://localhost:6379/1",
    )
    assert there["OPTIONS"]["socket_timeout"] < 1


def test_a_redis_or_a_bucket_without_its_library_stops_the_start(monkeypatch):
    monkeypatch.setattr(stores, "find_spec", lambda name: None)
    monkeypatch.setenv("MEDIA_BUCKET", "pictures")

    with pytest.raises(SystemExit, match="requirements-machines"):
        stores.counts("api", NOBODY, {})
    with pytest.raises(SystemExit, match="requirements-machines"):
        stores.media_store()


@pytest.fixture
def files(tmp_path):
    cache = FileCounts(tmp_path / "logins", {"OPTIONS": {"MAX_ENTRIES": 50}})
    yield cache
    cache.clear()


@pytest.fixture
def disk(monkeypatch):
    """One that says whether it is full."""

    class Disk:
        is_full = True

    mkstemp = tempfile.mkstemp

    def made(*given, **more):
        if Disk.is_full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return mkstemp(*given, **more)

    monkeypatch.setattr(tempfile, "mkstemp", made)
    return Disk


def counted(cache, key="a"):
    return 1 if cache.add(key, 1, timeout=60) else cache.incr(key)


def test_on_a_full_disk_it_is_counted_in_memory_from_what_the_files_say(files, disk, caplog):
    disk.is_full = False
    assert [counted(files), counted(files)] == [1, 2]
    disk.is_full = True

    assert [counted(files), counted(files)] == [3, 4]
    assert counted(files, "b") == 1
    assert (files.get("a"), "b" in files, "c" in files) == (4, True, False)
    assert files.touch("a", 60)
    assert not files.touch("c", 60)
    assert caplog.text.count("Counts cannot be kept in files") == 1, "a guesser must not fill the log"


def test_with_room_again_all_processes_see_the_count(files, disk, tmp_path):
    assert [counted(files), counted(files)] == [1, 2]
    disk.is_full = False

    assert counted(files) == 3
    assert FileCounts(tmp_path / "logins", {}).get("a") == 3


def test_what_is_forgotten_is_forgotten_on_disk_and_in_memory(files, disk):
    counted(files)
    assert files.delete("a")
    assert files.get("a") is None
    assert not files.delete("a")
    disk.is_full = False
    counted(files)
    assert files.delete("a")
    assert files.get("a") is None


def test_a_count_ends_when_it_was_said_to_in_memory_too(files, disk):
    counted(files)

    assert files.touch("a", -1)
    assert files.get("a") is None


def test_half_a_file_is_no_count_and_is_replaced(files):
    counted(files)
    (file,) = files._list_cache_files()
    os.truncate(file, 25)

    assert counted(files) == 1
    assert counted(files) == 2


def test_a_folder_that_can_neither_be_made_nor_read_costs_nobody_an_answer(tmp_path):
    (tmp_path / "file").write_text("")
    cache = FileCounts(tmp_path / "file" / "logins", {})

    assert [counted(cache), counted(cache)] == [1, 2]
    assert cache.delete("a")
    assert counted(cache) == 1


def test_what_cannot_be_deleted_is_told_and_no_error(files, monkeypatch, caplog):
    counted(files)

    def refuse(*given):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("os.remove", refuse)
    assert not files.delete("a")
    assert "Counts cannot be kept in files" in caplog.text
    monkeypatch.undo()
