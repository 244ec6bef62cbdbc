"""The page cache when several ask for one page at the same time."""

import threading

import pytest

from tests.website.test_pagecache_wrapper import cache, clock, make, site, tokens  # noqa: F401 -- fixtures
from tests.website.wsgi import ask


def five_at_once(cache, site, answer, meanwhile=lambda: None):  # noqa: F811
    """What five hear who ask while the page is being made by the first of them."""
    started, go_on = threading.Event(), threading.Event()

    def slow(environ):
        made = answer()
        started.set()
        go_on.wait(10)
        return made

    site.body = slow
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(ask(cache).body)) for _ in range(5)]
    threads[0].start()
    started.wait(10)
    for thread in threads[1:]:
        thread.start()
    while cache.counts.waits < 4:
        pass
    meanwhile()
    go_on.set()
    for thread in threads:
        thread.join()
    return answers


def test_one_makes_the_page_and_the_others_wait_for_it(cache, site):  # noqa: F811
    assert five_at_once(cache, site, lambda: b"slow") == [b"slow"] * 5
    assert len(site.asked) == 1


def test_after_a_save_meanwhile_one_of_those_who_waited_makes_it_anew_for_all(cache, site, tokens):  # noqa: F811
    def saved():
        tokens.value = 2

    answers = five_at_once(cache, site, lambda: str(tokens.value).encode(), meanwhile=saved)

    assert sorted(answers) == [b"1", *[b"2"] * 4]
    assert len(site.asked) == 2


def test_those_who_waited_for_nothing_make_it_themselves(cache, site):  # noqa: F811
    started, go_on = threading.Event(), threading.Event()

    def failing(environ):
        if started.is_set():
            return b"mine"
        started.set()
        go_on.wait(10)
        raise RuntimeError("broken")

    site.body = failing

    def first():
        with pytest.raises(RuntimeError):
            ask(cache)

    answers = []
    threads = [
        threading.Thread(target=first),
        threading.Thread(target=lambda: answers.append(ask(cache).body)),
    ]
    threads[0].start()
    started.wait(10)
    threads[1].start()
    while not cache.counts.waits:
        pass
    go_on.set()
    for thread in threads:
        thread.join()

    assert answers == [b"mine"]
