"""Walks the address map: what every public page owes its readers, whichever app it comes from."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from careers.models import Skill
from tests.careers.statements import make_statement
from tests.careers.ways import make_pathway
from tests.factories import (
    ArticleFactory,
    AuthorFactory,
    CategoryFactory,
    CredentialFactory,
    ProviderFactory,
    RoleFactory,
    SeriesFactory,
    SkillFactory,
    TechnologyFactory,
)
from website.public import public_models

pytestmark = pytest.mark.django_db

# An address with parts needs an example; a new kind of address without one fails the first test below.
EXAMPLES = {
    "article-detail": "/blog/sample/",
    "article-markdown": "/blog/sample.md",
    "category-detail": "/category/sample/",
    "author-detail": "/author/sample/",
    "tag-detail": "/tag/sample/",
    "tag-combination": "/tag/sample+second/",
    "series-detail": "/series/sample/",
    "archive-year": "/archive/2026/",
    "archive-month": "/archive/2026/1/",
    "role-detail": "/careers/roles/sample/",
    "comparison": "/careers/compare/another-vs-sample/",
    "comparison-csv": "/careers/compare/another-vs-sample.csv",
    "skill-detail": "/careers/skills/sample/",
    "technology-detail": "/careers/technologies/sample/",
    "credential-detail": "/careers/certifications/sample/",
    "provider-detail": "/careers/providers/sample/",
    "sitemap-section": "/sitemap-articles.xml",
    "pathway-detail": "/careers/pathways/sample/",
    **{
        f"{name}-{form}": f"{page}{end}"
        for name, page in [
            ("category", "/category/sample/"),
            ("author", "/author/sample/"),
            ("tag", "/tag/sample+second/"),
            ("series", "/series/sample/"),
            ("year", "/archive/2026/"),
            ("month", "/archive/2026/1/"),
            ("role", "/careers/roles/sample/"),
            ("credential", "/careers/certifications/sample/"),
            ("skill", "/careers/skills/sample/"),
            ("technology", "/careers/technologies/sample/"),
            ("provider", "/careers/providers/sample/"),
        ]
        for form, end in [("feed", "feed/"), ("json-feed", "feed.json")]
    },
}
FOR_PROGRAMS = {
    **{
        noun: f"/api/{plural}/sample"
        for noun, plural in [
            ("article", "articles"),
            ("hashtag", "hashtags"),
            ("category", "categories"),
            ("author", "authors"),
            ("role", "roles"),
            ("certification", "certifications"),
        ]
    },
    "oembed": "/oembed?url=http://testserver/careers/roles/sample/",
}
FRAMES = {
    "embed-role": "/embed/role/sample/",
    "embed-certification": "/embed/certification/sample/",
    "embed-comparison": "/embed/comparison/another-vs-sample/",
}
PAGES = EXAMPLES
EXAMPLES = PAGES | FOR_PROGRAMS | FRAMES
NOT_PAGES = {"healthz", "readyz", "picture-file", "poster", "favicon", "preview", "archive-month-padded"}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Name and route of every public address."""
    for entry in resolver.url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield entry.name or "", route
        else:
            yield from patterns(entry, route)


ADDRESSES = [
    (name, route)
    for name, route in patterns(get_resolver())
    if name and name not in NOT_PAGES and not route.startswith("admin/")
]
URLS = [
    *(EXAMPLES.get(name, f"/{route}") for name, route in ADDRESSES),
    "/blog/?page=2",
    "/tag/sample/?page=2",
    "/careers/compare/?role=sample",
    "/careers/choose/?say=sample",
    "/no-such-page/",
]

# Not code: a browser runs nothing of this type.
DATA = {"type": "application/ld+json"}

BODY = """<h2>Text</h2><p>One <code>word</code>, <a href="/blog/">link</a>.</p>
<h3>List</h3><ul><li>x</li></ul>
<blockquote><p>Said.</p></blockquote><pre><code class="language-python">print("x")  # said</code></pre>
<table><caption>Figures</caption><thead><tr><th>A</th><th>B</th></tr></thead>
<tbody><tr><th>x</th><td>1</td></tr></tbody></table>
<careers-block data-kind="comparison" data-ref="sample,another"></careers-block>
<careers-block data-kind="certifications" data-by="provider" data-ref="sample"></careers-block>
<careers-block data-kind="role-card" data-ref="sample"></careers-block>"""


@pytest.fixture(scope="module")
def site(for_the_module):
    for_the_module(fill)


def fill():
    """One of everything, each with the slug ``sample``, and enough articles for a second page."""
    named = {"name": "Sample", "slug": "sample"}
    role, other = RoleFactory(**named), RoleFactory(name="Another", slug="another")
    SkillFactory(**named)
    TechnologyFactory(**named)
    credential = CredentialFactory(provider=ProviderFactory(**named), **named)
    lines = [("learn", "skill"), ("skill", "proof", "requires"), ("skill", "other")]
    steps = {"learn": "Learn it", "skill": Skill.objects.get(), "proof": credential, "other": role}
    make_pathway(lines=lines, choices=[("one", 1, ["proof", "other"])], **steps)
    make_statement("sample", "I like samples", sample=3, another=1)
    make_statement("other", "I like others", another=3, rules_out=["sample"])
    shared = {
        "category": CategoryFactory(description="What this is.", **named),
        "authors": [AuthorFactory(bio="Who this is.", **named)],
        "hashtags": ["Sample", "Second"],
    }
    article = ArticleFactory(title="Sample", slug="sample", body=BODY, **shared)
    article.roles.add(role, other)
    article.credentials.add(credential)
    others = ArticleFactory.create_batch(15, **shared)
    SeriesFactory(parts=[others[0], article, others[1]], **named)


class Page(HTMLParser):
    """What the tests ask of a page: its elements, in order, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, {name: value or "" for name, value in attributes}))

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


@pytest.fixture(scope="module")
def answer_at(site):
    """``answer_at(url)``: what is answered there, asked for once."""
    return cache(Client().get)


@pytest.fixture(scope="module")
def page_at(answer_at):
    """``page_at(url)``: the page as a reader gets it, wherever he is led. They are the same for everyone."""
    return cache(lambda url: read(url, answer_at(url)))


def read(url: str, response: HttpResponse) -> Page:
    if 300 <= response.status_code < 400:
        response = Client().get(response["Location"], follow=True)
    assert response.status_code == (404 if url == "/no-such-page/" else 200)
    return Page(response.content.decode() if response["Content-Type"].startswith("text/html") else "")


def test_every_address_with_parts_has_an_example_here():
    assert [name for name, route in ADDRESSES if "<" in route and name not in EXAMPLES] == []


def test_a_page_is_the_same_for_everyone(answer_at):
    for url in URLS:
        response = answer_at(url)

        assert "Set-Cookie" not in response
        assert not response.cookies
        assert "cookie" not in response.get("Vary", "").lower()


def test_a_page_may_be_kept_by_any_cache_and_browsers_always_ask(client, answer_at):
    for url in (url for url in URLS if url != "/no-such-page/"):
        response = answer_at(url)
        again = client.get(url, headers={"If-None-Match": response.get("ETag", "")})

        assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert response["CDN-Cache-Control"].startswith("public, max-age=10, stale-while-revalidate=30")
        assert again.status_code == 304


def test_a_page_takes_no_posts(client, site):
    for url in URLS:
        assert client.post(url).status_code == (404 if url == "/no-such-page/" else 405)


def test_a_page_carries_the_policy_that_forbids_inline_code(answer_at):
    for url in URLS:
        policy = answer_at(url)["Content-Security-Policy"]

        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy


def test_a_page_has_no_code_and_no_style_of_its_own(page_at):
    for url in URLS:
        page = page_at(url)

        scripts = [script for script in page.all("script") if script != DATA]
        assert [s for s in scripts if not s.get("src", "").startswith(settings.STATIC_URL)] == []
        assert page.all("style") == []
        names = {name for _, attributes in page.elements for name in attributes}
        assert {name for name in names if name == "style" or name.startswith("on")} == set()


def test_a_page_asks_nothing_of_other_sites(page_at):
    for url in URLS:
        page = page_at(url)

        loaded = [
            a.get("src") or a.get("href", "") for a in page.all("script", "img", "source", "iframe", "use")
        ]
        linked = [a["href"] for a in page.all("link") if not is_a_name(a)]
        assert [address for address in loaded + linked if re.match(r"(https?:)?//", address)] == []


def is_a_name(link):
    """It says how a page is called elsewhere; a browser asks for nothing there."""
    return link.get("rel") in {"canonical", "prev", "next"} or "oembed" in link.get("type", "")


def test_a_page_has_one_heading_of_the_first_level_and_no_gaps_below(page_at):
    for url in URLS:
        tags = [tag for tag, _ in page_at(url).elements if re.fullmatch(r"h[1-6]", tag)]
        levels = [int(tag[1]) for tag in tags]

        if levels:  # an XML or text file has none
            assert levels.count(1) == 1
            assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_no_id_is_given_twice_and_every_reference_finds_its_own(page_at):
    for url in URLS:
        page = page_at(url)
        ids = Counter(a["id"] for _, a in page.elements if "id" in a)

        assert [name for name, count in ids.items() if count > 1] == []
        references = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
        wanted = {a[name] for _, a in page.elements for name in references if name in a}
        wanted |= {a["href"][1:] for a in page.all("a") if a.get("href", "").startswith("#")}
        assert wanted - set(ids) == set()


def test_every_picture_says_what_it_shows_or_that_it_is_decoration(page_at):
    for url in URLS:
        assert [img for img in page_at(url).all("img") if "alt" not in img] == []


def test_a_page_has_the_landmarks_and_the_way_past_them(page_at):
    for url in (url for url in URLS if url not in FRAMES.values()):
        page = page_at(url)

        if page.elements:
            assert page.elements[0] == ("html", {"lang": "en-GB"})
            assert page.all("main")[0]["id"] == "main"
            assert page.all("a")[0] == {"class": "skip-link", "href": "#main"}
            assert any(form.get("action") == "/search/" for form in page.all("form"))


def test_every_page_has_a_title_and_a_description_of_its_own(answer_at):
    for url in URLS:
        html = answer_at(url).content.decode()

        if "<html" in html:
            title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]
            assert title.strip().removesuffix("– Waymark").strip()
            assert re.search(r'<meta name="description" content="[^"]+">', html)


def test_titles_differ_from_page_to_page(answer_at):
    pages = [answer_at(url).content.decode() for url in URLS if "role=" not in url and "/feed" not in url]
    titles = Counter(
        title[1] for html in pages if (title := re.search(r"<title>(.*?)</title>", html, re.DOTALL))
    )

    # One of everything is called Sample here.
    assert [title for title, count in titles.items() if count > 1 and "Sample" not in title] == []


def test_every_link_on_a_page_leads_somewhere(client, page_at):
    links = {a["href"].partition("#")[0] for url in URLS for a in page_at(url).all("a") if a.get("href")}
    ours = sorted(link for link in links if link.startswith("/"))

    assert [link for link in ours if client.get(link).status_code not in {200, 301, 302}] == []


def test_every_kind_of_public_row_is_walked(site):
    addresses = {model.objects.public().first().get_absolute_url() for model in public_models()}

    assert {address.split("/")[-3] for address in addresses} == {
        url.rstrip("/").split("/")[-2]
        for name, url in PAGES.items()
        if not name.endswith(("-feed", "-section"))
    } - {
        "compare",
        "archive",
        "2026",
    }
