import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    LONG_AGO,
    ArticleFactory,
    CredentialFactory,
    DraftFactory,
    RoleFactory,
    SeriesFactory,
)
from tests.website.test_redirects import move
from website.footprint import footprint
from website.signposts import Choice, put_up

pytestmark = pytest.mark.django_db


def link(path):
    return f'<p><a href="{path}">See</a></p>'


def test_links_of_others_that_readers_see_are_found():
    article = ArticleFactory(slug="a", body=link("/blog/a/"))
    plain = ArticleFactory(body=link("/blog/a/"))
    deep = ArticleFactory(body=link("/blog/a/#part"))
    ArticleFactory(body=link("/blog/a/b/") + "<p>/blog/a/</p>")
    DraftFactory(body=link("/blog/a/"))

    assert set(footprint([article], now=LONG_AGO).linking) == {plain, deep}


def test_a_link_between_two_that_go_is_no_loss():
    one, other = ArticleFactory(slug="a"), ArticleFactory(body=link("/blog/a/"))

    assert footprint([one, other], now=LONG_AGO).linking == []


def test_former_addresses_and_signposts_that_lead_to_it_are_counted():
    article = move(move(ArticleFactory(slug="a"), "b"), "c")
    put_up(["/x/"], Choice("moved", "/blog/c/"), by=None, now=LONG_AGO)

    assert footprint([article], now=LONG_AGO).leading == 3


def test_hashtags_that_only_they_have_are_named():
    one, other = ArticleFactory(hashtags=["Python", "Shared"]), ArticleFactory(hashtags=["Python"])
    ArticleFactory(hashtags=["Shared"])
    DraftFactory(hashtags=["Python", "Draft"])

    assert footprint([one], now=LONG_AGO).hashtags == []
    assert [tag.name for tag in footprint([one, other], now=LONG_AGO).hashtags] == ["Python"]


def test_subjects_are_named_but_for_drafts():
    article, role, credential = ArticleFactory(), RoleFactory(), CredentialFactory()
    article.roles.add(role, RoleFactory(status="draft"))
    article.credentials.add(credential)

    assert footprint([article], now=LONG_AGO).subjects == [role, credential]


def test_series_that_lose_a_part_are_named_once():
    one, other, unseen = ArticleFactory(), ArticleFactory(), DraftFactory()
    series = SeriesFactory(parts=[one, other])
    SeriesFactory(parts=[ArticleFactory()])
    SeriesFactory(parts=[unseen])

    assert footprint([one, other, unseen], now=LONG_AGO).series == [series]
    assert footprint([ArticleFactory()], now=LONG_AGO).series == []


def test_ten_cost_as_many_queries_as_two():
    def cost(number):
        articles = ArticleFactory.create_batch(number, hashtags=["Python"])
        with CaptureQueriesContext(connection) as queries:
            footprint(articles, now=LONG_AGO)
        return len(queries)

    assert cost(10) == cost(2)


def test_more_than_one_condition_can_hold_are_asked_in_turn():
    articles = ArticleFactory.create_batch(101)
    linking = ArticleFactory(body=link(articles[100].get_absolute_url()))

    assert footprint(articles, now=LONG_AGO).linking == [linking]
