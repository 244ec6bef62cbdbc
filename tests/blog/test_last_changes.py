from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from blog import last_changes
from blog.models import Article
from blog.models.parts import PART, last_changed, part_of
from tests.factories import ArticleFactory, CategoryFactory, DraftFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def day(month):
    return datetime(2026, month, 1, tzinfo=UTC)


@pytest.fixture
def article(db):
    """``article(key, month)``: public, last changed in that month."""
    category = CategoryFactory()

    def make(key, month, **more):
        return ArticleFactory(
            pk=key, category=category, slug=f"one-{key}", first_published_at=day(month), **more
        )

    return make


def test_each_part_tells_its_last_change_and_none_is_told_of_that_has_nothing_public(article):
    article(1, 3)
    article(PART, 2, updated_at=day(5))
    article(PART + 1, 1)
    DraftFactory(pk=3 * PART, updated_at=day(9))
    article(70_000 * PART, 4)

    assert list(last_changes.by_parts(NOW)) == [(0, day(5)), (1, day(1)), (69_999, day(4))]


@pytest.mark.parametrize(
    "hidden",
    [
        {"published_at": NOW + timedelta(days=1)},
        {"expires_at": NOW - timedelta(days=1)},
        {"state": Article.State.DRAFT},
    ],
)
def test_what_is_hidden_gives_no_date_away(article, hidden):
    article(1, 3)
    article(2, 9, **hidden)
    article(PART + 2, 9, **hidden)

    assert list(last_changes.by_parts(NOW)) == [(0, day(3))]


def test_an_article_that_never_told_when_it_was_first_published_has_its_date(article):
    unknown = article(1, 3)
    Article.objects.update(first_published_at=None, updated_at=None)

    assert list(last_changes.by_parts(NOW)) == [(0, unknown.published_at)]


def plan_of(*order):
    rows = Article.objects.public(NOW).annotate(part=part_of(PART), changed=last_changed())
    return rows.filter(part__gte=0).order_by(*order)[:1].explain().upper()


def test_an_index_has_the_last_change_of_each_part_first():
    if connection.vendor == "postgresql":  # which reads no rows faster without any index
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    sorting = "SORT" if connection.vendor == "postgresql" else "TEMP B-TREE"

    plan = plan_of("part", "-changed")

    assert "ARTICLE_LAST_CHANGED" in plan
    assert sorting not in plan
    assert sorting in plan_of("part", "changed")
