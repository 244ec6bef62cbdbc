from datetime import timedelta
from itertools import combinations_with_replacement

import pytest
from django.utils import timezone

from blog.models import Article, Hashtag
from blog.models.hashtags import ArticleHashtag
from tests.factories import LONG_AGO, ArticleFactory, CategoryFactory
from website.search.kinds import pages


@pytest.mark.django_db
def test_a_hashtag_of_more_than_a_thousand_articles_can_be_read(django_assert_num_queries):
    tag = Hashtag.objects.create(name="Popular", slug="popular", key="popular")
    category = CategoryFactory()
    articles = Article.objects.bulk_create(
        Article(
            title=f"Article {n}", slug=f"a-{n}", category=category, state="published", published_at=LONG_AGO
        )
        for n in range(1100)
    )
    ArticleHashtag.objects.bulk_create(ArticleHashtag(content_object=a, tag=tag) for a in articles)

    with django_assert_num_queries(3):  # the hashtag, its aliases, one article that stays
        [read] = pages("blog.Hashtag", [tag.pk])
        spans = read.visible_spans()

    assert spans == [(LONG_AGO, None)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kinds", list(combinations_with_replacement(("live", "ends", "comes", "passes", "draft"), 2))
)
def test_a_hashtag_is_found_whenever_one_of_its_articles_may_be_seen(kinds):
    now, hour = timezone.now(), timedelta(hours=1)
    times = {
        "live": {"published_at": now - hour},
        "ends": {"published_at": now - hour, "expires_at": now + hour},
        "comes": {"published_at": now + 2 * hour},
        "passes": {"published_at": now + 3 * hour, "expires_at": now + 4 * hour},
        "draft": {"published_at": now - hour, "state": "draft"},
    }
    tag = Hashtag.objects.create(name="Some")
    for kind in kinds:
        ArticleHashtag.objects.create(content_object=ArticleFactory(**times[kind]), tag=tag)

    [read] = pages("blog.Hashtag", [tag.pk])
    spans = read.visible_spans()

    for moment in (now + n * hour / 2 for n in range(1, 10)):
        is_found = any(start <= moment and (end is None or end > moment) for start, end in spans)
        assert is_found == Hashtag.objects.public(moment).filter(pk=tag.pk).exists(), moment
