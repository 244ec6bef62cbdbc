"""The feeds as programs ask for them, read by a reader that knows nothing of us."""

import json
import re
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date

from blog.models import Article
from careers.models import RoleSkill, RoleTechnology
from tests.factories import (
    LONG_AGO,
    ArticleFactory,
    AuthorFactory,
    CategoryFactory,
    CredentialFactory,
    DraftFactory,
    ExamVersionFactory,
    ProviderFactory,
    RoleFactory,
    SkillFactory,
    TechnologyFactory,
)
from website.search import rebuild

pytestmark = pytest.mark.django_db

HOSTILE = "</title>]]><script>alert(1)</script> & \x0b\x1b\ufffe end"
PAGES = {
    "/blog/": "",
    "/category/data/": "",
    "/author/data-desk/": "",
    "/tag/python/": "",
    "/tag/ai+python/": "",
    "/archive/2026/": "",
    "/archive/2026/1/": "",
    "/careers/roles/tester/": "",
    "/careers/certifications/tested/": "",
    "/careers/skills/testing/": "",
    "/careers/technologies/pytest/": "",
    "/careers/providers/board/": "",
    "/search/": "?q=wanted",
}
FACTS = (
    '<careers-block data-kind="role-card" data-ref="tester"></careers-block>'
    '<careers-block data-kind="certifications" data-by="provider" data-ref="board"></careers-block>'
    '<careers-block data-kind="comparison" data-ref="tester,other"></careers-block>'
)
FORMS = ("feed/", "feed.json")
ADDRESSES = [f"{page}{form}{query}" for page, query in PAGES.items() for form in FORMS]


@pytest.fixture(scope="module")
def many(for_the_module):
    return for_the_module(publish_many)


def publish_many():
    """More than a page, in every listing there is; the last one has everything, and is the newest."""
    shared = {
        "category": CategoryFactory(name="Data", slug="data", description="Of <numbers>."),
        "authors": [AuthorFactory(name="Ann & Co", slug="data-desk"), AuthorFactory(name="Bob", slug="bob")],
        "hashtags": ["Python", "AI"],
    }
    role = RoleFactory(name="Tester", slug="tester")
    skill = SkillFactory(name="Testing", slug="testing")
    RoleSkill.objects.create(role=role, skill=skill, importance=4, level=4)
    tool = TechnologyFactory(name="pytest", slug="pytest")
    RoleTechnology.objects.create(role=role, technology=tool)
    RoleFactory(name="Other", slug="other")
    board = ProviderFactory(name="Board", slug="board")
    CredentialFactory(name="Tested", slug="tested", provider=board).skills.add(skill)
    for number in range(27):
        at = LONG_AGO + timedelta(hours=number)
        ArticleFactory(title=f"Wanted {number}", body=FACTS, published_at=at, **shared).roles.add(role)
    newest = ArticleFactory(
        title=f"Wanted {HOSTILE}",
        slug="newest",
        body=f'<h2>Here</h2><p><a href="/careers/">way</a> <a href="#s-here">up</a></p>{FACTS}',
        published_at=LONG_AGO + timedelta(days=2),
        updated_at=LONG_AGO + timedelta(days=3),
        **shared,
    )
    newest.roles.add(role)
    list(rebuild())
    return newest


def read(client, url):
    """What a feed says, whichever of the two it is."""
    answer = client.get(url)
    assert answer.status_code == 200
    if answer["Content-Type"].startswith("application/feed+json"):
        return json.loads(answer.content)
    found = feedparser.parse(answer.content, sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo
    return found


# --- Every listing ------------------------------------------------------------


@pytest.mark.parametrize("listing", PAGES)
def test_a_strict_reader_finds_every_article_of_every_listing_page_by_page(client, many, listing):
    url, ids = f"{listing}feed/{PAGES[listing]}", []
    while url:
        found = read(client, url)
        ids += [entry.id for entry in found.entries]
        links = {link.rel: link.href for link in found.feed.links}
        assert links["self"] == f"http://testserver{url}"
        assert links["alternate"] == f"http://testserver{listing}{PAGES[listing]}"
        url = links.get("next", "").removeprefix("http://testserver")

    assert len(ids) == len(set(ids)) == 28
    assert links["previous"] == f"http://testserver{listing}feed/{PAGES[listing]}"


@pytest.mark.parametrize("listing", PAGES)
def test_both_formats_tell_the_same(client, many, listing):
    atom = read(client, f"{listing}feed/{PAGES[listing]}")
    told = read(client, f"{listing}feed.json{PAGES[listing]}")

    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["title"] == atom.feed.title
    assert told["feed_url"] == f"http://testserver{listing}feed.json{PAGES[listing]}"
    assert told["next_url"].startswith(told["feed_url"])
    for entry, item in zip(atom.entries, told["items"], strict=True):
        assert (entry.id, entry.link, entry.title) == (item["id"], item["url"], item["title"])
        assert entry.content[0].value == item["content_html"]
        assert (entry.published, entry.updated) == (item["date_published"], item["date_modified"])


@pytest.mark.parametrize(
    ("page", "feed"), [("/blog/newest/", "/blog/feed/"), ("/careers/", "/careers/changes/feed/")]
)
def test_a_page_that_is_no_list_names_what_can_be_followed(client, many, page, feed):
    text = client.get(page).text

    assert re.findall(r'<link rel="alternate" type="application/atom.xml" [^>]*href="(.*)">', text) == [feed]


@pytest.mark.parametrize("listing", [listing for listing in PAGES if "+" not in listing])
def test_a_page_names_its_feeds_in_its_head(client, many, listing):
    text = client.get(f"{listing}{PAGES[listing]}").content.decode()

    for kind, form in [("atom", "feed/"), ("feed", "feed.json")]:
        ending = "xml" if kind == "atom" else "json"
        assert f'<link rel="alternate" type="application/{kind}+{ending}"' in text
        assert f'href="{listing}{form}{PAGES[listing]}"' in text


def test_what_lists_leave_out_tells_no_feed_of_a_retired_certification(client, many):
    ExamVersionFactory(
        credential__slug="gone", credential__provider__slug="former", last_exam_on=LONG_AGO.date()
    )
    ArticleFactory(
        body='<careers-block data-kind="certifications" data-by="provider" data-ref="former"></careers-block>'
    )

    assert read(client, "/careers/certifications/gone/feed/").entries == []


@pytest.mark.parametrize("url", ADDRESSES)
def test_who_has_the_feed_already_gets_no_second_copy(client, many, url):
    first = client.get(url)
    tagged = client.get(url, headers={"If-None-Match": first["ETag"]})
    dated = client.get(url, headers={"If-Modified-Since": first["Last-Modified"]})

    assert (tagged.status_code, dated.status_code) == (304, 304)
    for answer in (tagged, dated):  # or a reader that is a page of another site may not read it
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert (tagged.content, dated.content) == (b"", b"")
    assert first["Last-Modified"] == http_date((LONG_AGO + timedelta(days=3)).timestamp())


@pytest.mark.parametrize("url", ADDRESSES)
def test_a_page_that_is_not_there_is_not_found(client, many, url):
    for page in ("0", "3", "x", "1.0", "9" * 30):
        assert client.get(f"{url}{'&' if '?' in url else '?'}page={page}").status_code == 404


def test_ten_articles_cost_what_two_cost(client, many, count_queries):
    def costs():
        list(rebuild())
        return [count_queries(client, url) for url in counted]

    counted = ["/blog/feed.json", *(url for url in ADDRESSES if "/feed/" in url and "+" not in url)]

    Article.objects.all().delete()  # or both pages would be full
    add(2)
    two = costs()
    add(8)

    assert costs() == two


def add(number):
    category = CategoryFactory._meta.model.objects.filter(slug="data").first() or CategoryFactory(slug="data")
    author = AuthorFactory._meta.model.objects.filter(slug="data-desk").first()
    role = RoleFactory._meta.model.objects.filter(slug="tester").first() or RoleFactory(slug="tester")
    for _ in range(number):
        article = ArticleFactory(
            title="Wanted",
            body='<careers-block data-kind="role-card" data-ref="tester"></careers-block>',
            category=category,
            authors=[author or AuthorFactory(slug="data-desk"), AuthorFactory()],
            hashtags=["Python", "AI"],
        )
        author = article.authors.get(slug="data-desk")
        article.roles.add(role)


# --- An entry -----------------------------------------------------------------


def test_an_entry_carries_the_whole_text_with_live_blocks_and_addresses_that_lead_back(client, many):
    (content,) = read(client, "/blog/feed/").entries[0].content

    assert content.type == "text/html"
    assert '<a href="http://testserver/careers/">way</a>' in content.value
    assert '<a href="http://testserver/blog/newest/#s-here">up</a>' in content.value
    assert 'href="http://testserver/careers/roles/tester/"' in content.value
    assert "careers-block" not in content.value


def test_an_entry_tells_who_wrote_it_when_and_on_what(client, many):
    entry = read(client, "/blog/feed/").entries[0]

    assert [(person.name, person.href) for person in entry.authors] == [
        ("Ann & Co", "http://testserver/author/data-desk/"),
        ("Bob", "http://testserver/author/bob/"),
    ]
    assert {tag.term for tag in entry.tags} == {"Data", "Python", "AI"}
    assert entry.published == (LONG_AGO + timedelta(days=2)).isoformat()
    assert entry.updated == (LONG_AGO + timedelta(days=3)).isoformat()


@pytest.mark.parametrize("form", FORMS)
def test_a_hostile_title_stays_a_title(client, many, form):
    found = read(client, f"/blog/{form}")
    title = found["items"][0]["title"] if form == "feed.json" else found.entries[0].title

    assert title == "Wanted </title>]]><script>alert(1)</script> &  end"
    if form == "feed/":
        assert "<script" not in client.get("/blog/feed/").content.decode()
    assert client.get(f"/blog/{form}")["X-Content-Type-Options"] == "nosniff"


def test_an_entry_keeps_its_id_when_its_title_address_and_text_change(client, many):
    before = read(client, "/blog/feed/").entries[0]
    many.title, many.slug, many.body = "Other", "other", "<p>Other</p>"
    many.save()
    after = read(client, "/blog/feed/").entries[0]

    assert (after.title, after.id) == ("Other", before.id)
    assert read(client, "/category/data/feed/").entries[0].id == before.id


def test_nothing_unpublished_is_fed(client, many):
    Article.objects.exclude(pk=many.pk).delete()
    tomorrow = timezone.now() + timedelta(days=1)
    same = {"category": many.category, "authors": [many.authors.first()], "hashtags": ["Python", "AI"]}
    hidden = [
        DraftFactory(title="Wanted secretly", **same),
        ArticleFactory(title="Wanted secretly", published_at=tomorrow, **same),
        ArticleFactory(title="Wanted secretly", expires_at=LONG_AGO + timedelta(days=1), **same),
    ]
    for article in hidden:
        article.roles.add(many.roles.get())
    list(rebuild())

    for url in ADDRESSES:
        answer = client.get(url).content
        assert b"Wanted" in answer
        assert b"secretly" not in answer


# --- Addresses ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/tag/python+ai/", "/tag/ai+python/"),
        ("/tag/python+python/", "/tag/python/"),
        ("/tag/Python/", "/tag/python/"),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_hashtags_in_another_order_or_spelling_lead_to_the_one_feed(client, many, asked, led, form):
    answer = client.get(asked + form)

    assert (answer.status_code, answer["Location"]) == (301, led + form)


@pytest.mark.parametrize("slugs", ["none", "ai+none", "ai+", "+", "++", "ai+python+data+more", "%00", "%23"])
def test_hashtags_nobody_used_have_no_feed(client, many, slugs):
    assert client.get(f"/tag/{slugs}/feed/").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_a_subscription_follows_a_category_to_its_new_address(client, many, form):
    many.category.slug = "numbers"
    many.category.save()
    answer = client.get(f"/category/data/{form}")

    assert (answer.status_code, answer["Location"]) == (301, f"/category/numbers/{form}")


def test_a_listing_with_nothing_in_it_is_a_feed_all_the_same_and_never_new(client):
    CategoryFactory(slug="empty")
    found = read(client, "/category/empty/feed/")

    assert found.entries == []
    assert found.feed.updated == datetime(2026, 1, 1, tzinfo=UTC).isoformat()
    assert read(client, "/category/empty/feed.json")["items"] == []


@pytest.mark.parametrize("query", ["", "?q=", "?q=%00", "?q=nosuchword", "?q=" + "a" * 5000, "?q=-wanted"])
def test_a_search_without_answers_is_an_empty_feed(client, many, query):
    assert read(client, f"/search/feed/{query}").entries == []


def test_programs_of_other_sites_may_read_a_feed(client, many):
    answer = client.get("/blog/feed.json")

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer


def test_articles_whose_number_is_known_are_not_counted_one_by_one(client):
    article = ArticleFactory(hashtags=["Python", "SQL"], authors=[AuthorFactory()])
    author, category = article.bylines.get().author, article.category
    for listing in ("/blog/", category.get_absolute_url(), author.get_absolute_url(), "/tag/python/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{listing}feed/").status_code == 200
        every = [query["sql"] for query in queries]
        assert not [sql for sql in every if 'COUNT(*) AS "__count" FROM "blog_article"' in sql], listing
