"""Several editors in the same moment. PostgreSQL lets them race; SQLite lets them queue."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections

from blog import publishing
from blog.models import Article, Hashtag
from tests.factories import CategoryFactory

EDITORS, ROUNDS = 4, 3
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_the_same_titles_and_hashtags_saved_at_once_are_all_kept_and_never_an_error():
    category, faults, together = CategoryFactory(), [], threading.Barrier(EDITORS, timeout=30)

    def edit(number):
        try:
            for round_ in range(ROUNDS):
                together.wait()
                article = Article(title=f"Same title {round_}", category=category)
                publishing.save(article, by=None, now=NOW)
                article.hashtags.set([f"Topic {round_}", f"other-{round_}", f"third {number % 2} {round_}"])
        except Exception as fault:
            faults.append(fault)
            together.abort()
        finally:
            connections.close_all()

    editors = [threading.Thread(target=edit, args=[number]) for number in range(EDITORS)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()

    assert faults == []
    assert Article.objects.count() == EDITORS * ROUNDS
    assert Hashtag.objects.count() == 4 * ROUNDS
