"""What is written over a live article waits; what was scheduled goes live by itself; nothing is lost."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog import publishing, snapshots
from blog.models import Act, Article, Revision
from blog.snapshots import Related
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CategoryFactory,
    DraftFactory,
    RoleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def stored(article):
    return Article.objects.get(pk=article.pk)


def written(article, title, **details):
    """Somebody opens the article, changes its title and saves a draft."""
    article = stored(article)
    snapshots.open_working_copy(article)
    article.title = title
    publishing.save(article, by=None, now=NOW, **details)
    return article


def scheduled(article, title, at=NOW + DAY, **details):
    article = stored(article)
    article.title = title
    publishing.schedule(article, by=None, at=at, now=NOW, **details)
    return article


def in_group(name):
    person = UserFactory()
    person.groups.add(Group.objects.get(name=name))
    return person


def test_a_draft_over_a_live_article_changes_nothing_that_readers_see():
    article = ArticleFactory(title="Live", hashtags=["Python"])
    related = Related(hashtags=("Go",), authors=(AuthorFactory().pk,), roles=(RoleFactory().pk,))

    written(article, "Draft", related=related)

    live = stored(article)
    assert (live.title, live.state) == ("Live", "published")
    assert [tag.name for tag in live.hashtags.all()] == ["Python"]
    assert (live.bylines.count(), live.roles.count()) == (0, 0)
    assert live.standing_at(NOW) == "live-draft"
    assert live.draft.content["title"] == "Draft"
    assert live.draft.content["hashtags"] == ["Go"]


def test_publishing_a_draft_over_a_live_article_brings_all_of_it_to_readers():
    article = ArticleFactory(title="Live", hashtags=["Python"])
    first, second = AuthorFactory(), AuthorFactory()
    written(article, "Draft", related=Related(hashtags=("Go", "C#"), authors=(second.pk, first.pk)))

    publishing.publish(stored(article), by=None, now=NOW)

    live = stored(article)
    assert (live.title, live.draft, live.standing_at(NOW)) == ("Draft", None, "live")
    assert [tag.name for tag in live.hashtags.all()] == ["Go", "C#"]
    assert [line.author for line in live.bylines.all()] == [second, first]


@pytest.mark.parametrize("verb", [publishing.unpublish, publishing.archive, publishing.move_to_bin])
def test_a_draft_that_waits_is_not_lost_when_the_live_article_is_taken_away(verb):
    article = ArticleFactory(title="Live", hashtags=["Python"])
    written(article, "Draft", related=Related(hashtags=("Go",)))

    verb(stored(article), by=None, now=NOW)

    assert (stored(article).title, stored(article).draft) == ("Draft", None)
    assert [tag.name for tag in stored(article).hashtags.all()] == ["Go"]
    assert not Article.objects.public(NOW).exists()


def test_a_scheduled_replacement_shows_the_live_version_until_its_moment_and_then_itself():
    article = ArticleFactory(title="Live", published_at=NOW - DAY)
    scheduled(article, "Next", is_major=True)

    assert publishing.catch_up(NOW + DAY - timedelta(seconds=1)) == 0
    assert (stored(article).title, stored(article).standing_at(NOW)) == ("Live", "live-scheduled")

    assert publishing.catch_up(NOW + DAY) == 1
    live = stored(article)
    assert (live.title, live.standing_at(NOW + DAY)) == ("Next", "live")
    assert (live.published_at, live.updated_at) == (NOW - DAY, NOW + DAY)
    assert publishing.catch_up(NOW + DAY) == 0


def test_of_several_that_are_due_the_one_that_was_due_first_goes_live_first():
    later, sooner = ArticleFactory(title="Later"), ArticleFactory(title="Sooner")
    scheduled(later, "Then", at=NOW + DAY)
    scheduled(sooner, "First", at=NOW + DAY - timedelta(microseconds=1))

    assert publishing.catch_up(NOW + DAY) == 2
    gone = Act.objects.filter(verb=Act.Verb.WENT_LIVE).order_by("pk")
    assert [act.article for act in gone] == [sooner, later]


def test_a_draft_written_after_the_schedule_goes_on_waiting_when_the_schedule_is_through():
    article = ArticleFactory(title="Live")
    scheduled(article, "Next")
    written(article, "After that")

    publishing.catch_up(NOW + DAY)

    live = stored(article)
    assert (live.title, live.draft.content["title"]) == ("Next", "After that")
    assert live.standing_at(NOW + DAY) == "live-draft"


def test_going_live_by_itself_makes_no_conflict_for_who_is_writing():
    article = ArticleFactory(title="Live")
    scheduled(article, "Next")
    open_form = stored(article)
    snapshots.open_working_copy(open_form)

    publishing.catch_up(NOW + DAY)
    open_form.title = "Next, mended"
    publishing.save(open_form, by=None, now=NOW + DAY)

    assert stored(article).draft.content["title"] == "Next, mended"


def test_an_address_that_was_taken_before_the_moment_stands_in_nobodys_way():
    article = ArticleFactory(title="Live", slug="first")
    changed = stored(article)
    changed.slug = "wanted"
    publishing.schedule(changed, by=None, at=NOW + DAY, now=NOW)
    ArticleFactory(slug="wanted")

    publishing.catch_up(NOW + DAY)

    assert (stored(article).slug, stored(article).scheduled) == ("wanted-2", None)


def test_a_moment_that_has_passed_is_refused_and_what_was_scheduled_can_be_taken_back():
    article = ArticleFactory(title="Live", published_at=NOW - DAY)
    with pytest.raises(publishing.ValidationError, match="passed"):
        scheduled(article, "Next", at=NOW)

    scheduled(article, "Next")
    publishing.unschedule(stored(article), by=None, now=NOW)

    assert publishing.catch_up(NOW + DAY) == 0
    assert (stored(article).title, stored(article).draft.content["title"]) == ("Live", "Next")


def test_the_second_of_two_who_went_on_from_one_version_is_told_and_loses_nothing():
    article = DraftFactory(title="Base")
    first, second = stored(article), stored(article)
    first.title, second.title = "First", "Second"
    publishing.save(first, by=None, now=NOW)

    with pytest.raises(publishing.Conflict) as told:
        publishing.save(second, by=None, now=NOW)

    assert stored(article).title == "First"
    assert (told.value.base, told.value.mine["title"]) == (0, "Second")


@pytest.mark.parametrize(
    "verb", [publishing.publish, publishing.unpublish, publishing.archive, publishing.move_to_bin]
)
def test_whatever_was_done_in_the_meantime_stops_who_went_on_from_before_it(verb):
    article = ArticleFactory()
    open_form = stored(article)
    verb(stored(article), by=None, now=NOW)
    open_form.title = "Mine"

    with pytest.raises(publishing.Conflict):
        publishing.save(open_form, by=None, now=NOW)


def test_a_save_that_changes_nothing_makes_no_revision_and_no_conflict():
    article = DraftFactory(hashtags=["Python"])
    old = stored(article)
    written(article, "Changed")

    publishing.save(old, by=None, now=NOW)
    publishing.save(stored(article), by=None, now=NOW)

    assert stored(article).title == "Changed"
    assert article.revisions.count() == 2  # as it was before, and as it is


def test_one_moment_in_two_zones_is_no_change():
    article = ArticleFactory(published_at=NOW)
    publishing.publish(article, by=None, now=NOW)
    same = stored(article)
    same.published_at = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))

    publishing.save(same, by=None, now=NOW)

    assert stored(article).draft is None


def test_every_save_keeps_who_when_why_and_all_that_can_be_changed():
    author, role, person = AuthorFactory(), RoleFactory(), in_group("writer")
    article = Article(title="New", category=CategoryFactory(), body="<p>Words.</p>")
    related = Related(authors=(author.pk,), hashtags=("C#",), roles=(role.pk,))

    publishing.save(article, by=person, now=NOW, related=related, note="First try")

    kept = article.revisions.get()
    assert (kept.version, kept.made_by, kept.made_at, kept.note) == (1, person, NOW, "First try")
    assert kept.content == snapshots.of(stored(article))
    assert kept.content["hashtags"] == ["C#"]


def test_any_revision_can_be_restored_into_a_new_draft():
    article = ArticleFactory(title="First", hashtags=["Python"])
    publishing.publish(_changed(article, "Second"), by=None, now=NOW, related=Related(hashtags=("Go",)))

    first = article.revisions.get(version=0)
    publishing.restore(first, by=None, base=stored(article).version, now=NOW)

    live = stored(article)
    assert (live.title, live.draft.content["title"]) == ("Second", "First")
    assert live.draft.content["hashtags"] == ["Python"]
    publishing.publish(live, by=None, now=NOW)
    assert (stored(article).title, [tag.name for tag in article.hashtags.all()]) == ("First", ["Python"])


def test_a_revision_that_names_what_is_gone_is_restored_without_it():
    author, kept = AuthorFactory(), AuthorFactory()
    article = DraftFactory(authors=[author, kept])
    publishing.save(_changed(article, "Second"), by=None, now=NOW, related=Related(authors=(kept.pk,)))
    author.delete()

    publishing.restore(article.revisions.get(version=0), by=None, base=1, now=NOW)

    assert [line.author for line in stored(article).bylines.all()] == [kept]


def test_a_discarded_draft_stays_among_the_revisions():
    article = ArticleFactory(title="Live")
    written(article, "Draft")

    publishing.discard_draft(stored(article), by=None, now=NOW)

    assert (stored(article).title, stored(article).draft) == ("Live", None)
    assert "Draft" in [revision.content["title"] for revision in article.revisions.all()]


def test_the_log_says_who_did_what_and_what_changed_and_outlives_the_article():
    publisher = in_group("publisher")
    article = DraftFactory(title="Before")
    article.title, article.body = "After", f"<p>{'long ' * 100}</p>"
    publishing.publish(article, by=publisher, now=NOW)
    publishing.move_to_bin(stored(article), by=publisher, now=NOW + DAY)
    publishing.delete(stored(article), by=publisher, now=NOW + DAY * 2)

    assert [act.verb for act in Act.objects.all()] == ["deleted", "binned", "published"]
    published = Act.objects.last()
    assert published.changes["title"] == ["Before", "After"]
    assert len(published.changes["body"][1]) < 250
    assert (published.by_name, published.title, published.article) == (publisher.username, "After", None)
    assert not Revision.objects.exists()


def test_what_comes_out_of_the_bin_is_a_draft_again():
    article = ArticleFactory(hashtags=["Python"])
    publishing.move_to_bin(stored(article), by=None, now=NOW)
    assert stored(article).standing_at(NOW) == "bin"

    publishing.take_out_of_bin(stored(article), by=None, now=NOW)

    assert stored(article).standing_at(NOW) == "draft"
    assert [tag.name for tag in stored(article).hashtags.all()] == ["Python"]


@pytest.mark.parametrize("group", ["writer", "editor"])
def test_who_may_not_publish_may_not_schedule_either(group):
    article = ArticleFactory()
    for verb in (publishing.take_out_of_bin, publishing.unschedule, publishing.delete):
        with pytest.raises(publishing.MayNotPublish):
            verb(stored(article), by=in_group(group), now=NOW)
    with pytest.raises(publishing.MayNotPublish):
        publishing.schedule(stored(article), by=in_group(group), at=NOW + DAY, now=NOW)


@pytest.mark.parametrize("verb", [publishing.save, publishing.publish])
def test_a_save_costs_the_same_with_two_and_with_ten_of_everything(verb):
    costs = []
    for many in (2, 10):
        article = ArticleFactory(hashtags=[f"tag {many} {n}" for n in range(many)])
        related = Related(
            authors=tuple(AuthorFactory().pk for _ in range(2)),
            hashtags=tuple(f"new {many} {n}" for n in range(many)),
            roles=tuple(RoleFactory().pk for _ in range(many)),
        )
        changed = _changed(article, f"Title {many}")
        changed.body = f"<p>{'word ' * 2000}</p>" * (1 if many == 2 else 3)
        with CaptureQueriesContext(connection) as queries:
            verb(changed, by=None, now=NOW, related=related)
        costs.append(len(queries))

    assert costs[0] == costs[1]


def _changed(article, title):
    article = stored(article)
    article.title = title
    return article
