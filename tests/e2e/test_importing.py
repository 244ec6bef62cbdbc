"""A text handed in becomes a draft: by the keyboard, in light and dark, on a narrow screen."""

import pytest
from playwright.sync_api import expect

from blog.models import Article
from tests.blog.handed_in import PLAIN, ROLES, TITLE, WORD
from tests.factories import CategoryFactory, RoleFactory

from .accessibility import violations_in_light_and_dark
from .desk import account, log_in, paste

PAGE = "/admin/blog/article/import/"


@pytest.fixture
def editor(page, live_server, transactional_db, complaints):
    CategoryFactory(name="Data")
    for slug, (name, *_) in ROLES.items():
        RoleFactory(slug=slug, name=name)
    account("editor")
    log_in(page, "editor")
    return page


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_bare_text_is_a_draft_and_its_pages_are_accessible_and_fit(editor):
    editor.get_by_role("link", name="Import an article").click()
    editor.set_viewport_size({"width": 320, "height": 800})
    assert violations_in_light_and_dark(editor) == []
    assert fits(editor)

    editor.get_by_label("Paste the text").fill(PLAIN)
    editor.get_by_role("button", name="Read it").click()
    expect(editor.get_by_text("2 sections without text")).to_be_visible()
    assert violations_in_light_and_dark(editor) == []
    assert fits(editor)

    editor.set_viewport_size({"width": 1280, "height": 900})
    assert violations_in_light_and_dark(editor) == []
    editor.get_by_label("Where the two differ").select_option(label="Heading 3")
    editor.get_by_role("button", name="Show again with my choices").press("Enter")
    expect(editor.get_by_role("heading", name="Where the two differ", level=3)).to_be_visible()
    editor.get_by_role("button", name="Make the draft").press("Enter")

    expect(editor.locator("#id_title")).to_have_value(TITLE)
    assert "<h3>Where the two differ</h3>" in Article.objects.get().body


def test_what_is_pasted_from_word_keeps_its_headings_and_gives_the_choice(editor, live_server, complaints):
    editor.goto(f"{live_server.url}{PAGE}")
    paste(editor, "#id_text", html=WORD, text="bare text")
    box = editor.get_by_label("Paste the text")
    assert "MsoTitle" in box.input_value()

    editor.get_by_role("button", name="Use the bare text instead").click()
    expect(box).to_have_value("bare text")
    box.fill("")
    paste(editor, "#id_text", html=WORD, text="bare text")
    editor.get_by_role("button", name="Read it").click()

    expect(editor.get_by_text("Read as Word")).to_be_visible()
    expect(editor.get_by_role("heading", name="What is a Data Engineer?")).to_be_visible()
    assert complaints == []


def test_plain_text_is_pasted_as_ever(editor, live_server):
    editor.goto(f"{live_server.url}{PAGE}")
    paste(editor, "#id_text", html="<span>One</span>", text="One")

    expect(editor.get_by_role("button", name="Use the bare text instead")).to_be_hidden()
