from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection, connections
from django.db.models import BigAutoField, CharField, Count, DateTimeField
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from blog.models import Article, ArticleHashtag, Hashtag
from careers.prepared import MOST_SHAPES, Prepared
from tests.factories import ArticleFactory, CategoryFactory

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
KEY, TEXT, MOMENT = BigAutoField(), CharField(), DateTimeField()
pytestmark = pytest.mark.django_db


class Made:
    """A way to make a queryset that is counted."""

    def __init__(self, make):
        self.make, self.times = make, 0

    def __call__(self, **given):
        self.times += 1
        return self.make(**given)


def titled(**options):
    made = Made(lambda title: Article.objects.filter(title=title, **options).order_by("pk"))
    return made, Prepared(Article, made, title=TEXT)


def test_each_asking_has_its_own_values():
    made, titles = titled()
    one, two = ArticleFactory(title="One"), ArticleFactory(title="Two")

    assert [titles(title="One"), titles(title="Two"), titles(title="None")] == [[one], [two], []]
    assert made.times == 1


def _named(title):
    rows = Article.objects.select_related("category").filter(title=title)
    return rows.only("title", "category__name", "published_at", "contents")


def test_rows_are_what_django_itself_makes_of_them():
    article = ArticleFactory(title="One", published_at=NOW, contents=[{"a": 1}])
    prepared = Prepared(Article, _named, title=TEXT)
    prepared(title="Something else")

    with CaptureQueriesContext(connection) as queries:
        [found] = prepared(title="One")
        assert (found.category.name, found.published_at) == (article.category.name, NOW)
        assert found.contents == article.contents
    assert len(queries) == 1
    assert found.get_deferred_fields() == _named("One").get().get_deferred_fields()
    assert found.summary == article.summary  # asked for when it is wanted, as usual
    found.title = "Another"
    found.save()
    assert Article.objects.get().title == "Another"


def _numbers(since):
    rows = ArticleHashtag.objects.filter(content_object__published_at__gte=since)
    return rows.values_list("tag").annotate(number=Count("pk")).order_by()


def _newest(since):
    return Article.objects.filter(published_at__gte=since).values_list("published_at", flat=True)[:1]


def test_values_and_numbers_come_as_from_any_query():
    hashtag = Hashtag.objects.create(name="Python")
    for moment in (NOW, NOW + timedelta(days=1)):
        ArticleHashtag.objects.create(tag=hashtag, content_object=ArticleFactory(published_at=moment))
    counted = Prepared(ArticleHashtag, _numbers, since=MOMENT)
    flat = Prepared(Article, _newest, since=MOMENT)

    assert counted(since=NOW) == [(hashtag.pk, 2)]
    assert counted(since=NOW + timedelta(hours=1)) == [(hashtag.pk, 1)]
    assert flat(since=NOW) == [NOW + timedelta(days=1)]
    assert flat(since=NOW + timedelta(days=9)) == []


def _either(title, since):
    by_title, by_date = Article.objects.filter(title=title), Article.objects.filter(published_at=since)
    keys = [rows.order_by().values_list("pk") for rows in (by_title, by_date)]
    return keys[0].union(keys[1], all=True).order_by("pk")


def test_a_union_is_asked_in_the_same_way():
    one, two = ArticleFactory(title="One"), ArticleFactory(title="Two", published_at=NOW)
    either = Prepared(Article, _either, title=TEXT, since=MOMENT)

    assert either(title="One", since=NOW) == [(one.pk,), (two.pk,)]
    assert either(title="Two", since=NOW) == [(two.pk,), (two.pk,)]


def test_of_any_list_come_those_that_are_in_it():
    made = Made(lambda keys: Article.objects.filter(pk__in=keys).order_by("pk"))
    some = Prepared(Article, made, keys=KEY)
    category = CategoryFactory()
    articles = [ArticleFactory(category=category) for _ in range(9)]

    for number in range(10):
        assert some(keys=[one.pk for one in articles[:number]]) == articles[:number]
    assert some(keys=[articles[0].pk, 0, articles[0].pk]) == [articles[0]]
    assert made.times == 5  # for one, two, four, eight and sixteen


@given(st.text(max_size=20).filter(lambda text: "\x00" not in text and text.isprintable()))
def test_no_text_becomes_part_of_the_sql(text):
    _, titles = titled(state="published")

    with CaptureQueriesContext(connection) as ours:
        found = titles(title=text)
    assert found == list(Article.objects.filter(title=text, state="published"))
    assert len(ours) == 1


@pytest.mark.parametrize("text", ["%s", "100 %", "%(a)s", "'; --", '"', "\\", "ß"])
def test_signs_that_mean_something_to_a_database_are_letters(text):
    _, titles = titled()
    article = ArticleFactory(title=text)

    assert titles(title=text) == [article]


def test_a_value_that_is_no_such_value_is_refused_as_django_refuses_it():
    some = Prepared(Article, lambda key: Article.objects.filter(pk=key), key=KEY)

    with pytest.raises(ValueError, match="expected a number"):
        some(key="one")


def test_values_that_are_not_given_are_other_questions():
    def either(**given):
        rows = Article.objects.order_by("pk")
        return rows.filter(title=given["title"]) if "title" in given else rows.filter(slug=given["slug"])

    asked = Prepared(Article, either, title=TEXT, slug=TEXT)
    article = ArticleFactory(title="One", slug="uno")

    assert asked(title="One") == asked(slug="uno") == [article]
    assert asked(title="uno") == asked(slug="One") == []


def test_shapes_are_bounded():
    made = Made(lambda **given: Article.objects.none() | Article.objects.filter(pk__in=[0]))
    fields = {f"value_{n}": KEY for n in range(MOST_SHAPES + 5)}
    asked = Prepared(Article, made, **fields)
    for name in fields:
        asked(**{name: 1})

    assert made.times == len(fields)
    assert len(asked._written) <= MOST_SHAPES


def test_nothing_is_built_before_it_is_asked():
    def make():
        raise AssertionError

    assert Prepared(Article, make)


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_its_own_connection():
    made, titles = titled()
    article = ArticleFactory(title="One")
    titles(title="One")
    heard = []

    def ask():
        with CaptureQueriesContext(connection) as queries:
            heard.append((titles(title="One"), len(queries)))
        connections.close_all()

    threads = [Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert heard == [([article], 1)] * 3
    assert made.times == 1
