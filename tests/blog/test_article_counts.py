"""What the database keeps of how many articles there are is what counting finds, whatever was written."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from hypothesis import given, settings
from hypothesis import strategies as st

from blog import hashtag_merging, publishing
from blog.models import (
    Article,
    ArticleAuthor,
    ArticleCount,
    ArticleHashtag,
    Author,
    Category,
    Hashtag,
    Series,
    SeriesPart,
)
from tests.factories import AuthorFactory, CategoryFactory

NOW = datetime(2026, 6, 1, tzinfo=UTC)
MONTH = timedelta(days=31)
KIND = ArticleCount.Kind


def counted():
    """All of it anew, in Python."""
    dated = Article.objects.exclude(published_at=None).values_list("published_at", flat=True)
    months = [moment.astimezone(UTC) for moment in dated]
    return {
        KIND.CATEGORY: Counter(Article.objects.values_list("category", flat=True)),
        KIND.AUTHOR: Counter(ArticleAuthor.objects.values_list("author", flat=True)),
        KIND.HASHTAG: Counter(ArticleHashtag.objects.values_list("tag", flat=True)),
        KIND.SERIES: Counter(SeriesPart.objects.values_list("series", flat=True)),
        KIND.MONTH: Counter(100 * month.year + month.month for month in months),
    }


def kept():
    return {kind: ArticleCount.objects.of(kind).totals() for kind in KIND}


def picked(model, number):
    """Any row, or None where there is none."""
    keys = list(model.objects.order_by("pk"))
    return keys[number % len(keys)] if keys else None


def begin():
    for _ in range(2):
        CategoryFactory()
        AuthorFactory()
    for name in "abc":
        Hashtag.objects.create(name=name)
        Series.objects.create(name=name, slug=name)


def create(one, other):
    article = Article.objects.create(
        title="One", slug=f"one-{Article.objects.count()}-{one}-{other}", category=picked(Category, one)
    )
    ArticleAuthor.objects.create(article=article, author=picked(Author, other))
    article.hashtags.set(["a", "bcd"[one % 3]])
    SeriesPart.objects.create(article=article, series=picked(Series, other))


def create_many(one, other):
    number = Article.objects.count()
    rows = [
        Article(
            title="One",
            slug=f"many-{number}-{n}-{one}-{other}",
            category=picked(Category, one + n),
            state="published",
            published_at=NOW - n * one * MONTH,
        )
        for n in range(3)
    ]
    made = Article.objects.bulk_create(rows)
    tag = picked(Hashtag, other)
    ArticleHashtag.objects.bulk_create(ArticleHashtag(content_object=row, tag=tag) for row in made if tag)


def change(one, other):
    if article := picked(Article, one):
        article.category, article.published_at = picked(Category, other), NOW - other * MONTH
        article.save()
        article.hashtags.set("abc"[: other % 4])


def change_many(one, other):
    category = picked(Category, one)
    Article.objects.filter(pk__gt=getattr(picked(Article, other), "pk", 0)).update(category=category)
    Article.objects.filter(published_at__isnull=False).update(published_at=F("published_at") - MONTH)
    SeriesPart.objects.update(series=picked(Series, other))
    Article.objects.filter(state="draft").update(published_at=None if one % 2 else NOW)


def merge(one, other):
    source, target = picked(Hashtag, one), picked(Hashtag, other)
    if source != target:
        hashtag_merging.merge(source, target, by=None, now=NOW)


def bin_and_restore(one, other):
    article = picked(Article, one)
    if article and article.state == Article.State.BIN:
        publishing.take_out_of_bin(article, by=None, now=NOW)
    elif article:
        publishing.move_to_bin(article, by=None, now=NOW)


def delete(one, other):
    if article := picked(Article, one):
        article.delete()


def delete_many(one, other):
    first = picked(Article, one)
    Article.objects.filter(pk__lte=getattr(first, "pk", 0)).delete()
    tag = picked(Hashtag, other)
    ArticleHashtag.objects.filter(tag=tag)._raw_delete(connection.alias)


def roll_back(one, other):
    with transaction.atomic():
        create(one, other)
        delete(one, other)
        transaction.set_rollback(True)


ACTS = [create, create_many, change, change_many, merge, bin_and_restore, delete, delete_many, roll_back]
NUMBERS = st.integers(0, 5)


@pytest.mark.django_db
@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from(ACTS), NUMBERS, NUMBERS), max_size=12))
def test_what_is_kept_is_what_counting_finds_after_whatever_is_done(steps):
    with transaction.atomic():
        begin()
        for act, one, other in steps:
            act(one, other)
            assert kept() == counted(), act
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_each_act_changes_what_is_kept_or_leaves_it_exact():
    """Every one of them, however the dice of the test above fall."""
    begin()
    for act in [create, create, create_many, *ACTS, create]:
        act(1, 2)
        assert kept() == counted(), act
    assert all(kept().values())
