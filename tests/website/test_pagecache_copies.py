"""Readers keep reading while the database is away, and never what was withdrawn."""

import pytest

from tests.website.outage import START, Clock, fall, rise, withdraw
from tests.website.wsgi import CopiesByHand, ask
from website.pagecache import copies as module
from website.pagecache.copies import DAY
from website.pagecache.entries import Entry
from website.pagecache.store import Key


def test_a_page_that_was_seen_is_read_on_with_its_age(world):
    process = world()
    process.ask()
    fall(world)
    world.clock.now += 120

    answer = process.ask()

    assert (answer.status, answer.body) == (200, b"words " * 200)
    assert answer.headers["age"] == "120"
    assert process.cache.counts.copies == 1


def test_the_age_counts_from_when_the_page_was_last_known_to_be_right(world):
    process = world()
    process.ask()
    world.clock.now += 100
    process.ask()
    fall(world)
    world.clock.now += 5

    assert process.ask().headers["age"] == "5"


def test_a_process_that_starts_anew_has_it_too(world):
    world().ask()
    fall(world)
    world.clock.now += 60

    answer = world().ask(ACCEPT_ENCODING="gzip")

    assert answer.status == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["age"] == "60"


def test_what_nobody_has_seen_is_said_to_be_away(world):
    process = world()
    process.ask()
    fall(world)

    assert process.ask("/blog/b/").status == 503


def test_the_first_request_after_it_is_back_is_live(world):
    process = world()
    process.ask()
    fall(world)
    process.ask()
    rise(world)

    world.tokens.value += 1
    answer = process.ask()
    assert answer.body == b"live"
    assert "age" not in answer.headers


def test_a_database_that_fails_only_while_a_page_is_made_leaves_the_copy_too(world):
    process = world()
    process.ask()
    fall(world)
    world.tokens.is_down, world.tokens.value = False, 2

    assert process.ask().status == 200


def test_those_who_are_logged_in_read_the_copy_as_well(world):
    process = world()
    process.ask()
    fall(world)

    assert process.ask(COOKIE="sessionid=x").headers["age"]
    assert process.ask("/admin/", COOKIE="sessionid=x").status == 503


def test_a_copy_is_shown_for_a_day(world):
    process = world()
    process.ask()
    fall(world)

    world.clock.now += DAY
    assert process.ask().status == 200
    world.clock.now += 1
    assert process.ask().status == 503
    assert world().ask().status == 503


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_what_is_known_to_be_withdrawn_never_comes_back(world, status):
    first, second = world(), world()
    first.ask()
    second.ask()
    withdraw(world)
    world.site.status = status
    world.clock.now += 1
    assert first.ask().status == int(status[:3])

    fall(world)

    assert [process.ask().status for process in (first, second, world())] == [503, 503, 503]


def test_a_copy_that_was_waiting_to_be_written_comes_back_no_more_than_others(world):
    slow, quick = world(), world()
    ask(slow.cache, "/blog/a/")
    quick.ask()
    withdraw(world)
    world.clock.now += 1
    quick.ask()
    slow.copies.flush()
    fall(world)

    assert world().ask().status == 503


def test_withdrawing_by_address_takes_every_copy_along(world):
    process = world()
    for target in ("/blog/", "/blog/?page=2", "/category/"):
        process.ask(target)
    process.cache.withdraw("/blog/")
    fall(world)

    found = [process.ask(target).status for target in ("/blog/", "/blog/?page=2", "/category/")]
    assert found == [503, 503, 200]


def test_what_is_published_again_may_be_copied_again(world):
    process = world()
    process.ask()
    withdraw(world)
    world.clock.now += 1
    process.ask()
    world.clock.now += 20
    rise(world, b"again")
    process.ask()
    fall(world)

    assert process.ask().body == b"again"
    assert world().ask().body == b"again"


def test_a_page_that_has_run_out_meanwhile_is_not_shown(world):
    world.ending["/blog/a/"] = START + 100
    process = world()
    process.ask()
    fall(world)
    world.clock.now += 99
    assert process.ask().status == 200

    world.clock.now += 1
    assert process.ask().status == 503
    assert world().ask().status == 503


def test_a_missing_page_of_a_listing_leaves_the_listing(world):
    process = world()
    process.ask("/blog/")
    withdraw(world)
    process.ask("/blog/?page=9")
    fall(world)

    assert process.ask("/blog/").status == 200


def test_junk_leaves_no_marks(world):
    process = world()
    world.site.status = "404 Not Found"
    for n in range(20):
        process.ask(f"/junk-{n}/")
    world.clock.now += 60
    process.ask("/junk-0/")

    assert list(world.folder.glob("*/*")) == []


# --- On disk ---------------------------------------------------------------------------------------------


def key(path="/a/", query=""):
    return Key("host", path, query, "http", False)


def entry(body=b"text", made_at=START):
    return Entry("200 OK", [("Content-Type", "text/html")], body, made_at=made_at)


@pytest.fixture
def copies(tmp_path):
    return CopiesByHand(tmp_path / "pages", 10_000, clock=Clock())


def keep(copies, key, entry):
    copies.keep(key, entry)
    copies.flush()


def test_what_is_written_is_read_again(copies):
    keep(copies, key(), entry())
    found = copies.read(key())

    assert (found.status, found.headers, found.body, found.made_at) == (
        "200 OK",
        [("Content-Type", "text/html")],
        b"text",
        START,
    )
    assert copies.read(key("/b/")) is None


def test_the_same_text_is_not_written_twice(copies):
    keep(copies, key(), entry())
    file = copies._file(key())
    number = file.stat().st_ino
    keep(copies, key(), entry(made_at=START + 10))

    assert file.stat().st_ino == number
    assert copies.read(key()).made_at == START + 10


def test_a_damaged_file_is_no_copy(copies):
    keep(copies, key(), entry())
    copies._file(key()).write_bytes(b"{")

    assert copies.read(key()) is None


def test_the_folder_is_bounded_and_the_oldest_go_first(copies, monkeypatch):
    monkeypatch.setattr(module, "SWEPT_AFTER", 1)
    for n in range(30):
        keep(copies, key(f"/{n}/"), entry(b"x" * 900, made_at=START + n - 100))

    kept = [n for n in range(30) if copies.read(key(f"/{n}/"))]
    assert sum(path.stat().st_size for path in copies.folder.glob("*/*")) <= 10_000
    assert kept == list(range(30 - len(kept), 30))
    assert len(kept) >= 8


def test_what_visitors_make_up_drives_out_neither_pages_nor_marks(copies, monkeypatch):
    monkeypatch.setattr(module, "SWEPT_AFTER", 1)
    copies.withdraw("/gone/")
    keep(copies, key(), entry(b"x" * 900, made_at=START - 500))
    for n in range(30):
        keep(copies, key("/search/", f"q={n}"), entry(b"x" * 900, made_at=START + n))

    assert copies.read(key())
    assert copies.is_withdrawn("/gone/", since=START - 100)


def test_what_is_older_than_a_day_is_swept_away(copies):
    keep(copies, key(), entry(made_at=START - DAY - 1))
    copies.sweep()

    assert copies.read(key()) is None


def test_a_disk_that_takes_nothing_is_told_of_and_harms_nobody(copies, caplog):
    caplog.set_level("WARNING")
    copies.folder.write_text("a file is in the way")
    keep(copies, key(), entry())
    copies.withdraw("/a/")
    copies.drop(key())

    assert copies.read(key()) is None
    assert "could not be written" in caplog.text
    assert "may come back" in caplog.text


def test_only_its_owner_may_look_into_the_folder(copies):
    keep(copies, key(), entry())

    assert copies._file(key()).parent.stat().st_mode & 0o077 == 0
