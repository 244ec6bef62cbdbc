"""Copies of which several processes, a full disk or an end that was set later make something else."""

import errno
import os
from pathlib import Path

import pytest

from tests.website.outage import START, Clock, fall
from tests.website.wsgi import CopiesByHand
from website.pagecache import copies as module
from website.pagecache.entries import Entry
from website.pagecache.store import Key

RIGHT, WRONG = b"right " * 200, b"wrong " * 200


def key(path="/blog/a/"):
    return Key("host", path, "", "http", False)


def entry(body=b"text", made_at=START):
    return Entry("200 OK", [], body, made_at=made_at)


@pytest.fixture
def copies(tmp_path):
    return CopiesByHand(tmp_path / "pages", 10_000_000, clock=Clock())


# --- Several processes --------------------------------------------------------


def test_what_another_process_wrote_in_between_is_not_taken_for_ones_own(world):
    one, other = world(), world()
    world.save(RIGHT)
    one.ask()
    world.save(WRONG)
    other.ask()
    world.save(RIGHT)
    one.ask()
    fall(world)

    assert world().ask().body == RIGHT


def test_a_page_made_since_by_another_process_is_newer_than_the_one_in_memory(world):
    one, other = world(), world()
    world.save(WRONG)
    one.ask()
    world.save(RIGHT)
    other.ask()
    fall(world)
    world.clock.now += 60

    assert (one.ask().body, one.ask().headers["age"]) == (RIGHT, "60")


def test_what_another_process_takes_away_meanwhile_is_written_again(copies, monkeypatch):
    copies.keep(key(), entry())
    copies.flush()
    real = os.utime

    def taken_away(file, times):
        if not file.name.startswith("new-"):
            file.unlink()
        real(file, times)

    monkeypatch.setattr(module.os, "utime", taken_away)
    copies.keep(key(), entry(made_at=START + 1))
    copies.keep(key("/other/"), entry())
    copies.flush()

    assert copies.read(key()).made_at == START + 1
    assert copies.read(key("/other/"))


def test_a_page_is_dropped_just_before_it_is_to_be_written(copies):
    class Racing(dict):
        def popitem(self):
            self.clear()
            return super().popitem()

    copies._waiting = Racing({key(): entry()})
    copies.flush()

    assert copies.read(key()) is None


# --- What is told of a page beside its text -----------------------------------


def test_an_end_that_is_set_later_is_known_to_a_process_that_starts_anew(world):
    process = world()
    process.ask()
    world.ending["/blog/a/"] = world.clock.now + 7200
    world.tokens.value += 1
    process.ask()
    fall(world)
    world.clock.now += 7201

    assert [process.ask().status, world().ask().status] == [503, 503]


def test_a_page_that_has_moved_leaves_no_copy_where_it_was(world):
    process = world()
    process.ask()
    world.tokens.value += 1
    world.site.status = "301 Moved Permanently"
    process.ask()
    fall(world)

    assert [process.ask().status, world().ask().status] == [503, 503]


def test_what_is_gone_takes_its_twin_along(world):
    process = world()
    process.ask("/blog/a.md")
    world.tokens.value += 1
    world.site.status = "404 Not Found"
    process.ask("/blog/a/")
    fall(world)

    assert world().ask("/blog/a.md").status == 503


# --- Disks --------------------------------------------------------------------


def test_a_full_disk_keeps_no_halves(copies, monkeypatch):
    def full(self, data):
        with self.open("wb") as file:
            file.write(data[:9])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    copies.keep(key(), entry())
    copies.flush()

    assert [path for path in copies.folder.glob("*/*") if path.is_file()] == []


def test_half_a_file_is_none(copies):
    copies.keep(key(), entry(b"words " * 50))
    copies.flush()
    file = copies._file(key())
    file.write_bytes(file.read_bytes()[:-1])

    assert copies.read(key()) is None


def test_a_page_gets_its_time_before_anybody_can_find_it(copies, monkeypatch):
    """Else who is killed in between leaves a withdrawn page that is newer than its mark."""
    found, real = [], os.utime

    def looked_for(file, times):
        found.append(copies.read(key()))
        real(file, times)

    monkeypatch.setattr(module.os, "utime", looked_for)
    copies.keep(key(), entry())
    copies.flush()

    assert found == [None]
    assert copies.read(key())


def test_a_disk_that_hangs_does_not_fill_the_memory(copies):
    for n in range(module.MOST_WAITING + 50):
        copies.keep(key(f"/{n}/"), entry())
    copies.keep(key("/0/"), entry(b"newer"))

    assert len(copies._waiting) == module.MOST_WAITING
    assert copies._waiting[key("/0/")].body == b"newer"


def test_a_writer_lives_on_whatever_fails(tmp_path, monkeypatch, caplog):
    turns = iter([RuntimeError("surprise"), SystemExit()])
    copies = module.Copies(tmp_path, 1000)

    def flush():
        copies._wake.set()
        raise next(turns)

    copies._wake.set()
    monkeypatch.setattr(module.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(copies, "flush", flush)

    with pytest.raises(SystemExit):
        copies._write_on()
    assert "could not be written" in caplog.text
