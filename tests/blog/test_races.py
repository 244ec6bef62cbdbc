"""Several editors in the same moment. PostgreSQL lets them race; SQLite lets them queue."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections

from blog import hashtag_merging, publishing, workflow
from blog.models import Act, Article, Hashtag, HashtagMerge
from blog.models.hashtag_manager import HashtagManager
from blog.snapshots import Related
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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", ["set", "add"])
@pytest.mark.parametrize("as_a_row", [False, True])
def test_a_hashtag_that_is_merged_as_it_is_joined_becomes_the_other(monkeypatch, verb, as_a_row):
    article, source, target = DraftFactory(), hashtag("Source"), hashtag("Target")
    known, merges = HashtagManager._to_tag_model_instances, [source]

    def known_and_gone(*args):
        found = known(*args)
        while merges:
            at_once(lambda: hashtag_merging.merge(merges.pop(), target, by=None, now=NOW))
        return found

    monkeypatch.setattr(HashtagManager, "_to_tag_model_instances", known_and_gone)
    wanted = [source if as_a_row else "Source"]
    article.hashtags.set(wanted) if verb == "set" else article.hashtags.add(*wanted)

    assert [tag.name for tag in article.hashtags.all()] == ["Target"]


@pytest.mark.django_db(transaction=True)
def test_articles_saved_while_their_hashtag_is_merged_all_carry_the_other_and_none_is_an_error():
    for _ in range(ROUNDS):
        articles, source, target = DraftFactory.create_batch(EDITORS), hashtag("Source"), hashtag("Target")

        def save(article, summary):
            article.summary = summary
            publishing.save(article, by=None, related=Related(hashtags=("Source",)), now=NOW)

        came_to = at_once(
            *(lambda a=article: save(a, "Changed.") for article in articles),
            lambda source=source, target=target: hashtag_merging.merge(source, target, by=None, now=NOW),
        )

        assert came_to[:-1] == [None] * EDITORS
        assert isinstance(came_to[-1], HashtagMerge)
        assert {tuple(each.hashtags.names()) for each in articles} == {("Target",)}
        Hashtag.objects.all().delete()


def hashtag(name):
    return Hashtag.objects.resolve([name]).popitem()[1]
