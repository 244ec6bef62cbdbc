"""Rows are made without Django's constructor, and are what it makes of them."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import Count, F, QuerySet
from django.db.models.signals import post_init

from blog.models import Article, ArticleAuthor, Category, Hashtag
from blog.prepared import Prepared
from blog.row_reader import Reader
from careers.models import Credential, Role
from tests.factories import ArticleFactory, AuthorFactory, CredentialFactory, RoleFactory

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def read(rows: QuerySet):
    """By the reader, from the database's own rows."""
    compiler = rows.query.get_compiler(rows.db)
    sql, parameters = compiler.as_sql()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return Reader(rows, compiler)(cursor.fetchall(), connection)


def all_of(row):
    """Every attribute, and of which database it is."""
    state = row._state
    kept = {name: value for name, value in vars(row).items() if name != "_state"}
    joined = {name: other and all_of(other) for name, other in state.fields_cache.items()}
    return type(row), kept, (state.adding, state.db), joined


ROWS = {
    "whole": lambda: Article.objects.order_by("pk"),
    "some columns": lambda: Article.objects.only("title", "contents").order_by("pk"),
    "with others": lambda: Article.objects.select_related("category", "cover").order_by("pk"),
    "some columns of others": lambda: ArticleAuthor.objects.select_related("author").only("author__slug"),
    "with numbers": lambda: Category.objects.annotate(number=Count("articles")).order_by("pk"),
    "with lists and days": lambda: Credential.objects.order_by("pk"),
    "with another's key": lambda: Role.objects.annotate(told=F("articles__pk")).order_by("pk"),
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS.keys())
def test_a_row_is_what_django_makes_of_it(rows):
    for _ in range(2):
        article = ArticleFactory(published_at=NOW, contents=[{"a": 1}], authors=[AuthorFactory()])
        article.roles.add(RoleFactory())
        CredentialFactory()

    ours, djangos = read(rows()), list(rows())

    assert len(ours) == 2
    assert list(map(all_of, ours)) == list(map(all_of, djangos))


def test_what_is_not_read_is_asked_for_when_it_is_wanted():
    article = ArticleFactory(title="One", summary="In short")
    [found] = read(Article.objects.only("title"))

    assert found.get_deferred_fields() == Article.objects.only("title").get().get_deferred_fields()
    assert found.summary == "In short"
    found.title = "Two"
    found.save()
    article.refresh_from_db()
    assert article.title == "Two"


def test_whoever_listens_for_new_rows_hears_of_them():
    hashtag, heard = Hashtag.objects.create(name="Python"), []

    def hear(instance, **kwargs):
        heard.append(instance)

    post_init.connect(hear, sender=Hashtag)
    try:
        [found] = read(Hashtag.objects.filter(pk=hashtag.pk))
    finally:
        post_init.disconnect(hear, sender=Hashtag)

    assert heard == [found]


def test_columns_that_only_order_rows_are_not_told():
    for name in ("b", "a"):
        ArticleFactory(title=name)
    rows = Article.objects.order_by("title").values_list("pk").distinct()

    assert read(rows) == list(rows)


def test_what_can_have_no_rows_is_not_asked(django_assert_num_queries):
    nothing = Prepared(Article, Article.objects.none)
    with django_assert_num_queries(0):
        assert nothing() == nothing() == []
