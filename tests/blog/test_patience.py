"""SQLite has one writer at a time: who waits for it, and how long."""

import sqlite3
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from blog import publishing
from blog.patience import at_most
from tests.factories import ArticleFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]


def waits() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        return cursor.fetchone()[0]


def test_afterwards_everybody_is_as_patient_as_before():
    usual = waits()
    with suppress(KeyError), at_most(0.25):
        assert waits() == 250
        {}["surprise"]

    assert waits() == usual


def test_a_reader_waits_briefly_for_whoever_is_writing(monkeypatch):
    now = timezone.now()
    article = ArticleFactory(title="Old")
    article.title = "New"
    publishing.schedule(article, by=None, at=now + timedelta(hours=1), now=now)
    writer = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, uri=True)
    writer.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(publishing, "A_READER_WAITS", 0.01)

    with pytest.raises(OperationalError, match="locked"):
        publishing.catch_up(now + timedelta(hours=2))
    writer.execute("ROLLBACK")
    writer.close()

    assert publishing.catch_up(now + timedelta(hours=2)) == 1
