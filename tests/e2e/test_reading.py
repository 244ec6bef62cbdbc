"""How the pages read in a real browser: for everyone, on a phone, in the dark, without JavaScript."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import expect

from tests.factories import ArticleFactory, AuthorFactory, CategoryFactory
from tests.website.test_every_page import URLS
from tests.website.test_every_page import site as site

from . import test_careers, test_choosing, test_embedding, test_pathways
from .accessibility import DESK, PHONE, sideways, violations_in_light_and_dark

pytestmark = pytest.mark.django_db(transaction=True)
ALL = {url for url in URLS if not re.search(r"\.|/feed/$|/suggest/|page=|^/api/.|^/oembed", url)}


def kind(address):
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return "missing"


# Judged where the facts are real, or long: a sample has less that could be wrong.
MODULES = (test_careers, test_choosing, test_embedding, test_pathways)
WITH_FACTS = {kind(url) for module in MODULES for url in module.PAGES}
PAGES = sorted(url for url in ALL if kind(url) not in WITH_FACTS)


def test_no_page_keeps_anyone_out_in_light_or_dark_nor_scrolls_sideways_nor_breaks_its_policy(page, site):
    faults, complaints = [], []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))

    for url in PAGES:
        page.set_viewport_size(DESK)
        page.goto(url)
        faults += violations_in_light_and_dark(page)
        page.set_viewport_size(PHONE)
        faults += sideways(page)

    assert faults == []
    assert [text for text in complaints if "Content Security Policy" in text or "Uncaught" in text] == []


def test_the_slash_key_leads_to_the_search_field(page, site):
    page.goto("/blog/sample/")

    page.keyboard.press("/")
    page.keyboard.type("a/b")

    assert page.locator("#header-search").input_value() == "a/b"


def test_the_first_tab_offers_the_way_past_the_header(page, site):
    page.goto("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("#main$"))
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_contents_fold_on_a_phone_and_stand_aside_on_a_desk(new_context, base_url, site):
    phone = new_context(viewport={"width": 360, "height": 700}, java_script_enabled=False).new_page()
    desk = new_context(viewport={"width": 1280, "height": 800}).new_page()
    for page in (phone, desk):
        page.goto(f"{base_url}/blog/sample/")

    assert not phone.locator(".contents__fold a").first.is_visible()
    phone.locator(".contents__fold summary").click()
    assert phone.locator(".contents__fold a").first.is_visible()
    assert desk.locator(".contents__side a").first.is_visible()


def test_the_contents_mark_where_the_reader_is(page, site):
    page.goto("/blog/sample/")

    page.locator(".contents__side a", has_text="Text").click()

    page.locator(".contents__side a[aria-current]", has_text="Text").wait_for()


def test_a_reader_without_javascript_gets_everything(new_context, base_url, site):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(base_url)

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Categories").click()
    page.get_by_role("main").get_by_role("link", name="Sample").click()
    page.get_by_role("link", name="Older").click()
    page.get_by_role("heading", name="Sample").get_by_role("link").click()
    page.get_by_role("link", name="Compare these roles").click()

    assert page.url.endswith("/careers/compare/another-vs-sample/")


@pytest.mark.parametrize("url", ["/", "/blog/sample/"])
def test_nothing_moves_after_the_first_paint(page, site, url):
    page.add_init_script("""
        window.shifted = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.shifted += entry.value;
        }).observe({type: "layout-shift", buffered: true});
    """)

    page.goto(url, wait_until="networkidle")

    assert page.evaluate("window.shifted") < 0.01


@pytest.mark.parametrize("link", [".kicker a", ".card .meta a", ".card__title a", ".section-heading a"])
def test_a_link_that_stands_alone_is_large_enough_for_a_finger(page, site, link):
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/")

    heights = page.locator(link).evaluate_all(
        "links => links.map(link => link.getBoundingClientRect().height)"
    )

    assert heights
    assert min(heights) >= 24


def test_even_the_longest_words_stay_on_the_narrowest_phone(new_context, base_url):
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    article = ArticleFactory(
        title=word,
        summary=word,
        body=f"<h2>{word}</h2><p>{word}</p><h2>B</h2><ul><li>{word}</li></ul><pre><code>{word}</code></pre>",
        category=CategoryFactory(name=word, description=word),
        authors=[AuthorFactory(name=word, bio=word)],
        hashtags=[word[:60]],
    )
    author, hashtag = article.bylines.get().author, article.hashtags.get()
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    too_wide = []

    for row in (article, article.category, author, hashtag):
        page.goto(base_url + row.get_absolute_url())
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            too_wide.append(page.url)

    assert too_wide == []


@pytest.mark.parametrize(("text", "found"), [("#ccc, #fff", 1), ("#000, #333", 1), ("#000, #fff", 0)])
def test_words_too_faint_in_light_or_in_dark_alone_would_be_noticed(page, text, found):
    style = f"background: light-dark(#fff, #000); color: light-dark({text}); color-scheme: light dark"
    page.set_content(
        f"<!doctype html><html lang=en style='{style}'><title>Faint</title><main><h1>Faint words</h1></main>"
    )

    assert len(violations_in_light_and_dark(page)) == found
