import pytest

from blog.models import Article, Hashtag
from blog.models.hashtags import ArticleHashtag
from tests.factories import LONG_AGO, CategoryFactory
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

    with django_assert_num_queries(3):  # the hashtag, its aliases, its articles
        [read] = pages("blog.Hashtag", [tag.pk])
        spans = read.visible_spans()

    assert spans
