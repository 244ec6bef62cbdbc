"""Scheduled changes go live with the first request after their moment, and never stand in a reader's way."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.utils import timezone

from blog import publishing
from blog.models import Article
from tests.factories import ArticleFactory
from website.moments import CatchUpMiddleware

pytestmark = pytest.mark.django_db


@pytest.fixture
def replaced():
    article = ArticleFactory(title="As it was")
    article.title = "Zebrafish now"
    now = timezone.now()
    publishing.schedule(article, by=None, at=now - timedelta(minutes=1), now=now - timedelta(hours=1))
    return article


@pytest.mark.parametrize("address", ["/", "/blog/", "/search/?q=zebrafish"])
def test_the_first_reader_after_the_moment_sees_what_was_scheduled(
    client, replaced, address, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.get("/")

    assert "Zebrafish" in client.get(address).content.decode()
    assert "As it was" not in client.get(address).content.decode()


def test_after_a_try_in_vain_readers_are_not_kept_waiting_for_a_moment(rf, monkeypatch):
    tried, now = [], [100.0]

    def locked(moment):
        tried.append(now[0])
        raise OperationalError("database is locked")

    monkeypatch.setattr(publishing, "catch_up", locked)
    step = CatchUpMiddleware(lambda request: HttpResponse(), clock=lambda: now[0])
    for now[0] in (100.0, 100.9, 101.1):
        assert step(rf.get("/blog/"))["Cache-Control"] == "no-store"

    assert tried == [100.0, 101.1]


def test_a_database_that_cannot_be_written_to_still_shows_readers_the_last_version(
    client, replaced, monkeypatch, caplog
):
    def locked(now):
        raise OperationalError("database is locked")

    monkeypatch.setattr(publishing, "catch_up", locked)

    answer = client.get("/blog/")

    assert "As it was" in answer.content.decode()
    assert "could not go live" in caplog.text
    assert answer["Cache-Control"] == "no-store"
    assert "CDN-Cache-Control" not in answer


def test_what_is_no_page_of_articles_asks_nothing(client, replaced):
    client.get("/healthz")

    assert Article.objects.get().title == "As it was"
