from collections import OrderedDict

from website.pagecache.entries import OVERHEAD, Entry
from website.pagecache.store import Key, Share, Store

ROOM = 200 * OVERHEAD


def key(path, query=""):
    return Key("host", path, query, "http", False)


def entry(status="200 OK", body=b""):
    return Entry(status, [], body)


def test_what_was_not_asked_for_longest_goes_first():
    share = Share(10 * (OVERHEAD + 2))
    for n in range(10):
        share.put(key(f"/{n}"), entry())
    share.get(key("/0"))

    share.put(key("/new"), entry())

    assert share.get(key("/0"))
    assert not share.get(key("/1"))
    assert share.bytes <= share.limit


def test_the_bytes_are_those_of_what_is_there():
    store = Store(ROOM)
    store.put(key("/a"), entry(body=b"x" * 300))
    assert store.bytes == OVERHEAD + 500 + len("/a")

    store.put(key("/a"), entry())
    assert (store.bytes, len(store)) == (OVERHEAD + len("/a"), 1)

    store.drop(key("/a"))
    assert (store.bytes, len(store)) == (0, 0)


def test_what_is_too_large_is_not_kept_and_takes_its_old_copy_along():
    store = Store(ROOM)
    store.put(key("/a"), entry())
    store.put(key("/a"), entry(body=b"x" * ROOM))

    assert store.get(key("/a")) is None


def test_made_up_addresses_drive_out_each_other_only():
    store = Store(ROOM)
    store.put(key("/page"), entry())
    for n in range(300):
        store.put(key("/search/", f"q={n}"), entry())
        store.put(key(f"/{n}"), entry("404 Not Found"))
        store.put(key(f"/tag/ai+{n}/"), entry())
        store.put(key(f"/careers/compare/a-vs-b-vs-{n}/"), entry())

    assert store.get(key("/page"))
    assert store.bytes <= ROOM


def test_a_page_that_is_gone_is_in_one_share_only():
    store = Store(ROOM)
    store.put(key("/a"), entry())
    store.put(key("/a"), entry("404 Not Found"))

    assert store.get(key("/a")).status == "404 Not Found"
    assert len(store) == 1


def test_all_that_is_kept_of_an_address_is_found():
    store = Store(ROOM)
    store.put(key("/a"), entry())
    store.put(key("/a", "page=2"), entry())
    store.put(key("/b"), entry())

    assert store.keys_at("/a") == [key("/a"), key("/a", "page=2")]


def test_a_long_address_counts_too():
    store = Store(ROOM)
    store.put(key("/" + "a" * 999), entry())

    assert store.bytes == OVERHEAD + 1000


def test_readers_who_move_what_they_take_disturb_nobody_who_keeps_something():
    """Looking for the oldest and taking it away are one step: in between another thread may have its turn."""
    share = Share(2 * OVERHEAD)
    oldest = key("/0")
    share.put(oldest, entry())
    share.entries = Restless(share.entries)
    for n in range(1, 4):
        share.put(key(f"/{n}"), entry())

    assert share.bytes == sum(one.size + 2 for one in share.entries.values()) <= 2 * OVERHEAD


class Restless(OrderedDict):
    """Whoever walks through it finds that somebody moved something."""

    def __iter__(self):
        raise RuntimeError("OrderedDict mutated during iteration")
