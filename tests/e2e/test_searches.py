"""The search console in a real browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import ArticleFactory, RoleFactory
from website.models import SearchCount
from website.search import rebuild

from .accessibility import violations_in_light_and_dark
from .test_desk import desk  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_editor_puts_a_page_first_and_readers_find_it(desk, page):  # noqa: F811
    RoleFactory(name="Rigger", slug="rigger")
    ArticleFactory(title="A rigger tells", slug="a-rigger-tells")
    list(rebuild())
    SearchCount.objects.create(text="rigger", day=timezone.localdate(), times=7, in_vain=1)
    editor = desk("editor", viewport={"width": 320, "height": 700})

    editor.goto("/admin/searches/")
    assert violations_in_light_and_dark(editor) == []
    assert editor.evaluate("document.documentElement.scrollWidth") <= 320
    editor.get_by_role("link", name="rigger", exact=True).click()
    expect(editor.get_by_text("Called exactly that: 200 + 9 for its kind")).to_be_visible()
    assert violations_in_light_and_dark(editor) == []
    assert editor.evaluate("document.documentElement.scrollWidth") <= 320
    editor.locator("tr", has_text="A rigger tells").get_by_role("button", name="Put first").click()
    expect(editor.get_by_text("stands first from now on")).to_be_visible()

    page.goto("/search/?q=Riggers")
    expect(page.locator(".search__title").first).to_have_text("A rigger tells")
