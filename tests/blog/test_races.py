"""Several editors in the same moment. PostgreSQL lets them race; SQLite lets them queue."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections

from blog import publishing, workflow
from blog.models import Act, Article, Hashtag
from tests.factories import CategoryFactory, DraftFactory, UserFactory

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


def at_once(*acts):
    """Each in a thread of its own, in the same moment; what each came to: its answer, or what it raised."""
    together, came_to = threading.Barrier(len(acts), timeout=30), [None] * len(acts)

    def run(number, act):
        try:
            together.wait()
            came_to[number] = act()
        except Exception as raised:
            came_to[number] = type(raised)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came_to


@pytest.mark.django_db(transaction=True)
def test_of_many_who_submit_and_approve_at_once_one_does_and_the_log_has_it_once():
    editors = UserFactory.create_batch(EDITORS, is_superuser=True)
    article = DraftFactory(created_by=UserFactory())

    def all_at_once(act):
        opened = [Article.objects.get(pk=article.pk) for _ in editors]
        pairs = zip(opened, editors, strict=True)
        return at_once(*[lambda a=a, by=by: act(a, by=by, now=NOW) for a, by in pairs])

    submitted, approved = all_at_once(workflow.submit), all_at_once(workflow.approve)

    assert sorted(submitted) == sorted(approved) == [False] * (EDITORS - 1) + [True]
    assert sorted(Act.objects.values_list("verb", flat=True)) == ["approved", "submitted"]


@pytest.mark.django_db(transaction=True)
def test_nobody_approves_a_text_that_is_being_saved_without_having_seen_it():
    writer, editor = UserFactory(is_superuser=True), UserFactory(is_superuser=True)
    for _ in range(ROUNDS):
        article = DraftFactory(created_by=writer, submitted_at=NOW)
        mine, theirs = Article.objects.get(pk=article.pk), Article.objects.get(pk=article.pk)
        mine.title = "Changed"

        saved, approved = at_once(
            lambda mine=mine: publishing.save(mine, by=writer, now=NOW),
            lambda theirs=theirs: workflow.approve(theirs, by=editor, now=NOW),
        )

        after = Article.objects.get(pk=article.pk)
        assert saved is None
        assert approved in (True, publishing.Conflict)
        assert (after.title, after.submitted_at, after.is_approved) == ("Changed", NOW, False)
        assert Act.objects.filter(article=article, verb="approved").count() == (approved is True)
