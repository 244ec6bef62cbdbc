"""The names beside the text, in a real browser: linked and made subjects with one press, and taken back."""

import pytest
from playwright.sync_api import expect

from tests.factories import CredentialFactory, SkillFactory

from .accessibility import violations
from .conftest import two_roles
from .one_form import *  # noqa: F403 -- its fixtures
from .writing import body, open_article, save, stored, to_the_end

TEXT = (
    "<p>A data engineer knows <code>Python</code>.</p>"
    "<p>Python comes <em>first</em>; then the Gold Badge.</p>"
)
LINKED = '<p><a href="/careers/skills/python/">Python</a> comes <em>first</em>; then the Gold Badge.</p>'
LIVE = '<careers-link data-ref="gold"></careers-link>'


@pytest.fixture(scope="module")
def facts(for_the_module):
    return for_the_module(named)


def named():
    return [
        *two_roles(),
        SkillFactory(name="Python", slug="python"),
        CredentialFactory(name="Gold Badge", slug="gold"),
    ]


@pytest.fixture
def names(desk, article, facts):
    """The list beside the form of an article with names in its text."""
    article.roles.clear()
    article.credentials.clear()
    article.body = TEXT
    article.save()
    open_article(desk, article)
    return desk.get_by_role("region", name="Names in the text")


def press(names, verb):
    names.get_by_role("button", name=verb, exact=True).click()


def test_names_are_linked_and_made_subjects_with_one_press(desk, article, facts, names, complaints):
    expect(names).to_contain_text("3 found, 0 linked")

    press(names, "Link Python")
    expect(names.get_by_role("status")).to_have_text("Linked “Python”.")
    expect(names).to_contain_text("3 found, 1 linked")
    press(names, "Link Gold Badge")
    expect(names).to_contain_text("3 found, 2 linked")
    press(names, "Add as subject: Data Engineer")
    expect(names.get_by_role("status")).to_have_text("“Data Engineer” is now a subject.")
    press(names, "Add as subject: Gold Badge")
    expect(desk.locator(".field-roles")).to_contain_text("Data Engineer")
    expect(names.get_by_role("button", name="Add as subject")).to_have_count(0)
    save(desk)

    assert stored(article).splitlines()[1] == LINKED.replace("Gold Badge", "§").replace(
        "the §", f"the {LIVE}"
    )
    assert "<code>Python</code>" in stored(article)
    assert [fact.slug for fact in (*article.roles.all(), *article.credentials.all())] == [
        "data-engineer",
        "gold",
    ]
    assert complaints == []


def test_each_press_can_be_taken_back(desk, article, names, complaints):
    press(names, "Link Python")
    expect(names).to_contain_text("3 found, 1 linked")
    press(names, "Undo")
    expect(names).to_contain_text("3 found, 0 linked")

    press(names, "Add as subject: Data Engineer")
    expect(desk.locator(".field-roles")).to_contain_text("Data Engineer")
    press(names, "Undo")
    expect(desk.locator(".field-roles")).not_to_contain_text("Data Engineer")
    expect(names.get_by_role("button", name="Add as subject: Data Engineer")).to_be_visible()

    press(names, "Link Python")
    expect(body(desk).get_by_role("link", name="Python")).to_be_visible()
    body(desk).click()
    desk.keyboard.press("Control+z")
    expect(body(desk).get_by_role("link", name="Python")).to_have_count(0)
    save(desk)

    assert stored(article) == TEXT.replace("</p><p>", "</p>\n<p>")
    assert not article.roles.exists()
    assert complaints == []


def test_what_is_typed_is_found_and_the_keyboard_is_enough(desk, article, names, complaints):
    body(desk).click()
    to_the_end(desk)
    desk.keyboard.type(" ML engineers too.")
    expect(names).to_contain_text("4 found, 0 linked")

    names.get_by_role("button", name="Link Gold Badge").focus()
    desk.keyboard.press("Enter")
    expect(names).to_contain_text("4 found, 1 linked")
    expect(names.get_by_role("button", name="Add as subject: Data Engineer")).not_to_be_focused()
    assert desk.evaluate("document.activeElement.closest('.names') !== null")
    assert complaints == []


def test_a_text_that_changed_meanwhile_is_left_alone(desk, article, names, complaints):
    desk.route("**/admin/blog/article/names/", lambda route: route.abort())
    body(desk).click()
    desk.keyboard.press("Control+a")
    desk.keyboard.type("Other words")
    press(names, "Link Python")

    expect(names.get_by_role("status")).to_have_text("The names cannot be looked for just now.")
    expect(body(desk)).to_have_text("Other words")


def test_the_list_keeps_nobody_out(desk, names):
    press(names, "Link Python")
    expect(names).to_contain_text("3 found, 1 linked")
    for width in (1280, 320):
        desk.set_viewport_size({"width": width, "height": 700})
        for scheme in ("light", "dark"):
            desk.emulate_media(color_scheme=scheme)
            assert violations(desk, ".names") == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= 320
