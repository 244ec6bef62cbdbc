"""What search engines read, read as they do: the data of every page, against what they ask of each type."""

import json
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog import previewing
from blog.models import AuthorLink, Picture
from careers.models import Status
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CategoryFactory,
    CredentialFactory,
    DraftFactory,
    RoleFactory,
    SkillFactory,
)
from tests.website.test_every_page import EXAMPLES, URLS, site  # noqa: F401 -- a fixture
from tests.website.told import Read, of_type, read, things, words

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
TYPES = json.loads((Path(__file__).parent / "schema_types.json").read_text())
PAGES = [
    url
    for url in URLS
    if not url.endswith((".xml", ".txt", ".json", ".csv", ".ics", ".md", "/feed/"))
    and not url.startswith(("/search/", "/no-such", "/api/", "/oembed", "/embed/"))
]
# They ask, they do not tell; or tell of how we work, for which machines have no words.
WITHOUT_DATA = {
    "/careers/compare/",
    "/careers/compare/?role=sample",
    "/careers/choose/",
    "/careers/choose/how/",
    "/careers/facts/",
}
WITHOUT_DATA |= {"/careers/choose/?say=sample", "/careers/"}


@pytest.fixture(scope="module")
def read_page(site):  # noqa: F811
    return cache(read)


# --- Every page -------------------------------------------------------------


@pytest.mark.parametrize("url", PAGES)
def test_a_page_has_one_block_of_data_or_a_reason_to_have_none(read_page, url):
    assert len(read_page(url).data) == 1 or url in WITHOUT_DATA


@pytest.mark.parametrize("url", [url for url in PAGES if url not in WITHOUT_DATA])
def test_every_thing_says_what_search_engines_ask_and_nothing_that_the_vocabulary_lacks(read_page, url):
    for thing in things(read_page(url).graph):
        known = TYPES[thing["@type"]]
        told = {name for name in thing if not name.startswith("@")}
        assert set(known["required"]) <= told, thing
        assert told <= {*known["required"], *known["allowed"]}, thing
        assert not [name for name in told if thing[name] in ("", None, [], {})], thing


@pytest.mark.parametrize("url", [url for url in PAGES if url not in WITHOUT_DATA])
def test_only_what_the_page_shows_is_told(read_page, url):
    page = read_page(url)
    shown = page.text.casefold()

    told = {" ".join(text.split()) for text in words(page.graph)}
    assert {text for text in told if text.casefold() not in shown} == set()


@pytest.mark.parametrize("url", [url for url in PAGES if url not in WITHOUT_DATA and url != "/"])
def test_the_trail_is_the_one_that_readers_see(read_page, url):
    page = read_page(url)
    steps = of_type("BreadcrumbList", page.graph)["itemListElement"]

    told = [(step["name"], step.get("item", "").removeprefix(SITE)) for step in steps]
    assert told == [(" ".join(label.split()), way) for label, way in page.trail]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))


@pytest.mark.parametrize("url", [url for url in PAGES if url not in WITHOUT_DATA])
def test_a_page_calls_itself_by_its_canonical_address(read_page, url):
    page = read_page(url)
    own = [
        thing["url"]
        for thing in page.graph
        if thing["@type"] in ("CollectionPage", "ProfilePage", "BlogPosting")
    ]

    assert [address for address in own if address != page.canonical] == []


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("/", "WebSite"),
        ("/blog/sample/", "BlogPosting"),
        ("/author/sample/", "ProfilePage"),
        ("/careers/roles/sample/", "Occupation"),
        *((EXAMPLES[f"{name}-detail"], "CollectionPage") for name in ("category", "tag", "series")),
        *(
            (f"/{name}/", "CollectionPage")
            for name in ("blog", "category", "tag", "series", "author", "archive")
        ),
        ("/archive/2026/1/", "CollectionPage"),
        ("/tag/sample+second/", "CollectionPage"),
        ("/blog/?page=2", "CollectionPage"),
    ],
)
def test_a_page_is_told_for_what_it_is(read_page, url, kind):
    assert of_type(kind, read_page(url).graph)


# --- The site ---------------------------------------------------------------


def test_the_search_of_the_site_is_where_the_home_page_says(read_page, client):
    search = of_type("WebSite", read_page("/").graph)["potentialAction"]
    template = search["target"]["urlTemplate"]

    assert template == f"{SITE}/search/?q={{search_term_string}}"
    assert search["query-input"] == "required name=search_term_string"
    found = client.get(template.removeprefix(SITE).replace("{search_term_string}", "sample"))
    assert "Sample" in found.text


# --- Articles ---------------------------------------------------------------


def posting(article):
    return of_type("BlogPosting", read(article.get_absolute_url()).graph)


def test_an_article_tells_who_wrote_it_when_and_where_it_belongs():
    article = ArticleFactory(
        title="Knots",
        summary="How to tie.",
        category=CategoryFactory(name="Sailing"),
        authors=[AuthorFactory(name="Ada", slug="ada"), AuthorFactory(name="Bo", slug="bo")],
        hashtags=["ropes", "wind"],
        published_at=datetime(2026, 2, 3, 9, tzinfo=UTC),
        updated_at=datetime(2026, 4, 5, 9, tzinfo=UTC),
    )

    told = posting(article)

    assert told["headline"] == "Knots"
    assert told["description"] == "How to tie."
    assert told["articleSection"] == "Sailing"
    assert told["keywords"] == ["ropes", "wind"]
    assert told["datePublished"] == "2026-02-03T09:00:00+00:00"
    assert told["dateModified"] == "2026-04-05T09:00:00+00:00"
    assert [(one["name"], one["url"]) for one in told["author"]] == [
        ("Ada", f"{SITE}/author/ada/"),
        ("Bo", f"{SITE}/author/bo/"),
    ]
    assert told["publisher"]["name"] == "Waymark"


def test_what_is_not_known_is_not_told():
    told = posting(ArticleFactory(summary="", updated_at=None))

    assert not {"description", "dateModified", "author", "keywords", "about", "mentions"} & set(told)


def test_an_article_first_published_elsewhere_says_where():
    told = posting(ArticleFactory(canonical_url="https://example.org/first/"))

    assert told["mainEntityOfPage"] == "https://example.org/first/"


def test_the_picture_of_an_article_is_its_cover_or_the_one_drawn_for_it():
    cover = Picture.objects.create(token="a" * 32, width=1600, height=800)
    covered, plain = posting(ArticleFactory(cover=cover)), posting(ArticleFactory(slug="plain"))

    assert covered["image"]["url"] == f"{SITE}/media/pictures/{'a' * 32}/1200.jpg"
    assert (covered["image"]["width"], covered["image"]["height"]) == (1200, 600)
    assert plain["image"]["url"].startswith(f"{SITE}/posters/article/plain/")


def test_an_article_is_about_its_public_roles_and_credentials():
    article = ArticleFactory()
    article.roles.add(RoleFactory(name="Sailor", slug="sailor"), RoleFactory(status=Status.DRAFT))
    article.credentials.add(CredentialFactory(name="Skipper", slug="skipper"))

    assert posting(article)["about"] == [
        {
            "@type": "Occupation",
            "@id": f"{SITE}/careers/roles/sailor/#occupation",
            "name": "Sailor",
            "url": f"{SITE}/careers/roles/sailor/",
        },
        {
            "@type": "EducationalOccupationalCredential",
            "@id": f"{SITE}/careers/certifications/skipper/#credential",
            "name": "Skipper",
            "url": f"{SITE}/careers/certifications/skipper/",
        },
    ]


def test_an_article_mentions_what_its_words_name_and_its_blocks_show_and_once():
    SkillFactory(name="Splicing", slug="splicing")
    SkillFactory(name="Whittling", status=Status.DRAFT)
    RoleFactory(name="Sailor", slug="sailor")
    subject = RoleFactory(name="Rope maker")
    card = '<careers-block data-kind="role-card" data-ref="sailor"></careers-block>'
    article = ArticleFactory(body=f"<p>Splicing and Whittling, for a Sailor or a Rope maker.</p>{card}")
    article.roles.add(subject)

    assert sorted(one["name"] for one in posting(article)["mentions"]) == ["Sailor", "Splicing"]


def test_what_an_article_calls_by_another_name_only_is_not_put_into_its_mouth():
    skill = SkillFactory(name="Large language models", aliases=["LLM"])
    article = ArticleFactory(body="<p>What an LLM does.</p>")

    assert article.mentions.get().skill == skill
    assert "mentions" not in posting(article)


def test_many_mentions_cost_as_many_queries_as_few():
    few, many = ArticleFactory(body="<p>Nothing.</p>"), ArticleFactory(slug="many")
    skills = [SkillFactory(name=f"Knotting{number}x") for number in range(10)]
    many.body = f"<p>{', '.join(skill.name for skill in skills)}</p>"
    many.save()
    read("/")

    counts = []
    for article in (few, many):
        with CaptureQueriesContext(connection) as queries:
            told = posting(article)
        counts.append(len(queries))

    assert len(told["mentions"]) == 10
    assert counts[0] == counts[1]


# --- Authors and listings ---------------------------------------------------


def test_an_author_is_told_as_the_profile_shows_them():
    photo = Picture.objects.create(token="b" * 32, width=900, height=900)
    author = AuthorFactory(name="Ada", slug="ada", short_bio="Ties knots.", photo=photo)
    AuthorLink.objects.create(author=author, label="Site", url="https://example.org/ada")

    told = of_type("ProfilePage", read("/author/ada/").graph)["mainEntity"]

    assert (told["@type"], told["name"], told["description"]) == ("Person", "Ada", "Ties knots.")
    assert told["image"]["url"] == f"{SITE}/media/pictures/{'b' * 32}/900.jpg"
    assert told["sameAs"] == ["https://example.org/ada"]
    assert posting(ArticleFactory(authors=[author]))["author"][0]["@id"] == told["@id"]


def test_a_desk_is_told_as_an_organisation_where_it_wrote_and_on_its_own_page():
    desk, ada = AuthorFactory(slug="desk", is_organisation=True), AuthorFactory()
    article = ArticleFactory(authors=[desk, ada])

    assert of_type("ProfilePage", read("/author/desk/").graph)["mainEntity"]["@type"] == "Organization"
    assert [one["@type"] for one in posting(article)["author"]] == ["Organization", "Person"]


def test_who_is_a_desk_is_read_with_the_bylines(client, count_queries):
    costs = []
    for number in (2, 10):
        article = ArticleFactory(authors=AuthorFactory.create_batch(number, is_organisation=True))
        costs.append(count_queries(client, article.get_absolute_url()))

    assert costs[0] == costs[1]


def test_a_listing_tells_what_is_on_this_page_of_it(read_page):
    first, second = (
        of_type("CollectionPage", read_page(f"/blog/{part}").graph)["mainEntity"] for part in ("", "?page=2")
    )
    names = [[item["name"] for item in part["itemListElement"]] for part in (first, second)]

    assert len(names[0]) == first["numberOfItems"] == 12
    assert not set(names[0]) & set(names[1])


def test_an_empty_listing_has_no_list():
    assert "mainEntity" not in of_type("CollectionPage", read(CategoryFactory().get_absolute_url()).graph)


def test_a_preview_tells_other_sites_nothing():
    link = previewing.make_link(DraftFactory(), by=None, days=7, now=timezone.now())
    html = Client().get(reverse("blog:preview", args=[previewing.token_of(link)])).content.decode()

    assert "Draft preview." in html
    assert Read(html).data == []
    assert "og:" not in html


# --- Hostile text -----------------------------------------------------------

BREAKS_OUT = "</script><script src=/evil.js></script><!--<script>"


def test_no_title_ends_the_data_early():
    article = ArticleFactory(
        title=BREAKS_OUT,
        summary=BREAKS_OUT,
        category=CategoryFactory(name=BREAKS_OUT),
        authors=[AuthorFactory(name=BREAKS_OUT)],
    )

    told = posting(article)

    assert told["headline"] == told["description"] == told["author"][0]["name"] == BREAKS_OUT
    assert "/evil.js" not in " ".join(scripts(read_html(article)))


def test_the_same_text_would_break_out_if_it_stood_there_as_json_alone():
    raw = f'<script type="application/ld+json">{json.dumps({"headline": BREAKS_OUT})}</script>'

    assert scripts(raw) == ["", "/evil.js"]
    with pytest.raises(json.JSONDecodeError):
        json.loads(Read(raw).data[0])


def read_html(article):
    return Client().get(article.get_absolute_url()).content.decode()


def scripts(html):
    """The address of every script element that a browser would find."""
    found = []

    class Scripts(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag == "script":
                found.append(dict(attrs).get("src") or "")

    reader = Scripts()
    reader.feed(html)
    reader.close()
    return found
