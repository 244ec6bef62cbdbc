from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from blog import addresses, publishing
from blog.models import Article
from tests.factories import ArticleFactory, CategoryFactory, DraftFactory, UserFactory

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def new(title, **fields):
    return Article(title=title, category=CategoryFactory(), **fields)


def stored(article):
    return Article.objects.get(pk=article.pk)


def test_publishing_shows_a_draft_from_this_moment_on():
    draft = DraftFactory()

    publishing.publish(draft, by=None, now=NOW)

    assert stored(draft).published_at == stored(draft).first_published_at == NOW
    assert list(Article.objects.public(NOW)) == [draft]


def test_publishing_at_a_later_time_schedules():
    draft = DraftFactory()

    publishing.publish(draft, by=None, at=NOW + DAY, now=NOW)

    assert draft.standing_at(NOW) == "scheduled"
    assert not Article.objects.public(NOW).exists()
    assert Article.objects.public(NOW + DAY).exists()


def test_publishing_again_keeps_the_date_unless_asked():
    article = DraftFactory()
    publishing.publish(article, by=None, now=NOW)
    publishing.unpublish(article, by=None, now=NOW + DAY)

    publishing.publish(article, by=None, now=NOW + 2 * DAY)
    assert article.published_at == NOW

    publishing.publish(article, by=None, at=NOW + 2 * DAY, now=NOW + 2 * DAY)
    assert article.published_at == NOW + 2 * DAY
    assert article.first_published_at == NOW


def test_unpublishing_hides_an_article_and_loses_nothing():
    article = ArticleFactory()

    publishing.unpublish(article, by=None, now=NOW)

    assert stored(article).state == Article.State.DRAFT
    assert stored(article).published_at is not None
    assert not Article.objects.public(NOW).exists()


def test_a_schedule_taken_back_before_its_time_leaves_no_first_publication():
    article = DraftFactory()
    publishing.publish(article, by=None, at=NOW + 7 * DAY, now=NOW)

    publishing.unpublish(article, by=None, now=NOW + DAY)
    assert stored(article).first_published_at is None

    publishing.publish(article, by=None, at=NOW + 2 * DAY, now=NOW + DAY)
    assert stored(article).first_published_at == NOW + 2 * DAY


def test_a_schedule_moved_forward_moves_the_first_publication_with_it():
    article = DraftFactory()
    publishing.publish(article, by=None, at=NOW + 7 * DAY, now=NOW)

    publishing.publish(article, by=None, at=NOW, now=NOW)

    assert stored(article).first_published_at == NOW


def test_the_updated_date_moves_only_on_a_major_change_after_publication():
    article = DraftFactory()
    publishing.save(article, by=None, is_major=True, now=NOW)
    assert article.updated_at is None

    publishing.publish(article, by=None, now=NOW)
    publishing.publish(article, by=None, now=NOW + DAY)
    assert stored(article).updated_at is None

    publishing.publish(article, by=None, is_major=True, now=NOW + DAY)
    assert stored(article).updated_at == NOW + DAY


def test_an_article_cannot_expire_before_it_is_published():
    draft = DraftFactory(expires_at=NOW)

    with pytest.raises(ValidationError, match="expire before"):
        publishing.publish(draft, by=None, at=NOW + DAY, now=NOW)

    assert stored(draft).state == Article.State.DRAFT


@pytest.mark.parametrize(
    "verb", [publishing.publish, publishing.unpublish, publishing.archive, publishing.move_to_bin]
)
@pytest.mark.parametrize("group", ["writer", "editor"])
def test_only_publishers_touch_what_readers_see(verb, group):
    person = UserFactory()
    person.groups.add(Group.objects.get(name=group))
    article = ArticleFactory(title="As it was")
    article.title = "Changed"

    with pytest.raises(publishing.MayNotPublish):
        verb(article, by=person, now=NOW)

    assert stored(article).title == "As it was"


def test_a_publisher_may_publish_what_others_began():
    person = UserFactory()
    person.groups.add(Group.objects.get(name="publisher"))
    draft = DraftFactory()

    publishing.publish(draft, by=person, now=NOW)

    assert stored(draft).is_public_at(NOW)


def test_a_new_article_remembers_who_began_it():
    person = UserFactory()
    article = new("Begun")

    publishing.save(article, by=person, now=NOW)

    assert stored(article).created_by == person


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("How to Become a Machine Learning Engineer", "how-to-become-a-machine-learning-engineer"),
        ("C# vs C++ vs .NET", "c-sharp-vs-c-plus-plus-vs-dotnet"),
        ("Über Größe", "uber-grosse"),
        ("Feed", "feed-2"),
        ("🚀", "article-"),
    ],
)
def test_a_title_proposes_a_readable_slug(title, slug):
    article = new(title)

    publishing.save(article, by=None, now=NOW)

    assert stored(article).slug.startswith(slug)


def test_a_taken_slug_is_numbered():
    for number in range(3):
        publishing.save(new("Same title"), by=None, now=NOW + number * DAY)

    slugs = sorted(Article.objects.values_list("slug", flat=True))
    assert slugs == ["same-title", "same-title-2", "same-title-3"]


def test_a_very_long_title_still_gets_a_slug_that_fits_and_ends_at_a_word():
    for _ in range(2):
        publishing.save(new("word " * 40), by=None, now=NOW)

    assert all(
        len(slug) <= 120 and not slug.endswith("-") for slug in Article.objects.values_list("slug", flat=True)
    )


def test_the_slug_follows_the_title_until_first_published():
    article = new("First idea")
    publishing.save(article, by=None, now=NOW)

    article.title = "Better idea"
    publishing.save(article, by=None, now=NOW)
    assert article.slug == "better-idea"

    article.title = "Best idea"
    publishing.publish(article, by=None, now=NOW)
    assert article.slug == "best-idea"

    article.title = "Afterthought"
    publishing.save(article, by=None, now=NOW)
    assert stored(article).slug == "best-idea"


def test_a_slug_written_by_hand_stays():
    article = new("A title", slug="by-hand")
    publishing.save(article, by=None, now=NOW)

    article.title = "Another title"
    publishing.save(article, by=None, now=NOW)

    assert stored(article).slug == "by-hand"


def test_a_published_slug_changes_only_when_written():
    article = ArticleFactory(slug="old")

    article.slug = ""
    publishing.publish(article, by=None, now=NOW)
    assert stored(article).slug == "old"

    article.slug = "new-address"
    publishing.publish(article, by=None, now=NOW)
    assert stored(article).slug == "new-address"


def test_a_slug_taken_in_the_same_moment_is_stepped_aside_from(monkeypatch):
    ArticleFactory(slug="same-title")
    free, looks = addresses._free, []

    def blind_once(base, article):
        looks.append(base)
        return base if len(looks) == 1 else free(base, article)

    monkeypatch.setattr(addresses, "_free", blind_once)
    article = new("Same title")
    publishing.save(article, by=None, now=NOW)

    assert stored(article).slug == "same-title-2"


def test_a_fault_that_is_not_about_the_slug_is_not_hidden():
    article = DraftFactory(published_at=NOW)
    article.expires_at = NOW - DAY

    with pytest.raises(IntegrityError):
        publishing.save(article, by=None, now=NOW)
