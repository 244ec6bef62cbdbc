"""Taking an article down, and what readers find where it was, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.factories import LONG_AGO, ArticleFactory
from website.models import MissingAddress
from website.signposts import Choice, put_up

from .accessibility import violations_in_light_and_dark
from .test_desk import desk  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_editor_unpublishes_leads_readers_on_and_they_arrive(desk, page):  # noqa: F811
    old, new = (
        ArticleFactory(slug="old", hashtags=["Python"]),
        ArticleFactory(slug="new", hashtags=["Python"]),
    )
    editor = desk("publisher", viewport={"width": 320, "height": 700})
    editor.goto(f"/admin/blog/article/{old.pk}/change/")

    editor.locator("#id_title").fill("A better title")
    editor.get_by_role("button", name="Unpublish").click()
    expect(editor.get_by_text("Nothing has happened yet")).to_be_visible()
    assert violations_in_light_and_dark(editor) == []
    editor.get_by_label("Lead readers to another page").check()
    editor.get_by_role("button", name=new.title).click()
    assert editor.evaluate("document.documentElement.scrollWidth") <= 320
    editor.get_by_role("button", name="Unpublish").press("Enter")
    expect(editor.get_by_text("as a draft.")).to_be_visible()

    old.refresh_from_db()
    assert (old.state, old.title) == ("draft", "A better title")
    page.goto("/blog/old/")
    assert page.url.endswith("/blog/new/")


def test_where_an_article_was_withdrawn_everyone_can_read_why(page):
    put_up(["/blog/a/"], Choice("withdrawn", reason="It was wrong."), by=None, now=LONG_AGO)
    page.set_viewport_size({"width": 320, "height": 700})

    assert page.goto("/blog/a/").status == 410
    expect(page.get_by_text("It was wrong.")).to_be_visible()
    assert violations_in_light_and_dark(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_missing_address_is_mended_with_one_press(desk):  # noqa: F811
    ArticleFactory(slug="python-guide")
    for path in ("/blog/python-guides/", "/nothing-like-it/"):
        MissingAddress.objects.create(path=path, times=2, last_asked_on=LONG_AGO)
    editor = desk("editor", viewport={"width": 320, "height": 700})
    editor.goto("/admin/missing/")
    assert violations_in_light_and_dark(editor) == []
    assert editor.evaluate("document.documentElement.scrollWidth") <= 320

    editor.get_by_role("button", name="Lead to /blog/python-guide/").click()
    expect(editor.get_by_text("To undo this, delete its signpost")).to_be_visible()

    editor.goto("/blog/python-guides/")
    assert editor.url.endswith("/blog/python-guide/")


@pytest.mark.parametrize("address", ["signpost/", "signpost/add/", "redirect/"])
def test_the_lists_of_addresses_have_no_accessibility_fault(desk, address):  # noqa: F811
    put_up(["/a/"], Choice("gone"), by=None, now=LONG_AGO)
    moved = ArticleFactory(slug="a")
    moved.slug = "b"
    moved.save()
    editor = desk("editor")

    editor.goto(f"/admin/website/{address}")

    assert violations_in_light_and_dark(editor) == []
