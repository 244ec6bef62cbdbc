"""Links inside the site: which lead somewhere."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.models import HashtagAlias
from tests.factories import ArticleFactory, DraftFactory, RoleFactory
from website.links import leading_nowhere
from website.models import Redirect

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/blog/",
        "/blog/there/",
        "/blog/there",
        "/blog/there/?page=2#part",
        "/blog/%74here/",
        "/careers/roles/engineer/",
        "/careers/certifications/",
        "/tag/sql/",
        "/tag/structured-query-language/",
        "/tag/sql+structured-query-language/",
        "/archive/2026/",
        "/search/?q=sql",
        "/static/css/base.css",
    ],
)
def test_a_page_that_readers_see_is_found(address):
    article = ArticleFactory(slug="there", hashtags=["SQL"])
    HashtagAlias.objects.create(hashtag=article.hashtags.get(), name="Structured query language")
    RoleFactory(slug="engineer")

    assert leading_nowhere([address], now=NOW) == set()


@pytest.mark.parametrize(
    "address",
    [
        "/blog/nothing/",
        "/blog/draft/",
        "/blog/later/",
        "/careers/roles/hidden/",
        "/careers/roles/there/",
        "/tag/unused/",
        "/tag/sql+unused/",
        "/no/such/place/",
        "/blog/\x00/",
        "/[/",
        f"/blog/{'x' * 5000}/",
    ],
)
def test_an_address_at_which_there_is_nothing_is_told(address):
    ArticleFactory(slug="there", hashtags=["SQL"])
    DraftFactory(slug="draft")
    ArticleFactory(slug="later", published_at=NOW + timedelta(days=1))
    RoleFactory(slug="hidden", status="draft")

    assert leading_nowhere([address], now=NOW) == {address}


def test_an_address_that_moved_leads_on_while_its_page_is_public():
    live, draft = ArticleFactory(), DraftFactory()
    for path, page in (("/blog/old/", live), ("/blog/older/", draft)):
        Redirect.objects.create(old_path=path, target_model="blog.Article", target_ref=page.pk)

    assert leading_nowhere(["/blog/old/", "/blog/older/"], now=NOW) == {"/blog/older/"}


def test_ten_links_cost_what_two_cost():
    def queries(count):
        addresses = [ArticleFactory().get_absolute_url() for _ in range(count)]
        with CaptureQueriesContext(connection) as captured:
            assert leading_nowhere(addresses, now=NOW) == set()
        return len(captured)

    assert queries(10) == queries(2)
