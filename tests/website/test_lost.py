"""What a reader is answered where no page is: in one step, on this site, and nothing of drafts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import LONG_AGO, ArticleFactory, DraftFactory, RoleFactory
from tests.website.test_every_page import Page
from tests.website.test_redirects import move
from website.missing import tally
from website.signposts import Choice, put_up

pytestmark = pytest.mark.django_db


def sign(path, kind="gone", **more):
    put_up([path], Choice(kind, **more), by=None, now=LONG_AGO)


@pytest.mark.parametrize(
    "asked", ["/Blog/Some-Slug/", "/blog/SOME-SLUG", "//blog/some-slug/", "/blog//Some-Slug//"]
)
def test_capitals_and_slashes_lead_to_the_page_in_one_step(client, asked):
    ArticleFactory(slug="some-slug")

    answer = client.get("/", PATH_INFO=asked)

    assert (answer.status_code, answer.headers["Location"]) == (301, "/blog/some-slug/")


def test_a_listing_in_capitals_keeps_what_was_asked_of_it(client):
    answer = client.get("/Careers/Certifications?provider=aws&page=2")

    assert answer.headers["Location"] == "/careers/certifications/?provider=aws&page=2"


def test_a_former_address_in_capitals_takes_one_step_too(client):
    move(ArticleFactory(slug="a"), "b")

    assert client.get("/Blog/A").headers["Location"] == "/blog/b/"


@pytest.mark.parametrize("asked", ["/blog/a/", "/Blog/B/"])
def test_a_browser_asks_again_whether_a_page_still_lies_elsewhere(client, asked):
    """Moved there and back, each address would lead to the other in a browser that kept both answers."""
    move(ArticleFactory(slug="a"), "b")

    answer = client.get(asked)

    assert answer.status_code == 301
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert answer.headers["CDN-Cache-Control"] == client.get("/blog/b/").headers["CDN-Cache-Control"]


def test_a_draft_is_not_betrayed_by_capitals(client):
    draft = DraftFactory(slug="secret-plans")

    assert client.get("/Blog/Secret-Plans/").status_code == 404
    assert client.get(draft.get_absolute_url().upper()).status_code == 404


def test_the_desk_is_no_place_to_send_readers(client):
    assert client.get("/ADMIN/").status_code == 404
    assert client.get("/Admin/Missing/").status_code == 404


def test_a_withdrawn_page_says_why_and_knows_ways_on(client):
    near = ArticleFactory(title="A newer guide")
    hidden = DraftFactory(title="Nobody knows")
    choice = Choice("withdrawn", reason="The exam <was> retired.")
    put_up(["/blog/a/"], choice, by=None, now=LONG_AGO, see_also=[hidden, near])

    answer = client.get("/blog/A")

    assert answer.status_code == 410
    assert "The exam &lt;was&gt; retired." in answer.text
    assert "A newer guide" in answer.text
    assert "Nobody knows" not in answer.text
    assert 'action="/search/"' in answer.text
    assert '<meta name="robots" content="noindex">' in answer.text


def test_a_page_that_is_gone_is_the_same_for_everyone_and_kept_by_no_cache_unasked(client):
    sign("/blog/a/")

    answer = client.get("/blog/a/")

    assert answer.status_code == 410
    assert "no longer here" in answer.text
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.head("/blog/a/").status_code == 410
    assert client.post("/nowhere/a/").status_code == 404
    headings = [tag for tag, _ in Page(answer.text).elements if tag == "h1"]
    assert len(headings) == 1


def test_ways_on_cost_the_same_for_two_and_for_six(client):
    def cost(number):
        put_up(["/a/"], Choice("gone"), by=None, now=LONG_AGO, see_also=ArticleFactory.create_batch(number))
        with CaptureQueriesContext(connection) as queries:
            client.get("/a/")
        return len(queries)

    assert cost(6) == cost(2)


def test_a_page_that_is_back_answers_itself(client):
    ArticleFactory(slug="a")
    sign("/blog/a/")

    assert client.get("/blog/a/").status_code == 200


def test_only_what_nobody_answers_is_counted(client):
    ArticleFactory(slug="b")
    sign("/blog/a/")

    for path in ("/blog/a/", "/blog/b/", "/Blog/B", "/blog/c/", "/Blog/C"):
        client.get(path)
    client.post("/blog/d/")

    assert dict(tally.take()) == {"/blog/c/": 2}


@pytest.mark.parametrize("path", ["/%00/", "/" + "A" * 5000, "/%ff/A", "/%ED%A0%80/A/", "/" + "%C4%B0" * 300])
def test_a_wild_address_is_only_not_found(client, path):
    assert client.get(path).status_code == 404


def test_an_address_in_capitals_stored_before_they_were_folded_still_leads_on(client):
    move(RoleFactory(slug="Old-Role"), "new-role")

    assert client.get("/careers/roles/Old-Role/").headers["Location"] == "/careers/roles/new-role/"
