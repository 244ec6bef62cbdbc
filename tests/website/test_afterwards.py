"""What follows a commit happens after it, once, and together."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from blog.models import Category
from website.afterwards import afterwards

pytestmark = pytest.mark.django_db


def make(name):
    return lambda: Category.objects.create(name=name, slug=name)


def names():
    return set(Category.objects.values_list("name", flat=True))


def test_it_happens_after_the_commit_and_once_for_each_key(django_capture_on_commit_callbacks):
    done = []
    with django_capture_on_commit_callbacks(execute=True):
        for n in range(3):
            afterwards("same", lambda n=n: done.append(n))
        afterwards("other", lambda: done.append("other"))
        assert done == []

    assert done == [2, "other"]


def test_a_fault_is_logged_and_keeps_nothing_else_from_happening(django_capture_on_commit_callbacks, caplog):
    def broken():
        make("half-done")()
        raise RuntimeError("broken")

    with django_capture_on_commit_callbacks(execute=True):
        afterwards("before", make("before"))
        afterwards("broken", broken)
        afterwards("after", make("after"))

    assert {"before", "after"} <= names()
    assert "half-done" not in names()
    assert "broken" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_however_much_follows_it_is_one_commit_more():
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        make("first")()
        for n in range(3):
            afterwards(n, make(f"later-{n}"))

    commits = [query for query in queries.captured_queries if query["sql"] == "COMMIT"]
    assert len(commits) == 2
    assert names() == {"first", "later-0", "later-1", "later-2"}


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_takes_nothing_with_it():
    done = []
    with transaction.atomic():
        afterwards("undone", lambda: done.append("undone"))
        transaction.set_rollback(True)
    assert done == []

    with transaction.atomic():
        afterwards("next", lambda: done.append("next"))
    assert done == ["undone", "next"]
