import pytest

from tests.factories import ArticleFactory, RoleFactory
from tests.website.wsgi import CopiesByHand, FakeTokens, ask
from website.pagecache.boundaries import horizon
from website.pagecache.wrapper import PageCache

pytestmark = pytest.mark.django_db

MARKDOWN = "text/markdown; charset=utf-8"


def test_every_kind_of_page_has_a_twin_at_its_address(client):
    ArticleFactory(title="On knots", slug="knots", hashtags=["rope"])
    RoleFactory(name="Rigger", slug="rigger")

    for path in ["/index.md", "/blog.md", "/blog/knots.md", "/tag/rope.md", "/careers/roles/rigger.md"]:
        answer = client.get(path)
        assert (path, answer.status_code, answer["Content-Type"]) == (path, 200, MARKDOWN)
    assert client.get("/careers/roles/rigger.md").content.decode().startswith("# Rigger\n")
    assert "[On knots](/blog/knots/)" in client.get("/tag/rope.md").content.decode()


def test_a_page_answers_in_markdown_who_prefers_it(client):
    ArticleFactory(slug="knots")

    for path in ["/blog/knots/", "/blog/"]:
        asked = client.get(path, headers={"accept": "text/markdown, text/html;q=0.5"})
        browser = client.get(path, headers={"accept": "text/html,*/*;q=0.8"})
        assert (asked["Content-Type"], browser["Content-Type"]) == (MARKDOWN, "text/html; charset=utf-8")
        assert "Accept" in asked["Vary"]
        assert "Accept" in browser["Vary"]


def test_a_page_names_its_twin_with_what_was_asked_of_it(client):
    link = '<link rel="alternate" type="text/markdown" href="{}">'

    assert link.format("/index.md") in client.get("/").content.decode()
    assert link.format("/search.md?q=a%22") in client.get("/search/?x=1&q=a%22").content.decode()


def test_a_twin_says_which_page_it_is_the_twin_of_and_leads_to_what_lies_below_that(client):
    ArticleFactory(title="On knots", slug="knots", category__slug="ropes", hashtags=["rope"])

    for path in ["/category/ropes", "/tag/rope", "/archive"]:
        twin, asked = client.get(f"{path}.md"), client.get(f"{path}/", headers={"accept": "text/markdown"})
        assert twin["Link"] == asked["Link"] == f'<http://testserver{path}/>; rel="canonical"'
        assert twin.content == asked.content
    assert "(/category/ropes/feed/)" in client.get("/category/ropes.md").content.decode()


def test_the_articles_of_a_listing_are_headings_and_text_in_its_twin(client):
    ArticleFactory(title="On knots", slug="knots", summary="How to tie them.", hashtags=["rope"])

    text = client.get("/blog.md").content.decode()

    assert "## [On knots](/blog/knots/)" in text
    assert "  How to tie them." in text
    assert "<" not in text


def test_a_hashtag_and_its_count_are_two_words_in_a_twin(client):
    ArticleFactory(hashtags=["rope"])

    assert "rope 1 article](/tag/rope/)" in client.get("/tag.md").content.decode()


def test_a_page_that_is_not_there_has_no_twin(client):
    answer = client.get("/nowhere.md")

    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")
    assert "text/markdown" not in answer.content.decode()


def test_the_desk_has_no_twins(client):
    assert client.get("/admin/login.md").status_code != 200
    asked = client.get("/admin/login/", headers={"accept": "text/markdown"})
    assert asked["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/.md", "/blog/%00.md", "/blog/" + "x" * 5_000 + ".md", "/%ED%A0%80.md"])
def test_no_address_is_too_strange(client, path):
    assert client.get(path).status_code in (301, 404)


STRANGE = [
    "text/markdown;a*=xyz''%ff",
    "text/html;q=0.1, text/markdown;a*=utf-8''%ff",
    "text/markdown;a*=''",
    "text/markdown;a*=rot13''%41",
    "text/markdown;a*=hex''%41",
    "text/markdown;a*=idna''%ff",
    "text/markdown;a*=\x00''x",
    "text/markdown;q=nan",
    'text/markdown;a="',
    "text/markdown;" * 2_000,
]


@pytest.mark.parametrize("accept", STRANGE)
@pytest.mark.parametrize("path", ["/", "/nowhere/"])
def test_no_wish_is_too_strange_with_or_without_the_page_cache(django_site, path, accept, tmp_path):
    """The cache asks it before Django is there to turn an error into an answer."""
    copies = CopiesByHand(tmp_path, 1_000_000)
    cache = PageCache(django_site, tokens=FakeTokens(), horizon=horizon, limit=1_000_000, copies=copies)
    status = 404 if path == "/nowhere/" else 200

    for application in (django_site, cache, cache):
        assert ask(application, path, ACCEPT=accept).status == status
