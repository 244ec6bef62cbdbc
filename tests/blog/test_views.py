"""What readers get at each address of the stories, and what they never do."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import ArticleReview, AuthorLink, ChangeNote, HashtagAlias, Picture
from tests.factories import (
    LONG_AGO,
    ArticleFactory,
    AuthorFactory,
    CategoryFactory,
    CredentialFactory,
    DraftFactory,
    RoleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
FAR_OFF = datetime(2999, 1, 1, tzinfo=UTC)
PAST = datetime(2026, 1, 6, tzinfo=UTC)


def text_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def world():
    """One public article, and one of each kind that readers must not learn of, alike but for their words."""
    common = {
        "category": CategoryFactory(name="Data", slug="data"),
        "authors": [AuthorFactory(name="Data desk", slug="data-desk")],
        "hashtags": ["Python"],
    }
    role = RoleFactory()
    articles = [
        ArticleFactory(title="Wordpublic", slug="wordpublic", **common),
        DraftFactory(title="Worddraft", slug="worddraft", **common),
        ArticleFactory(title="Wordscheduled", slug="wordscheduled", published_at=FAR_OFF, **common),
        ArticleFactory(title="Wordexpired", slug="wordexpired", expires_at=PAST, **common),
    ]
    for article in articles:
        article.roles.add(role)
    return articles


LISTINGS = [
    "/",
    "/blog/",
    "/category/",
    "/category/data/",
    "/author/",
    "/author/data-desk/",
    "/tag/",
    "/tag/python/",
    "/archive/",
    "/archive/2026/",
    "/archive/2026/1/",
]


@pytest.mark.parametrize("url", [*LISTINGS, "/blog/wordpublic/"])
def test_no_page_tells_of_what_is_not_public(client, world, url):
    text = text_of(client, url)

    assert [
        word for word in ("Worddraft", "Wordscheduled", "Wordexpired") if word.lower() in text.lower()
    ] == []


@pytest.mark.parametrize("url", ["/category/", "/author/", "/category/data/", "/archive/2026/"])
def test_counts_are_of_what_is_public(client, world, url):
    assert "1 article" in " ".join(text_of(client, url).split())


@pytest.mark.parametrize("url", ["/tag/", "/archive/"])
def test_counts_on_chips_are_of_what_is_public(client, world, url):
    assert '<span class="chip__count">1<' in text_of(client, url)


@pytest.mark.parametrize("slug", ["worddraft", "wordscheduled", "wordexpired", "unknown"])
def test_an_article_that_is_not_public_is_not_there(client, world, slug):
    assert client.get(f"/blog/{slug}/").status_code == 404


@pytest.mark.parametrize("url", LISTINGS)
def test_every_listing_stands_on_an_empty_site(client, url):
    expected = 200 if url in {"/", "/blog/", "/category/", "/author/", "/tag/", "/archive/"} else 404

    assert client.get(url).status_code == expected


# --- The home page ----------------------------------------------------------


def test_without_a_featured_article_the_newest_leads(client):
    ArticleFactory(title="Older")
    newest = ArticleFactory(title="Newest", published_at=datetime(2026, 3, 1, tzinfo=UTC))

    assert client.get("/").context["lead"] == newest


def test_the_home_page_leads_into_careers(client):
    first, second = RoleFactory(name="Data Engineer"), RoleFactory(name="Data Scientist")
    article = ArticleFactory(title="Engineer or scientist?")
    article.roles.add(first, second)

    text = text_of(client, "/")

    assert f'<option value="{first.slug}"' in text
    assert f'action="{reverse("careers:compare")}"' in text
    assert "Reading before you choose" in text


# --- The article page -------------------------------------------------------


def test_an_article_page_carries_everything_about_the_article(client):
    article = ArticleFactory(
        title="SQL & you",
        summary="Why joins matter.",
        body="<h2>First steps</h2><p>Text.</p><h2>Next steps</h2><p>More.</p>",
        authors=[AuthorFactory(name="Data desk"), AuthorFactory(name="Code desk")],
        hashtags=["SQL"],
        category=CategoryFactory(name="Databases"),
        updated_at=datetime(2026, 2, 1, tzinfo=UTC),
    )
    role, credential = RoleFactory(name="Data Engineer"), CredentialFactory(name="SQL Associate")
    article.roles.add(role)
    article.credentials.add(credential)

    text = text_of(client, article.get_absolute_url())

    for wanted in [
        "<h1>SQL &amp; you</h1>",
        "Why joins matter.",
        'aria-label="Breadcrumb"',
        "Data desk</a> and <a",
        '<time datetime="2026-01-05T09:00:00+00:00" title="5 January 2026, 09:00 UTC">5 January 2026</time>',
        ">1 February 2026</time>",
        "1 min read",
        '<h2 id="s-first-steps">First steps</h2>',
        '<a href="#s-next-steps">Next steps</a>',
        f'href="{role.get_absolute_url()}">Data Engineer</a>',
        f'href="{credential.get_absolute_url()}">SQL Associate</a>',
        'href="/tag/sql/"',
        f'href="{article.category.get_absolute_url()}">More in Databases</a>',
        'href="/search/">Search everything</a>',
    ]:
        assert wanted in text


def picture() -> Picture:
    return Picture.objects.create(title="A map", token="0123456789abcdef" * 2, width=1600, height=1000)


def test_a_cover_shows_on_cards_and_pages_and_in_shared_links(client):
    article = ArticleFactory(cover=picture(), cover_alt="A path that forks.")

    card, page = text_of(client, "/blog/"), text_of(client, article.get_absolute_url())

    assert '<img src="/media/pictures/' in card
    assert "A path that forks." not in card  # the title beside it says where the link leads
    assert 'alt="A path that forks." width="1600" height="1000" fetchpriority="high"' in page
    assert '<meta property="og:image" content="http://testserver/media/pictures/' in page


def test_without_a_cover_an_article_gets_a_landscape_in_the_tone_of_its_category(client):
    article = ArticleFactory()

    text = text_of(client, article.get_absolute_url())

    assert f'<div class="cover tone-{article.category_id % 8} terrain-{article.pk % 6}"></div>' in text
    assert f"/posters/article/{article.slug}/" in text


def test_an_author_is_shown_by_photograph_or_by_first_letter(client):
    shown = AuthorFactory(photo=picture(), photo_alt="A face")
    unshown = AuthorFactory(name="Zoe")

    assert 'alt="A face"' in text_of(client, shown.get_absolute_url())
    assert 'aria-hidden="true">Z</span>' in text_of(client, unshown.get_absolute_url())


def test_an_article_without_relatives_has_no_heading_for_them(client):
    article = ArticleFactory(hashtags=["SQL"])

    assert "Related articles" not in text_of(client, article.get_absolute_url())


def test_at_most_four_related_articles_are_shown(client):
    articles = ArticleFactory.create_batch(6, hashtags=["SQL"])

    response = client.get(articles[0].get_absolute_url())

    assert len(response.context["related"]) == 4
    assert "Related articles" in response.content.decode()


def test_an_article_about_two_roles_offers_their_comparison(client):
    article = ArticleFactory()
    article.roles.add(RoleFactory(slug="a-role", name="A"), RoleFactory(slug="b-role", name="B"))

    text = text_of(client, article.get_absolute_url())

    assert f"{reverse('careers:compare')}?role=a-role&amp;role=b-role" in text


def test_an_unpublished_subject_is_not_shown(client):
    article = ArticleFactory()
    article.roles.add(RoleFactory(name="Hidden role", status="draft"))
    article.credentials.add(CredentialFactory(name="Hidden exam", status="draft"))

    text = text_of(client, article.get_absolute_url())

    assert "Hidden" not in text


def test_what_an_author_wrote_in_a_field_stays_text(client):
    article = ArticleFactory(title="<script>alert(1)</script>", summary='"><img src=x onerror=alert(1)>')

    text = text_of(client, article.get_absolute_url())

    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_search_engines_are_told_what_the_editor_chose(client):
    article = ArticleFactory(
        seo_title="Chosen title", seo_description="Chosen words.", canonical_url="https://example.org/first"
    )

    text = text_of(client, article.get_absolute_url())

    assert "<title>Chosen title – Waymark</title>" in text
    assert '<meta name="description" content="Chosen words.">' in text
    assert '<link rel="canonical" href="https://example.org/first">' in text


def test_without_a_choice_an_article_is_its_own_best_address(client):
    article = ArticleFactory(slug="own")

    assert '<link rel="canonical" href="http://testserver/blog/own/">' in text_of(
        client, "/blog/own/?from=mail"
    )
    assert f"<title>{article.title} – Waymark</title>" in text_of(client, "/blog/own/")


# --- Slugs, hashtags, months -----------------------------------------------


def test_hashtags_stand_in_the_order_of_the_alphabet_whatever_their_case(client):
    ArticleFactory(hashtags=["careers", "YAML", "AI", "data quality", "Docker"])

    shown = client.get("/tag/").context["hashtags"]

    assert [hashtag.name for hashtag in shown] == ["AI", "careers", "data quality", "Docker", "YAML"]


@pytest.mark.parametrize("kind", ["blog", "category", "author", "tag"])
@pytest.mark.parametrize(
    "slug", ["unknown", "x" * 300, "a%00b", "gr%C3%B6%C3%9Fe", "%F0%9F%98%80", "a%2Fb", "%FF"]
)
def test_a_slug_nobody_gave_is_not_there(client, kind, slug):
    assert client.get(f"/{kind}/{slug}/").status_code == 404


@pytest.mark.parametrize("spelling", ["ML", "ml", "Machine-Learning", "MACHINELEARNING", "machine_learning"])
def test_another_spelling_of_a_hashtag_leads_to_the_hashtag(client, spelling):
    article = ArticleFactory(hashtags=["Machine Learning"])
    HashtagAlias.objects.create(name="ML", hashtag=article.hashtags.get())

    response = client.get(f"/tag/{spelling}/")

    assert (response.status_code, response.get("Location")) == (301, "/tag/machine-learning/")


@pytest.mark.parametrize("spelling", ["secret", "SECRET", "hush"])
def test_a_hashtag_only_drafts_carry_is_not_there(client, spelling):
    draft = DraftFactory(hashtags=["Secret"])
    HashtagAlias.objects.create(name="hush", hashtag=draft.hashtags.get())

    assert client.get(f"/tag/{spelling}/").status_code == 404


def test_hashtags_that_differ_in_a_sign_have_pages_of_their_own(client):
    article = ArticleFactory(hashtags=["C", "C++", "C#"])

    pages = [client.get(tag.get_absolute_url()) for tag in article.hashtags.all()]

    assert sorted(page.context["hashtag"].name for page in pages) == ["C", "C#", "C++"]


@pytest.mark.parametrize(
    "path", ["2026/13", "2026/0", "0", "1", "9999", "99999999999", "2025", "2026/2", "abc"]
)
def test_a_year_or_month_without_articles_is_not_there(client, path):
    ArticleFactory(published_at=LONG_AGO)

    assert client.get(f"/archive/{path}/").status_code == 404


def test_an_author_page_tells_who_that_is(client):
    author = AuthorFactory(name="Data desk", short_bio="Looks after data.", bio="First.\n\nSecond <b>.")
    AuthorLink.objects.create(author=author, label="Code", url="https://example.org/code")

    text = text_of(client, author.get_absolute_url())

    assert "Looks after data." in text
    assert "<p>Second &lt;b&gt;.</p>" in text
    assert 'href="https://example.org/code">Code</a>' in text


def test_an_empty_category_says_so_and_stays_out_of_search_engines(client):
    category = CategoryFactory()

    text = text_of(client, category.get_absolute_url())

    assert "Nothing has been published here yet." in text
    assert '<meta name="robots" content="noindex, follow">' in text


# --- What a page costs ------------------------------------------------------


def add_articles(count: int) -> None:
    category, author, role = CategoryFactory(), AuthorFactory(), RoleFactory()
    first = {"category": CategoryFactory._meta.model.objects.get(slug="data")}
    for number in range(count):
        article = ArticleFactory(
            authors=[author, AuthorFactory(), AuthorFactory._meta.model.objects.get(slug="data-desk")],
            hashtags=["Python", f"Tag {number} of {count}"],
            **(first if number % 2 else {"category": category}),
        )
        article.roles.add(role, RoleFactory())


@pytest.mark.parametrize("url", [*LISTINGS, "/blog/wordpublic/"])
def test_ten_more_rows_cost_what_two_cost(client, count_queries, world, url):
    add_articles(2)
    few = count_queries(client, url)

    add_articles(8)

    assert count_queries(client, url) == few


def test_readers_see_when_an_article_was_reviewed_and_what_has_changed(client):
    article = ArticleFactory()
    editor = UserFactory(username="somebody-on-the-staff")
    moment = datetime(2026, 3, 4, 9, tzinfo=UTC)
    ArticleReview.objects.create(article=article, reviewed_at=moment, reviewed_by=editor)
    for text in ("New <fees>.", "Another exam."):
        ChangeNote.objects.create(article=article, at=moment, by=editor, text=text)

    page = " ".join(client.get(article.get_absolute_url()).content.decode().split())

    assert "Reviewed <time" in page
    assert "What has changed</h2>" in page
    assert page.index("Another exam.") < page.index("New &lt;fees&gt;.")
    assert "somebody-on-the-staff" not in page


def test_an_article_nobody_reviewed_or_changed_says_nothing_of_it(client):
    page = client.get(ArticleFactory().get_absolute_url()).content.decode()

    assert "Reviewed" not in page
    assert "What has changed" not in page


def test_ten_changes_and_a_review_cost_what_none_cost(client, count_queries):
    article = ArticleFactory()
    address = article.get_absolute_url()
    none = count_queries(client, address)
    for number in range(10):
        ChangeNote.objects.create(article=article, at=timezone.now(), text=f"Change {number}.")
    ArticleReview.objects.create(article=article, reviewed_at=timezone.now())

    assert count_queries(client, address) == none
