"""What may be seen, and what lists ask of articles: what is shown, what is counted, what is near."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.db import connection

from blog.models import Article
from tests.factories import (
    LONG_AGO,
    ArticleFactory,
    AuthorFactory,
    DraftFactory,
    RoleFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def public():
    return Article.objects.public(NOW)


def test_an_article_is_public_from_its_first_moment_to_just_before_its_last():
    moment = timedelta(microseconds=1)
    begins = ArticleFactory(published_at=NOW)
    lasts = ArticleFactory(expires_at=NOW + moment)
    ArticleFactory(published_at=NOW + moment)
    ArticleFactory(expires_at=NOW)
    DraftFactory(published_at=LONG_AGO)

    assert set(public()) == {begins, lasts}


def test_what_is_said_of_one_article_is_what_is_asked_of_all():
    """The query, its one-row twin, the word on the desk and the spans that search keeps: they agree."""
    states = Article.State.values
    hours = [-1, 0, 1]
    for state, start, length in product(states, hours, [None, 1, 2]):
        starts = NOW + timedelta(hours=start)
        ends = starts + timedelta(hours=length) if length else None
        ArticleFactory(state=state, published_at=starts, expires_at=ends)

    for article in Article.objects.all():
        is_public = public().filter(pk=article.pk).exists()
        spans = article.visible_spans()
        assert article.is_public_at(NOW) == is_public
        assert (article.standing_at(NOW) == "live") == is_public
        assert any(start <= NOW and (end is None or end > NOW) for start, end in spans) == is_public


def test_the_four_standings_part_all_articles_between_them():
    hour = timedelta(hours=1)
    rows = {
        "draft": DraftFactory(),
        "scheduled": ArticleFactory(published_at=NOW + hour),
        "live": ArticleFactory(),
        "expired": ArticleFactory(expires_at=NOW),
    }
    articles = Article.objects
    asked = {
        "draft": articles.drafts(),
        "scheduled": articles.scheduled(NOW),
        "live": articles.public(NOW),
        "expired": articles.expired(NOW),
    }

    assert {name: list(found) for name, found in asked.items()} == {name: [row] for name, row in rows.items()}
    assert {name: row.standing_at(NOW) for name, row in rows.items()} == {name: name for name in rows}


def test_a_card_never_loads_the_long_columns(django_assert_num_queries):
    ArticleFactory(authors=[AuthorFactory()])

    article = public().listed().get()

    assert article.get_deferred_fields() > set(Article.LONG_FIELDS)
    with django_assert_num_queries(0):
        assert [article.category.name, article.bylines.all()[0].author.name, article.cover]


def test_authors_come_in_the_order_of_the_byline():
    second, first = AuthorFactory(name="A"), AuthorFactory(name="B")
    ArticleFactory(authors=[first, second])

    article = public().listed().get()

    assert [byline.author for byline in article.bylines.all()] == [first, second]


def test_comparisons_are_articles_about_two_roles_or_more():
    one, older = ArticleFactory(), ArticleFactory()
    newer = ArticleFactory(published_at=datetime(2026, 2, 1, tzinfo=UTC))
    one.roles.add(RoleFactory())
    for comparison in (newer, older):
        comparison.roles.add(RoleFactory(), RoleFactory())

    assert list(public().comparing()) == [newer, older]


def test_an_update_on_a_later_day_is_told_to_readers():
    published = datetime(2026, 3, 1, 8, tzinfo=UTC)

    assert ArticleFactory.build(
        published_at=published, updated_at=datetime(2026, 3, 2, 7, tzinfo=UTC)
    ).is_updated
    assert not ArticleFactory.build(published_at=published, updated_at=published.replace(hour=20)).is_updated
    assert not ArticleFactory.build(published_at=published, updated_at=None).is_updated


@pytest.mark.parametrize("typed", ["Über C# and 100 %", "Über c# AND 100 %"])
def test_an_article_is_known_by_its_title_however_it_is_written(typed):
    article = ArticleFactory(title="Über C# and 100 %")
    ArticleFactory(title="Über C# and 100 percent")

    assert list(Article.objects.entitled(typed)) == [article]


def test_a_title_is_looked_up_in_an_index():
    """Without it each text that is imported reads every article."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Article.objects.entitled("x").order_by("-pk").explain()

    assert "article_title" in plan
