"""The desk check beside the form, as one writes."""

import pytest
from playwright.sync_api import expect

from blog.models import Article, ArticleFinding
from tests.factories import AuthorFactory, CategoryFactory

from .accessibility import violations_in_light_and_dark
from .desk import BODY, paste

pytestmark = pytest.mark.django_db(transaction=True)
BOX = (
    "<p>Text.</p><table><tr><td>Author</td><td>Ada Example</td></tr>"
    "<tr><td>Category</td><td>Databases</td></tr><tr><td>HashTags</td><td>#SQL #Java</td></tr></table>"
)


def panel(page):
    return page.get_by_role("region", name="Desk check")


def test_what_is_typed_is_checked_mended_by_keyboard_and_taken_back(desk):
    desk.locator(BODY).click()
    desk.keyboard.type("Indexes cost")
    expect(desk.locator("[data-spoken]")).to_contain_text("Desk check: ")
    desk.keyboard.type(" writes turn0search1.")

    expect(panel(desk)).to_contain_text("A chat program left a mark")
    expect(desk.locator("[data-spoken]")).to_contain_text("1 must be mended")

    panel(desk).get_by_role("button", name="Remove the marks").focus()
    desk.keyboard.press("Enter")

    expect(desk.locator(BODY)).to_have_text("Indexes cost writes.")
    expect(panel(desk).get_by_role("button", name="Undo")).to_be_focused()
    expect(panel(desk)).not_to_contain_text("must be mended")

    desk.keyboard.press("Enter")

    expect(desk.locator(BODY)).to_have_text("Indexes cost writes turn0search1.")
    expect(panel(desk)).to_contain_text("1 must be mended")
    assert ArticleFinding.objects.count() == 0
    assert Article.objects.get().body == ""


def test_the_editors_own_undo_takes_a_fix_back_too(desk):
    paste(desk, BODY, html="<p>Costs [web:1] much.</p>")
    panel(desk).get_by_role("button", name="Remove the marks").click()
    expect(desk.locator(BODY)).to_have_text("Costs much.")

    desk.locator(BODY).press("Control+z")

    expect(desk.locator(BODY)).to_contain_text("[web:1]")


def test_a_finding_leads_to_its_place(desk):
    paste(desk, BODY, html="<p>First.</p><h2>Empty one</h2><h2>Last</h2><p>x</p>")

    panel(desk).get_by_role("link", name="“Empty one”").click()

    assert desk.evaluate("getSelection().toString()").strip() == "Empty one"
    panel(desk).get_by_text("For your information").click()
    panel(desk).get_by_role("link", name="Title").first.click()
    expect(desk.locator("#id_title")).to_be_focused()


def test_a_pasted_box_goes_into_its_fields(desk):
    author, category = AuthorFactory(name="Ada Example"), CategoryFactory(name="Databases")
    desk.reload()
    desk.locator("#id_category").select_option("")
    desk.locator("#id_byline").evaluate("one => one.replaceChildren()")
    paste(desk, BODY, html=BOX)

    panel(desk).get_by_role("button", name="Lift into the fields").click()

    expect(desk.locator(BODY)).to_have_text("Text.")
    expect(desk.locator("#id_category")).to_have_value(str(category.pk))
    expect(desk.locator("#id_byline")).to_have_values([str(author.pk)])
    expect(desk.locator("#id_hashtags")).to_have_value("SQL, Java")


def test_the_panel_is_for_everyone_and_on_every_screen(desk):
    paste(desk, BODY, html="<h2>Empty</h2><p>Costs [web:1] much.</p>" + BOX)
    expect(panel(desk)).to_contain_text("must be mended")
    panel(desk).get_by_role("button", name="Remove the marks").click()
    expect(panel(desk)).to_contain_text("Done: Remove the marks.")

    assert violations_in_light_and_dark(desk, "section:has(> #desk-check-heading)") == []

    desk.set_viewport_size({"width": 320, "height": 800})
    assert desk.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_keeps_an_article_from_readers_is_said_once(desk, article):
    paste(desk, BODY, html="<p>First.</p><h2>Empty one</h2>")

    desk.get_by_role("button", name="Publish", exact=True).click()

    expect(desk.locator(".to-mend")).to_contain_text("Nothing stands below “Empty one”.")
    expect(desk.locator(".errorlist.nonfield")).to_be_hidden()
