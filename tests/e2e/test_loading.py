"""What a browser loads to show an article, and that nothing moves while it does."""

import pytest

from tests.factories import ArticleFactory, RoleFactory

pytestmark = pytest.mark.django_db(transaction=True)
# Buffered: what moved before anybody could look counts, too.
SHIFTS = """() => new Promise((told) => {
    new PerformanceObserver((list) => told(list.getEntries().map((entry) => entry.value)))
        .observe({ type: "layout-shift", buffered: true })
    setTimeout(() => told([]), 300)
})"""
DRAWN = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
BODY = "<h2>One</h2>" + "<p>Words that <em>fill</em> a line and then the next one.</p>" * 120


@pytest.fixture
def article():
    """With others beside it, whose covers are landscapes."""
    ArticleFactory.create_batch(3, hashtags=["python"])
    return ArticleFactory(body=BODY, hashtags=["python"])


def test_an_article_asks_for_five_files_and_for_landscapes_only_when_they_come_near(page, article):
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2] or "page"))

    page.goto(article.get_absolute_url(), wait_until="networkidle")
    at_first = sorted(name for name in asked if name != "favicon.svg")  # without a window it asks for none

    own = [f"contours-{article.pk % 6}.svg", f"route-{article.pk % 6}.svg"]
    assert at_first == sorted(["page", "site.css", "site.js", "newsreader.woff2", *own])
    with page.expect_request("**/contours-*.svg"):
        page.locator(".card .cover").last.scroll_into_view_if_needed()


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_while_a_page_loads_and_is_read(new_context, base_url, article, width):
    RoleFactory(slug="role")
    page = new_context(viewport={"width": width, "height": 800}).new_page()

    for address in ("/", article.get_absolute_url(), "/careers/roles/role/", "/search/?q=words"):
        page.goto(base_url + address)
        for _ in range(4):
            page.mouse.wheel(0, 900)
            page.evaluate(DRAWN)

        assert page.evaluate(SHIFTS) == [], address


def test_a_page_in_which_something_moves_is_found_out(page, article):
    page.goto(article.get_absolute_url())

    page.evaluate("document.querySelector('main').prepend(document.querySelector('footer'))")
    page.evaluate(DRAWN)

    assert sum(page.evaluate(SHIFTS)) > 0


def test_titles_are_set_in_the_one_font_that_is_loaded(page, article):
    page.goto(article.get_absolute_url())

    loaded = page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts].map((f) => f.style + f.status))"
    )

    assert "normalloaded" in loaded
