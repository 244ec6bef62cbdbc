"""What the database keeps of how many articles there are is what counting finds, whatever was written."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count

import pytest
from django.core.management import call_command
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
from tests.blog.test_races import at_once
from tests.factories import AuthorFactory, CategoryFactory

NOW = datetime(2026, 6, 1, tzinfo=UTC)
MONTH = timedelta(days=31)
KIND = ArticleCount.Kind
EDITORS, ROUNDS = 10, 4
SLUGS = count()  # after a deletion, how many there are says nothing


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
    article = Article.objects.create(title="One", slug=f"one-{next(SLUGS)}", category=picked(Category, one))
    ArticleAuthor.objects.create(article=article, author=picked(Author, other))
    article.hashtags.set(["a", "bcd"[one % 3]])
    SeriesPart.objects.create(article=article, series=picked(Series, other))


def create_many(one, other):
    number = next(SLUGS)
    rows = [
        Article(
            title="One",
            slug=f"many-{number}-{n}",
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


@pytest.mark.django_db
def test_counting_anew_mends_what_is_wrong_and_leaves_what_is_right(capsys):
    begin()
    create_many(1, 2)
    ArticleCount.objects.of(KIND.HASHTAG).delete()
    ArticleCount.objects.of(KIND.CATEGORY).update(number=F("number") + 7)
    ArticleCount.objects.create(kind=KIND.MONTH, key=190001, number=1)

    call_command("count_articles")
    assert kept() == counted()
    call_command("count_articles")

    told = capsys.readouterr().out.splitlines()
    assert told == ["4 numbers were wrong and are right now.", "All were right."]


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_counts_nothing_and_goes_on_counting():
    """As between two tests that commit."""
    begin()
    create(1, 2)
    call_command("flush", interactive=False, verbosity=0)
    assert not ArticleCount.objects.exists()

    begin()
    create(1, 2)
    assert kept() == counted()


@pytest.mark.postgresql
@pytest.mark.django_db
def test_a_table_emptied_at_once_counts_nothing():
    begin()
    create(1, 2)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE blog_articlehashtag")

    assert kept()[KIND.HASHTAG] == {}
    assert kept() == counted()


@pytest.mark.django_db(transaction=True)
def test_ten_editors_who_write_the_same_things_crosswise_never_wait_for_one_another_for_ever():
    begin()
    hashtags = list(Hashtag.objects.all())
    first = Category.objects.order_by("pk").values_list("pk", flat=True)[0]

    def write(number):
        for round_ in range(ROUNDS):
            with transaction.atomic():
                row = Article(title="One", slug=f"one-{number}-{round_}", category_id=first)
                (article,) = Article.objects.bulk_create([row])
                for tag in hashtags[:: 1 if number % 2 else -1]:
                    ArticleHashtag.objects.create(content_object=article, tag=tag)
                if round_ % 2:
                    ArticleHashtag.objects.filter(content_object=article).delete()

    assert at_once(*(partial(write, number) for number in range(EDITORS))) == [None] * EDITORS
    assert Article.objects.count() == EDITORS * ROUNDS
    assert kept() == counted()
    create(0, 0)
    create(0, 0)
    rows = ArticleCount.objects.of(KIND.CATEGORY).filter(key=first)
    assert rows.count() == 1, "what nobody holds any more is one row again"
