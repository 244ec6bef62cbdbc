"""oEmbed: from the address of a page to how it is shown elsewhere."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from blog.models import Article, Picture
from careers.models import Credential, Role
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CredentialFactory,
    DraftFactory,
    ProviderFactory,
    RoleFactory,
)
from tests.website.test_bad_input import NONSENSE

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
ARTICLE, ROLE = "/blog/story/", "/careers/roles/analyst/"
CERTIFICATION, COMPARISON = "/careers/certifications/tested/", "/careers/compare/analyst-vs-tester/"
RICH = [ROLE, CERTIFICATION, COMPARISON]
PAGES = [ARTICLE, *RICH]


@pytest.fixture(scope="module")
def site(for_the_module):
    for_the_module(fill)


def fill():
    authors = [AuthorFactory(name="Ann", slug="ann"), AuthorFactory(name="Bob")]
    ArticleFactory(title="A story", slug="story", authors=authors)
    DraftFactory(slug="draft")
    RoleFactory(name="Analyst", slug="analyst")
    RoleFactory(name="Tester", slug="tester")
    RoleFactory(slug="secret", status="draft")
    provider = ProviderFactory(name="Board", slug="board")
    CredentialFactory(name="Tested", slug="tested", provider=provider)


def ask(client, page, **more):
    url = page if "://" in page else f"{SITE}{page}"
    return client.get("/oembed", {"url": url, **more})


@pytest.mark.parametrize("page", PAGES)
def test_everyone_hears_who_provides_it(client, site, page):
    answer = ask(client, page, format="json")
    told = answer.json()

    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert (told["version"], told["provider_name"], told["provider_url"]) == ("1.0", "Waymark", f"{SITE}/")


def test_an_article_is_a_link_with_its_authors(client, site):
    assert ask(client, ARTICLE, maxwidth="300").json() == {
        "version": "1.0",
        "type": "link",
        "title": "A story",
        "author_name": "Ann and Bob",
        "author_url": f"{SITE}/author/ann/",
        "provider_name": "Waymark",
        "provider_url": f"{SITE}/",
        "cache_age": 3600,
    }


@pytest.mark.parametrize(
    ("page", "title", "frame"),
    [
        (ROLE, "Analyst", "/embed/role/analyst/"),
        (CERTIFICATION, "Tested", "/embed/certification/tested/"),
        (COMPARISON, "Analyst vs Tester", "/embed/comparison/analyst-vs-tester/"),
        ("/careers/compare/tester-vs-analyst/", "Analyst vs Tester", "/embed/comparison/analyst-vs-tester/"),
    ],
)
def test_facts_are_a_frame_that_is_there(client, site, page, title, frame):
    told = ask(client, page).json()

    assert (told["type"], told["title"]) == ("rich", title)
    assert f'<iframe src="{SITE}{frame}" title="{title} – Waymark"' in told["html"]
    assert f'width="{told["width"]}" height="{told["height"]}"' in told["html"]
    assert client.get(frame).status_code == 200


def test_a_certification_has_its_provider_as_author_if_readers_know_it(client, site):
    assert ask(client, CERTIFICATION).json()["author_name"] == "Board"

    CredentialFactory(slug="other", provider=ProviderFactory(name="Hidden", status="draft"))

    assert "Hidden" not in ask(client, "/careers/certifications/other/").content.decode()


def test_a_frame_is_no_larger_than_there_is_room_for(client, site):
    small = ask(client, ROLE, maxwidth="300", maxheight="200").json()
    large = ask(client, ROLE, maxwidth="9999", maxheight="9999").json()

    assert (small["width"], small["height"]) == (300, 200)
    assert (large["width"], large["height"]) == (640, 400)


def test_without_a_cover_the_drawn_picture_is_the_thumbnail_where_there_is_room_for_it(client, site):
    told = ask(client, ARTICLE).json()

    assert (told["thumbnail_width"], told["thumbnail_height"]) == (1200, 630)
    assert told["thumbnail_url"].startswith(f"{SITE}/posters/article/story/")
    assert client.get(told["thumbnail_url"])["Content-Type"] == "image/png"
    for more in ({"maxwidth": "1199"}, {"maxheight": "629"}):
        assert "thumbnail_url" not in ask(client, ARTICLE, **more).json()


def test_a_cover_is_the_thumbnail_where_there_is_room_for_it(client, site):
    cover = Picture.objects.create(title="x", token="a" * 32, width=1600, height=900, alt="A map")
    Article.objects.filter(slug="story").update(cover=cover)
    told = ask(client, ARTICLE).json()

    width, height = told["thumbnail_width"], told["thumbnail_height"]
    assert told["thumbnail_url"].startswith(f"{SITE}/media/pictures/")
    assert width / height == pytest.approx(16 / 9, rel=0.01)
    for more in ({"maxwidth": str(width - 1)}, {"maxheight": str(height - 1)}):
        assert "thumbnail_url" not in ask(client, ARTICLE, **more).json()


@pytest.mark.parametrize("page", PAGES)
def test_each_page_says_where_to_ask_about_it(client, site, page):
    html = client.get(page).content.decode()
    address = re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', html)[1]

    assert unescape(address) == f"{SITE}/oembed?url={quote(SITE + page, safe='')}&format=json"
    assert client.get(unescape(address)).status_code == 200


class Code(HTMLParser):
    """What stands in the field for copying, as a browser would put it on the clipboard."""

    text, is_inside = "", False

    def handle_starttag(self, tag, attributes):
        self.is_inside = tag == "textarea"

    def handle_endtag(self, tag):
        self.is_inside = self.is_inside and tag != "textarea"

    def handle_data(self, data):
        self.text += data if self.is_inside else ""


@pytest.mark.parametrize("page", RICH)
@pytest.mark.parametrize("name", ["Analyst", '</textarea><script>"&amp;"'])
def test_the_code_to_copy_is_the_frame_that_oembed_gives(client, site, page, name):
    Role.objects.filter(slug="analyst").update(name=name)
    Credential.objects.filter(slug="tested").update(name=name)
    parser = Code()
    parser.feed(client.get(page).content.decode())

    assert parser.text == ask(client, page).json()["html"]


# --- Refusals -----------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        "/blog/draft/",
        "/blog/nowhere/",
        "/careers/roles/secret/",
        "/careers/compare/analyst-vs-secret/",
        "/careers/compare/analyst/",
        "/careers/certifications/nowhere/",
        "/careers/",
        "/blog/",
        "/admin/",
        "/no/such/page",
        "https://example.org/blog/story/",
        "//testserver/blog/story/",
        "http://testserver.example.org/blog/story/",
        "http://testserver@example.org/blog/story/",
        "javascript://testserver/blog/story/",
        "http://[/",
        "story",
    ],
)
def test_what_is_not_ours_or_not_to_be_seen_is_not_found(client, site, page):
    answer = client.get("/oembed", {"url": page if ":" in page or "//" in page else f"{SITE}{page}"})

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_what_cannot_be_seen_is_refused_as_what_does_not_exist(client, site):
    assert ask(client, "/blog/draft/").content == ask(client, "/blog/nowhere/").content


@pytest.mark.parametrize(("form", "status"), [("xml", 501), ("yaml", 400)])
def test_only_json_is_spoken(client, site, form, status):
    assert ask(client, ROLE, format=form).status_code == status


@pytest.mark.parametrize("name", ["maxwidth", "maxheight"])
@pytest.mark.parametrize("size", ["0", "-1", "1.5", "9" * 6, "x", "a\x00", "٣"])
def test_a_size_is_a_number_of_pixels(client, site, name, size):
    assert ask(client, ROLE, **{name: size}).status_code == 400


def test_without_a_page_there_is_nothing_to_say(client):
    assert client.get("/oembed").status_code == 400


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
@pytest.mark.parametrize("place", ["", "http://testserver/", "http://testserver/careers/compare/"])
def test_no_nonsense_fails(client, site, place, nonsense):
    assert client.get(f"/oembed?url={place}{nonsense}/").status_code == 404


def test_a_page_that_has_moved_is_found_where_it_is(client, site):
    role = Role.objects.get(slug="analyst")
    role.slug = "data-analyst"
    role.save()

    assert "/embed/role/data-analyst/" in ask(client, ROLE).json()["html"]


@pytest.mark.parametrize("page", PAGES)
def test_a_question_costs_a_few_queries(client, site, count_queries, page):
    assert count_queries(client, f"/oembed?url={SITE}{page}") <= 4
