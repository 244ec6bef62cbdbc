"""The main job from end to end: written, published, found, read."""

import re

import pytest
from playwright.sync_api import expect

from blog.models import Article
from careers.models import Dimension
from tests.factories import AuthorFactory, CategoryFactory, RoleFactory

from . import desk, pasted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def newsroom():
    """Accounts, a section, a byline, and the two roles the catalogue knows."""
    desk.account("writer")
    desk.account("publisher")
    CategoryFactory(name="Artificial Intelligence", slug="artificial-intelligence")
    AuthorFactory(name="Careers desk", slug="careers-desk")
    Dimension.objects.create(key="main_focus", label="Main focus", value_kind=Dimension.ValueKind.FOCUS)
    for name, focus in zip(desk.BOTH_ROLES, ["Systems on language models", "Predictive models"], strict=True):
        RoleFactory(name=name, slug=name.lower().replace(" ", "-"), main_focus=focus)


@pytest.fixture
def reader(browser, browser_context_args, base_url):
    """Somebody without JavaScript."""
    context = browser.new_context(
        **{**browser_context_args, "java_script_enabled": False, "base_url": base_url}
    )
    yield context.new_page()
    context.close()


def write_the_article(page) -> None:
    desk.log_in(page, "writer")
    page.goto("/admin/blog/article/add/")
    page.get_by_label("Title:", exact=True).fill(pasted.TITLE)
    page.get_by_label("Summary:").fill("Two jobs that share a language and part at one question.")
    desk.paste(page, desk.BODY, html=pasted.HTML)
    page.get_by_label("Category:").select_option(label="Artificial Intelligence")
    desk.paste(page, ".field-hashtags .select2-search__field", text=pasted.HASHTAGS)
    desk.choose(page, page.locator(".field-byline .select2-selection"), "Careers desk")
    desk.insert_comparison(page)


def publish_it(page) -> None:
    desk.log_in(page, "publisher")
    page.goto("/admin/blog/article/")
    page.get_by_role("link", name=pasted.TITLE).click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("is live")


@pytest.mark.both_databases
def test_a_writer_writes_a_publisher_publishes_and_a_reader_without_javascript_finds_it(
    newsroom, page, reader
):
    write_the_article(page)
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist")).to_contain_text("as a draft")

    article = Article.objects.get()
    assert article.slug == "building-with-models-or-training-them-two-ai-roles-compared"
    assert {tag.key for tag in article.hashtags.all()} == {name.lower() for name in pasted.SPELLINGS}
    assert reader.goto(article.get_absolute_url()).status == 404

    desk.log_out(page)
    publish_it(page)

    for start in ["/", "/category/artificial-intelligence/", "/tag/python/", "/author/careers-desk/"]:
        reader.goto(start)
        reader.get_by_role("main").get_by_role("link", name=pasted.TITLE).first.click()
        expect(reader).to_have_url(re.compile(article.get_absolute_url()))
    reader.goto("/")
    reader.get_by_role("searchbox").first.fill("retrieval prompts")
    reader.get_by_role("searchbox").first.press("Enter")
    reader.get_by_role("main").get_by_role("link", name=pasted.TITLE).first.click()

    expect(reader.get_by_role("heading", level=1)).to_have_text(pasted.TITLE)
    comparison = reader.locator(".live-block--comparison table")
    expect(comparison.get_by_role("columnheader", name=desk.BOTH_ROLES[1])).to_be_visible()
    expect(comparison).to_contain_text("Predictive models")


def test_saving_a_second_time_without_a_change_leaves_the_body_as_it_was(newsroom, page):
    write_the_article(page)
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist")).to_contain_text("as a draft")
    body = Article.objects.get().body

    page.locator(desk.BODY).wait_for()
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist")).to_contain_text("as a draft")

    assert Article.objects.get().body == body
    assert "<script" not in body
    assert "<thead>\n<tr>\n<th>Subject</th>" in body


def test_what_was_typed_is_still_there_after_a_save_that_failed(newsroom, page):
    write_the_article(page)
    page.get_by_label("Title:", exact=True).fill("")
    page.locator("form#article_form").evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Save and continue editing").click()

    expect(page.locator(".to-mend")).to_contain_text("An article needs a title")
    expect(page.locator(desk.BODY)).to_contain_text("Here the model arrives finished")
    expect(page.locator(".field-byline")).to_contain_text("Careers desk")
    for spelling in pasted.SPELLINGS:
        expect(page.locator(".field-hashtags")).to_contain_text(spelling)
