from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from blog.models import Article
from tests.factories import LONG_AGO, ArticleFactory
from website.pagecache.boundaries import LONGEST, horizon, midnight
from website.twins import twin_address

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def in_minutes(number):
    return NOON + timedelta(minutes=number)


def test_with_nothing_to_come_pages_stand_for_the_longest_time():
    ArticleFactory()

    assert horizon(NOON).until == (NOON + LONGEST).timestamp()


@pytest.mark.parametrize("at", [1, 20, 59])
def test_pages_stand_until_an_article_goes_out(at):
    ArticleFactory(published_at=in_minutes(at))
    ArticleFactory(published_at=in_minutes(at + 1))

    assert horizon(NOON).until == in_minutes(at).timestamp()


def test_pages_stand_until_an_article_expires_and_its_own_is_known():
    article = ArticleFactory(published_at=LONG_AGO, expires_at=in_minutes(30))
    ArticleFactory(published_at=LONG_AGO, expires_at=in_minutes(300), slug="later")
    ArticleFactory(published_at=LONG_AGO, expires_at=NOON, slug="over")
    found = horizon(NOON)

    assert found.until == in_minutes(30).timestamp()
    assert found.ending == {
        article.get_absolute_url(): in_minutes(30).timestamp(),
        twin_address(article.get_absolute_url()): in_minutes(30).timestamp(),
        "/blog/later/": in_minutes(300).timestamp(),
        "/blog/later.md": in_minutes(300).timestamp(),
    }


def test_pages_stand_until_a_scheduled_text_replaces_another():
    article = ArticleFactory()
    Article.objects.filter(pk=article.pk).update(scheduled_at=in_minutes(10))

    assert horizon(NOON).until == in_minutes(10).timestamp()


def test_a_draft_with_a_date_changes_nothing():
    ArticleFactory(state=Article.State.DRAFT, published_at=in_minutes(5), expires_at=in_minutes(6))

    assert horizon(NOON).until == (NOON + LONGEST).timestamp()


def test_a_day_ends_where_the_site_is_at_home(settings):
    settings.TIME_ZONE = "Asia/Kathmandu"
    with timezone.override("Asia/Kathmandu"):
        evening = datetime(2026, 3, 4, 18, 0, tzinfo=UTC)

        assert midnight(evening) == datetime(2026, 3, 4, 18, 15, tzinfo=UTC)
        assert horizon(evening).until == midnight(evening).timestamp()


def test_the_cost_does_not_grow_with_the_articles(django_assert_num_queries):
    for n in range(10):
        ArticleFactory(published_at=in_minutes(n + 1), expires_at=in_minutes(n + 30))

    with django_assert_num_queries(2):
        horizon(NOON)
