from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from blog.models import Picture
from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory, RoleFactory
from website import cards, posters

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


class Meta(HTMLParser):
    """What a site that shows a link reads of the page behind it."""

    def __init__(self, html):
        super().__init__()
        self.found = {}
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "meta" and (name := told.get("property") or told.get("name")):
            self.found.setdefault(name, []).append(told["content"])


@pytest.fixture
def told(client):
    def told(page):
        path = page if isinstance(page, str) else page.get_absolute_url()
        return Meta(client.get(path).content.decode()).found

    return told


def picture(width, **others):
    return Picture.objects.create(token="a" * 32, width=width, height=width // 2, **others)


def test_an_article_tells_who_wrote_what_and_when(told):
    article = ArticleFactory(
        title="Knots & ropes",
        summary="How to tie.",
        category=CategoryFactory(name="Sailing"),
        authors=[AuthorFactory(slug="ada"), AuthorFactory(slug="bo")],
        published_at=datetime(2026, 2, 3, 9, tzinfo=UTC),
        updated_at=datetime(2026, 4, 5, 9, tzinfo=UTC),
    )

    found = told(article)

    assert found["og:type"] == ["article"]
    assert found["og:site_name"] == ["Waymark"]
    assert found["og:title"] == ["Knots & ropes"]
    assert found["og:description"] == ["How to tie."]
    assert found["og:url"] == [SITE + article.get_absolute_url()]
    assert found["article:published_time"] == ["2026-02-03T09:00:00+00:00"]
    assert found["article:modified_time"] == ["2026-04-05T09:00:00+00:00"]
    assert found["article:author"] == [f"{SITE}/author/ada/", f"{SITE}/author/bo/"]
    assert found["article:section"] == ["Sailing"]
    assert found["twitter:card"] == ["summary_large_image"]


def test_what_was_written_for_search_engines_comes_first(told):
    article = ArticleFactory(
        seo_title="For links", seo_description="In short.", canonical_url="https://example.org/first/"
    )

    found = told(article)

    assert found["og:title"] == ["For links"]
    assert found["og:description"] == ["In short."]
    assert found["og:url"] == ["https://example.org/first/"]


def test_a_change_that_readers_are_not_told_of_is_not_told_here(told):
    moment = datetime(2026, 2, 3, 9, tzinfo=UTC)

    assert "article:modified_time" not in told(ArticleFactory(published_at=moment, updated_at=moment))


def test_the_cover_is_the_picture_of_an_article_that_has_one(told):
    found = told(ArticleFactory(cover=picture(1600, alt="A knot"), cover_alt="The knot here"))

    assert found["og:image"] == [f"{SITE}/media/pictures/{'a' * 32}/1200.jpg"]
    assert (found["og:image:width"], found["og:image:height"]) == (["1200"], ["600"])
    assert found["og:image:alt"] == ["The knot here"]


def test_the_library_describes_a_cover_of_which_nothing_is_said_here(told):
    assert told(ArticleFactory(cover=picture(1600, alt="A knot")))["og:image:alt"] == ["A knot"]


def test_a_decorative_cover_is_not_described(told):
    assert "og:image:alt" not in told(ArticleFactory(cover=picture(1600, is_decorative=True)))


@pytest.mark.parametrize(("width", "is_cover"), [(cards.NARROWEST - 1, False), (cards.NARROWEST, True)])
def test_a_cover_too_small_to_be_shown_large_gives_way_to_the_drawn_picture(told, width, is_cover):
    (image,) = told(ArticleFactory(cover=picture(width)))["og:image"]

    assert image.startswith(f"{SITE}/media/" if is_cover else f"{SITE}/posters/")


@pytest.mark.parametrize("factory", [ArticleFactory, RoleFactory])
def test_a_picture_is_drawn_for_what_has_none_and_it_is_there(client, told, factory):
    page = factory()
    found = told(page)

    assert found["og:image"] == [SITE + posters.address(page)]
    assert (found["og:image:width"], found["og:image:height"]) == (["1200"], ["630"])
    assert found["og:image:alt"][0].startswith(str(page))
    assert client.get(posters.address(page)).status_code == 200


def test_a_role_says_what_it_is(told):
    found = told(RoleFactory(name="Sailor", summary="Sails.", slug="sailor"))

    assert found["og:type"] == ["website"]
    assert found["og:title"] == ["Sailor"]
    assert found["og:description"] == ["Sails."]
    assert found["og:url"] == [f"{SITE}/careers/roles/sailor/"]


def test_a_listing_says_what_it_lists_and_has_no_picture(told):
    found = told(CategoryFactory(name="Sailing", description="Ropes and wind."))

    assert found["og:title"] == ["Sailing"]
    assert found["og:description"] == ["Ropes and wind."]
    assert found["twitter:card"] == ["summary"]
    assert "og:image" not in found


@pytest.fixture
def chosen_from():
    for slug in ("analyst", "tester"):
        RoleFactory(name=slug.title(), slug=slug)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/careers/", "Careers"),
        ("/careers/roles/", "Roles"),
        ("/careers/skills/", "Skills"),
        ("/careers/pathways/", "Pathways"),
        ("/careers/certifications/", "Certifications"),
        ("/careers/changes/", "What is changing in certifications"),
        ("/careers/compare/", "Compare roles"),
        ("/careers/compare/analyst-vs-tester/", "Analyst vs Tester"),
        ("/careers/choose/", "Which role fits you?"),
        ("/careers/choose/how/", "How it is worked out which role fits"),
    ],
)
def test_the_lists_and_the_tools_of_the_catalogue_say_what_they_are(told, chosen_from, path, title):
    found = told(path)

    assert found["og:title"] == [title]
    assert found["og:description"] == found["description"]  # what search engines read
    assert found["og:url"] == [SITE + path]
    assert found["twitter:card"] == ["summary"]


@pytest.mark.parametrize("asked", ["?role=analyst", "analyst-vs-nobody/"])
def test_a_comparison_of_nothing_is_the_page_where_one_chooses(told, chosen_from, asked):
    assert told(f"/careers/compare/{asked}")["og:url"] == [f"{SITE}/careers/compare/"]


def test_names_in_the_card_of_a_comparison_are_escaped_once(told):
    RoleFactory(name="<b>R & D</b>", slug="research")
    RoleFactory(name="Tester", slug="tester")

    found = told("/careers/compare/research-vs-tester/")

    assert found["og:title"] == ["<b>R & D</b> vs Tester"]
    assert found["og:description"][0].startswith("<b>R & D</b> and Tester side by side")
