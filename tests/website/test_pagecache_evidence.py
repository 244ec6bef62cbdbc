"""A page of an earlier state is shown again if all that it was made of is the same in this one."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from weakref import WeakValueDictionary

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from blog.models import Article, Category
from tests.factories import ArticleFactory, CategoryFactory, RoleFactory
from tests.website.listening import taken_of
from tests.website.outage import Clock
from tests.website.wsgi import CopiesByHand, FakeSite, FakeTokens, ask
from website.pagecache import evidence
from website.pagecache.boundaries import Horizon, horizon
from website.pagecache.tokens import PATIENCE
from website.pagecache.wrapper import PageCache

pytestmark = pytest.mark.django_db


class Counted:
    def __init__(self, site):
        self.site, self.asked = site, 0

    def __call__(self, environ, start_response):
        self.asked += 1
        return self.site(environ, start_response)


@pytest.fixture
def plain(django_site):
    return Counted(django_site)


@pytest.fixture
def tokens():
    return FakeTokens()


@pytest.fixture
def make(plain, tokens, tmp_path):
    def made(site=plain, **options):
        copies = CopiesByHand(tmp_path, 1_000_000)
        options.setdefault("horizon", horizon)
        return PageCache(site, tokens=tokens, limit=8_000_000, copies=copies, **options)

    return made


@pytest.fixture
def cache(make):
    return make()


def refusing(error):
    def refuse(*query):
        raise error("refused")

    return refuse


# --- A page ---------------------------------------------------------------------------------------------


def test_a_commit_that_a_page_does_not_show_leaves_it_as_it_was(cache, plain, tokens):
    article = ArticleFactory(slug="one")
    first = ask(cache, "/blog/one/")
    RoleFactory()
    tokens.value += 1

    assert ask(cache, "/blog/one/").body == first.body
    assert plain.asked == 1
    assert cache.counts.confirmed == 1
    assert article.title in first.body.decode()


def test_after_it_was_confirmed_the_database_is_not_asked_again(cache, tokens, django_assert_num_queries):
    ArticleFactory(slug="one")
    ask(cache, "/blog/one/")
    tokens.value += 1
    ask(cache, "/blog/one/")

    with django_assert_num_queries(0):
        ask(cache, "/blog/one/")


def test_what_a_page_shows_makes_it_anew(cache, plain, tokens):
    article = ArticleFactory(slug="one", summary="Old words.")
    ask(cache, "/blog/one/")
    Article.objects.filter(pk=article.pk).update(summary="New words.")
    tokens.value += 1

    assert b"New words." in ask(cache, "/blog/one/").body
    assert plain.asked == 2


def test_an_article_that_was_published_since_is_in_the_list(cache, tokens):
    ArticleFactory()
    ask(cache, "/blog/")
    ArticleFactory(title="The very newest", published_at=timezone.now())
    tokens.value += 1

    assert b"The very newest" in ask(cache, "/blog/").body


def test_what_was_scheduled_goes_live_though_the_list_says_the_same(cache, tokens, plain):
    ArticleFactory(slug="one")
    ask(cache, "/blog/one/")
    due = ArticleFactory()
    Article.objects.filter(pk=due.pk).update(scheduled_at=timezone.now())
    tokens.value += 1
    ask(cache, "/blog/one/")

    assert plain.asked == 2


def test_a_page_that_was_withdrawn_is_gone(cache, tokens):
    article = ArticleFactory(slug="one")
    ask(cache, "/blog/one/")
    Article.objects.filter(pk=article.pk).update(state=Article.State.DRAFT)
    tokens.value += 1

    assert ask(cache, "/blog/one/").status in (404, 410)


def test_nothing_is_confirmed_beyond_the_moment_until_which_it_stood(make, tokens, plain):
    class Clock:
        now = datetime(2026, 3, 4, tzinfo=UTC).timestamp()

        def __call__(self):
            return self.now

    clock = Clock()
    cache = make(clock=clock)
    ArticleFactory(slug="one")
    ask(cache, "/blog/one/")
    for minutes in (50, 9, 2):
        clock.now += minutes * 60
        tokens.value += 1
        ask(cache, "/blog/one/")

    assert (plain.asked, cache.counts.confirmed) == (2, 2)


def test_a_page_that_asks_nothing_of_the_database_is_made_anew(make, tokens):
    site = FakeSite()
    cache = make(site)
    ask(cache)
    tokens.value += 1
    ask(cache)

    assert len(site.asked) == 2


def test_a_page_that_wrote_is_made_anew(make, tokens):
    category = CategoryFactory()

    def body(environ):
        Category.objects.filter(pk=category.pk).update(description="Seen")
        return b"page" if Category.objects.exists() else b""

    site = FakeSite(body=body)
    cache = make(site)
    ask(cache)
    tokens.value += 1
    ask(cache)

    assert len(site.asked) == 2


def test_what_is_saved_while_a_page_is_confirmed_is_asked_for_again(cache, tokens, plain, monkeypatch):
    article = ArticleFactory(slug="one", summary="Old words.")
    ask(cache, "/blog/one/")
    stands = evidence.Evidence.stands

    def overtaken(found, now):
        answer = stands(found, now)
        Article.objects.filter(pk=article.pk).update(summary="New words.")
        tokens.value += 1
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(evidence.Evidence, "stands", overtaken)
        tokens.value += 1
        ask(cache, "/blog/one/")

    assert b"New words." in ask(cache, "/blog/one/").body
    assert plain.asked == 2


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_while_the_database_refuses_the_last_good_page_is_shown(cache, tokens, error):
    ArticleFactory(slug="one")
    first = ask(cache, "/blog/one/")
    tokens.value += 1

    with connection.execute_wrapper(refusing(error)):
        answer = ask(cache, "/blog/one/")

    assert answer.body == first.body
    assert "age" in answer.headers


@pytest.mark.parametrize(("waited", "made"), [(PATIENCE, 1), (PATIENCE / 2, 2)])
def test_who_has_waited_for_the_database_in_vain_gets_the_copy_at_once(
    make, tokens, plain, monkeypatch, waited, made
):
    """To make the page would take as long again. One that refuses at once may have been started anew."""
    clock = Clock()
    cache = make(clock=clock, horizon=lambda since: Horizon(clock.now + 3600))
    ArticleFactory(slug="one")
    ask(cache, "/blog/one/")
    tokens.value += 1

    def in_vain(found, now):
        clock.now += waited
        raise OperationalError

    monkeypatch.setattr(evidence.Evidence, "stands", in_vain)

    assert ask(cache, "/blog/one/").status == 200
    assert plain.asked == made


# --- The evidence ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "read",
    [
        lambda rows: list(rows),
        lambda rows: rows.first(),
        lambda rows: list(rows.iterator(chunk_size=1)),
        lambda rows: rows.count(),
        lambda rows: list(rows.values_list("name", flat=True)[:1]),
    ],
    ids=["all", "first", "one by one", "counted", "limited"],
)
def test_the_same_rows_stand_however_they_were_read_and_others_do_not(read):
    category = CategoryFactory(name="One")
    found = taken_of(lambda: read(Category.objects.order_by("name")))
    assert found.is_good
    assert found.stands(timezone.now())

    CategoryFactory(name="Another")
    category.delete()
    CategoryFactory(name="A third")
    assert not found.stands(timezone.now())


@pytest.mark.parametrize(
    ("one", "other"), [((-1, -2), (-2, -1)), ((-1,), (-2,)), ((1,), (True,)), ((-1, "a"), (-1, "b"))]
)
def test_rows_that_could_be_shown_differently_are_told_apart(one, other):
    assert evidence.digest(one) != evidence.digest(other)


def test_no_rows_stand_until_there_is_one():
    found = taken_of(lambda: list(Category.objects.all()))
    assert found.stands(timezone.now())

    CategoryFactory()
    assert not found.stands(timezone.now())


def test_a_row_more_at_the_end_is_noticed():
    CategoryFactory(name="One")
    found = taken_of(lambda: list(Category.objects.order_by("name")))
    CategoryFactory(name="Two")

    assert not found.stands(timezone.now())


def test_of_a_first_row_those_after_it_say_nothing():
    CategoryFactory(name="One")

    def read():
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM blog_category ORDER BY name")
            cursor.fetchone()

    found = taken_of(read)
    CategoryFactory(name="Two")

    assert found.stands(timezone.now())


def test_a_cursor_that_asks_twice_is_heard_twice():
    CategoryFactory(name="One")

    def read():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchall()
            cursor.execute("SELECT name FROM blog_category WHERE name = %s", ["One"])
            list(cursor)

    found = taken_of(read)
    assert len(found.answers) == 2
    Category.objects.update(name="Two")
    assert not found.stands(timezone.now())


def published_by_now():
    return list(Article.objects.public(timezone.now()).values_list("pk"))


def test_the_moment_of_asking_is_that_of_the_later_request():
    found = taken_of(published_by_now)
    ArticleFactory(published_at=timezone.now())

    assert not found.stands(timezone.now())


def test_the_control_asks_with_the_first_moment_and_misses_what_was_published_since(monkeypatch):
    monkeypatch.setattr(evidence.Evidence, "seal", lambda *moments: None)
    found = taken_of(published_by_now)
    ArticleFactory(published_at=timezone.now())

    assert found.stands(timezone.now())


def test_a_moment_from_before_stays_what_it_was():
    then = timezone.now() - timedelta(days=3)
    found = taken_of(lambda: list(Article.objects.filter(published_at__lt=then)))
    ArticleFactory(published_at=timezone.now() - timedelta(days=1))

    assert found.stands(timezone.now())


def test_a_clock_that_was_set_back_meanwhile_proves_nothing():
    found = taken_of(lambda: list(Category.objects.all()), began=timezone.now() + timedelta(hours=1))

    assert not found.is_good


def test_who_asks_for_very_many_rows_had_better_be_made_anew(monkeypatch):
    CategoryFactory()
    monkeypatch.setattr(evidence, "MOST_ROWS", 0)

    assert not taken_of(lambda: list(Category.objects.all())).is_good


def test_pages_share_their_statements_of_which_the_first_pays_and_the_last_is_remembered(monkeypatch):
    monkeypatch.setattr(evidence, "_statements", WeakValueDictionary())
    one, other = (taken_of(lambda: list(Category.objects.all())) for _ in range(2))

    assert one.answers[0].statement is other.answers[0].statement
    assert one.size == other.size + len(one.answers[0].statement.sql)
    del one
    assert len(evidence._statements) == 1
    del other
    assert len(evidence._statements) == 0


def test_a_question_that_failed_leaves_no_evidence():
    def ask():
        list(Category.objects.all())
        with connection.execute_wrapper(refusing(OperationalError)), suppress(OperationalError):
            list(Article.objects.all())

    assert not taken_of(ask).is_good


def test_what_it_takes_in_memory_counts_and_grows_with_its_parameters():
    few = taken_of(lambda: list(Category.objects.filter(pk__in=[1])))
    many = taken_of(lambda: list(Category.objects.filter(pk__in=range(100))))

    assert 250 < few.size < many.size
