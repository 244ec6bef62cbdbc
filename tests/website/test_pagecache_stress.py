"""Readers and a writer at once, on the database itself: who asks after a commit never sees what was before.

READS=100000 for a long run.
"""

import os
import threading
from collections import Counter

import pytest
from django.db import connection

from blog.models import Category
from tests.website.wsgi import CopiesByHand, ask
from website.pagecache.boundaries import Horizon
from website.pagecache.tokens import tokens_of
from website.pagecache.wrapper import PageCache

pytestmark = pytest.mark.django_db(transaction=True)

READS = int(os.environ.get("READS", "240"))
READERS = 4
PAGES = 25  # so that each save makes many of them anew


class Page:
    """Reads a row, and lets a test do something before it is sent."""

    def __init__(self):
        self.meanwhile = lambda: None

    def __call__(self, environ, start_response):
        body = Category.objects.get(slug="one").description.encode()
        self.meanwhile()
        for _ in range(5):  # time in which somebody may save
            Category.objects.count()
        start_response("200 OK", [("Cache-Control", "public"), ("Content-Type", "text/html")])
        return [body]


class Naive:
    """What is usually written: empty when the token has changed, and kept under whatever token is there."""

    def __init__(self, application, tokens):
        self.application, self.tokens = application, tokens
        self.token, self.kept = None, {}

    def __call__(self, environ, start_response):
        token = self.tokens.read()
        if token != self.token:
            self.token, self.kept = token, {}
        path = environ["PATH_INFO"]
        body = self.kept.get(path)
        if body is None:
            body = self.kept[path] = self.application(environ, lambda *parts: None)
        start_response("200 OK", [])
        return body


class Aged:
    """The other usual way: a page stands for a while, whatever is saved; here for some answers."""

    def __init__(self, application, answers):
        self.application, self.answers = application, answers
        self.kept = {}

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        body, left = self.kept.get(path, (None, 0))
        if not left:
            body, left = self.application(environ, lambda *parts: None), self.answers
        self.kept[path] = body, left - 1
        start_response("200 OK", [])
        return body


def ours(page, folder):
    return PageCache(
        page,
        tokens=tokens_of(connection),
        horizon=lambda since: Horizon(since.timestamp() + 3600),
        limit=1_000_000,
        copies=CopiesByHand(folder, 1_000_000),
    )


def write(number):
    Category.objects.filter(slug="one").update(description=str(number))


@pytest.fixture
def page():
    Category.objects.create(name="One", slug="one", description="0")
    return Page()


def read_by_another_who_comes_after_a_commit(cache, page):
    """While one page is made, somebody saves and another reader asks."""

    def meanwhile():
        page.meanwhile = lambda: None
        write(1)
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()

    def read():
        ask(cache)
        connection.close()

    page.meanwhile = meanwhile
    ask(cache)
    return ask(cache).body


def test_a_page_made_before_a_commit_is_not_kept_after_it(page, tmp_path):
    assert read_by_another_who_comes_after_a_commit(ours(page, tmp_path), page) == b"1"


def test_the_usual_way_keeps_it(page):
    """The control: the test above can fail. Now and then another database's commit comes between."""

    def once():
        write(0)
        return read_by_another_who_comes_after_a_commit(Naive(page, tokens_of(connection)), page)

    assert any(once() == b"0" for _ in range(50))


def stale_answers(cache, reads):
    """Stale is what is older than what was acknowledged before the reader asked."""
    seen, acknowledged, is_over = Counter(), [0], threading.Event()

    def read():
        for number in range(reads // READERS):
            least = acknowledged[0]
            seen["stale"] += int(ask(cache, f"/{number % PAGES}/").body) < least
            seen["all"] += 1
        connection.close()

    def save():
        number = 0
        while not is_over.is_set():
            number += 1
            write(number)
            acknowledged[0] = number
        connection.close()

    writer, readers = threading.Thread(target=save), [threading.Thread(target=read) for _ in range(READERS)]
    for thread in [writer, *readers]:
        thread.start()
    for thread in readers:
        thread.join()
    is_over.set()
    writer.join()
    return seen, acknowledged[0]


def told(text):
    if "READS" in os.environ:
        print(f"{connection.vendor}, {text}")  # noqa: T201 -- the figures of a long run


def test_no_answer_is_stale_while_somebody_saves_without_end(page, tmp_path):
    cache = ours(page, tmp_path)
    seen, saves = stale_answers(cache, READS)

    told(f"ours: {seen['all']} reads, {saves} saves, {cache.counts}, {seen['stale']} stale")
    assert seen["stale"] == 0
    assert saves > 1


def test_pages_kept_for_a_while_are_stale(page):
    """The control: readers and the writer of the test above meet often enough."""
    seen, saves = stale_answers(Aged(page, READERS * 20), READS)

    told(f"kept for a while: {seen['all']} reads, {saves} saves, {seen['stale']} stale")
    assert seen["stale"] > READS // 100
