"""The database away, on either of the two: readers read on, editors get their words back."""

import pytest
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper

from blog import straight
from tests.factories import ArticleFactory, UserFactory
from tests.website.test_pagecache_equal import plain  # noqa: F401
from tests.website.wsgi import CopiesByHand, FakeTokens, ask
from website.outage import readable
from website.pagecache import again
from website.pagecache.boundaries import horizon
from website.pagecache.wrapper import PageCache

pytestmark = pytest.mark.django_db

WORDS = "Two thousand words, <b>and</b> more."


@pytest.fixture
def site():
    ArticleFactory(slug="seen", title="What was seen")


@pytest.fixture
def fall(monkeypatch):
    """Every question fails, as it does when the server is gone or a lock is held too long."""

    def fail(*args, **kwargs):
        raise OperationalError("gone")

    def fallen():
        monkeypatch.setattr(CursorWrapper, "execute", fail)
        monkeypatch.setattr(CursorWrapper, "executemany", fail)
        # Whoever goes straight to the driver is refused by it, too.
        monkeypatch.setattr(straight, "_straight", fail)
        monkeypatch.setitem(again._WAYS, connection.vendor, fail)

    return fallen


@pytest.fixture
def client(client):
    client.raise_request_exception = False
    return client


def test_an_editor_gets_the_words_back_and_hears_why(client, fall):
    client.force_login(UserFactory(is_superuser=True))
    fall()

    sent = {
        "title": "A title",
        "body": WORDS,
        "csrfmiddlewaretoken": "x",
        "_save": "Save",
        "bylines-0-id": "a3",
    }
    response = client.post("/admin/blog/article/add/", sent)
    text = response.content.decode()

    assert response.status_code == 503
    assert "The database does not answer" in text
    assert "was not saved" in text
    assert ">Two thousand words, &lt;b&gt;and&lt;/b&gt; more.</textarea>" in text
    assert text.count("<textarea") == 2
    assert response["Cache-Control"] == "private, no-store"
    assert response["Retry-After"] == "10"


def test_no_password_is_shown(client, fall):
    fall()

    response = client.post("/admin/login/", {"username": "ann", "password": "correct horse"})

    assert response.status_code == 503
    assert b"correct horse" not in response.content
    assert b"ann</textarea>" in response.content


def test_a_reader_of_a_page_that_nobody_saw_hears_it_in_words(client, site, fall):
    fall()

    response = client.get("/blog/seen/")

    assert response.status_code == 503
    assert b"Please try again in a moment" in response.content
    assert b"<textarea" not in response.content


def test_what_fails_for_another_reason_is_still_a_fault_of_ours(client, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr(CursorWrapper, "execute", fail)

    response = client.get("/")
    assert response.status_code == 500
    assert b"Something went wrong on our side" in response.content


@pytest.mark.parametrize("token_is_down", [True, False])
def test_every_page_that_was_seen_is_read_on(site, plain, fall, tmp_path, token_is_down):  # noqa: F811
    tokens = FakeTokens()
    cache = PageCache(
        plain, tokens=tokens, horizon=horizon, limit=8_000_000, copies=CopiesByHand(tmp_path, 8_000_000)
    )
    seen = ["/", "/blog/", "/blog/seen/", "/careers/", "/sitemap.xml", "/blog/feed/", "/search/?q=seen"]
    before = [ask(cache, target).body for target in seen]
    fall()
    tokens.is_down, tokens.value = token_is_down, 2

    after = [ask(cache, target) for target in seen]

    assert [answer.status for answer in after] == [200] * len(seen)
    assert [answer.body for answer in after] == before
    assert all(answer.headers["age"] for answer in after)
    assert ask(cache, "/blog/seen/", COOKIE="sessionid=abc").body == before[2]
    assert ask(cache, "/tag/").status == 503


def test_a_field_is_named_so_that_a_person_can_read_it():
    assert readable("steps-0-closing_note") == "Steps 0 closing note"
