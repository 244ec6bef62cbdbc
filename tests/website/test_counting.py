"""Counts in a Redis: with one that answers, and with none."""

import pytest
from django.core.cache.backends.locmem import LocMemCache

from website import counting
from website.counting import RedisCounts
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
