"""The body editor in a real browser: what is written is what is stored, and stays so."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from blog.models import Picture
from careers.models import Role
from tests.factories import RoleFactory

from .accessibility import violations
from .conftest import two_roles
from .one_form import *  # noqa: F403 -- its fixtures
from .writing import answer, body, insert_comparison, open_article, press, save, stored, to_the_end


@pytest.fixture(scope="module")
def catalogue(for_the_module):
    return for_the_module(two_roles)


def test_what_is_written_is_stored_in_its_canonical_form_and_stays_so(
    desk, article, catalogue, complaints, tmp_path
):
    Image.new("RGB", (900, 300), "teal").save(tmp_path / "trail.png")
    body(desk).click()
    desk.keyboard.type("An opening paragraph.")
    desk.keyboard.press("Enter")
    press(desk, "heading 2")
    desk.keyboard.type("Pay & place")
    desk.keyboard.press("Enter")
    press(desk, "Insert table")
    desk.get_by_label("Caption", exact=True).fill("Pay by role")
    desk.get_by_label("Rows").fill("2")
    desk.get_by_label("Columns").fill("2")
    answer(desk, "Insert table")
    body(desk).locator("table").wait_for()
    for word in ("Role", "Pay", "Engineer"):
        desk.keyboard.type(word)
        desk.keyboard.press("Tab")
    desk.keyboard.type("50")
    to_the_end(desk)
    press(desk, "Code block")
    desk.keyboard.type("def f():")
    desk.get_by_label("Language of this code").select_option("python")
    to_the_end(desk)
    press(desk, "Insert picture")
    desk.get_by_label("Upload a picture").set_input_files(tmp_path / "trail.png")
    desk.get_by_text("Uploaded.").wait_for()
    desk.get_by_label("What it shows").fill("A trail")
    answer(desk, "Use this picture")
    body(desk).locator("figure").wait_for()
    to_the_end(desk)
    insert_comparison(desk)
    desk.locator(".live-block-editor").wait_for()
    save(desk)

    token = Picture.objects.latest("pk").token
    first = stored(article)
    assert first.splitlines() == [
        "<p>An opening paragraph.</p>",
        "<h2>Pay &amp; place</h2>",
        *["<table>", "<caption>Pay by role</caption>"],
        *["<thead>", "<tr>", "<th>Role</th>", "<th>Pay</th>", "</tr>", "</thead>"],
        *["<tbody>", "<tr>", "<td>Engineer</td>", "<td>50</td>", "</tr>", "</tbody>", "</table>"],
        '<pre><code class="language-python">def f():</code></pre>',
        f'<figure data-picture="{token}"><img src="/media/pictures/{token}/800.jpg" alt="A trail" '
        'width="900" height="300"></figure>',
        '<careers-block data-kind="comparison" data-ref="data-engineer,ml-engineer"></careers-block>',
    ]

    # By the mouse: a key within the 20 ms after the focus can still be undone by the editor's own
    # setting of the caret.
    body(desk).locator("p").first.click(position={"x": 1, "y": 8})
    desk.keyboard.type("Anew: ")
    save(desk)

    assert stored(article) == first.replace("<p>An", "<p>Anew: An")
    assert complaints == []


def test_a_live_block_is_shown_edited_and_removed_by_keyboard(desk, article, catalogue, complaints):
    body(desk).click()
    insert_comparison(desk)
    block = desk.get_by_role("group", name="Live block Comparison")
    frame = desk.frame_locator(".live-block-frame")
    frame.get_by_role("heading", name="Data Engineer and ML Engineer compared").wait_for()

    block.get_by_role("button", name="Edit").focus()
    desk.keyboard.press("Enter")
    desk.get_by_label("Own heading").fill("Which one?")
    desk.keyboard.press("Enter")

    frame.get_by_role("heading", name="Which one?").wait_for()
    save(desk)
    assert 'data-heading="Which one?"' in stored(article)

    block.get_by_role("button", name="Remove").focus()
    desk.keyboard.press("Enter")
    save(desk)
    assert stored(article) == ""
    assert complaints == []


def test_a_live_block_on_a_narrow_screen_scrolls_instead_of_being_cut(desk, article, catalogue):
    desk.set_viewport_size({"width": 320, "height": 800})
    body(desk).click()
    insert_comparison(desk)
    desk.frame_locator(".live-block-frame").get_by_role("table").wait_for()
    region = desk.get_by_role("group", name="Preview", exact=True)

    desk.locator(".live-block-frame.has-table").wait_for()
    region.focus()
    desk.keyboard.press("ArrowRight")

    expect(region).not_to_have_js_property("scrollLeft", 0)
    width, frame = region.evaluate("e => [e.clientWidth, e.firstChild.contentDocument.body.scrollWidth]")
    assert frame > 600 > width
    assert desk.evaluate("document.documentElement.scrollWidth") == 320


def test_a_selected_live_block_opens_on_enter_and_goes_on_delete(desk, article, catalogue):
    body(desk).click()
    insert_comparison(desk)
    desk.locator(".live-block-name").click()

    desk.keyboard.press("Enter")
    desk.get_by_role("dialog", name="Change the live block").wait_for()
    desk.keyboard.press("Escape")
    desk.locator(".live-block-name").click()
    desk.keyboard.press("Delete")

    assert desk.locator(".live-block-editor").count() == 0


def test_a_comparison_of_one_role_is_refused_in_the_dialog(desk, catalogue):
    body(desk).click()
    press(desk, "Insert live block")
    desk.get_by_label("First role").select_option(label="ML Engineer")
    answer(desk, "Insert")

    assert desk.get_by_role("alert").inner_text() == "Choose at least two roles to compare."


def test_certifications_are_chosen_by_role_skill_or_provider(desk, article, catalogue):
    body(desk).click()
    press(desk, "Insert live block")
    desk.get_by_label("What to show").select_option("certifications")
    desk.get_by_label("Which role").select_option(label="Data Engineer")
    answer(desk, "Insert")
    save(desk)

    assert stored(article) == (
        '<careers-block data-kind="certifications" data-by="role" data-ref="data-engineer"></careers-block>'
    )


def test_a_block_whose_role_is_withdrawn_says_so_and_can_be_mended(desk, article, catalogue):
    RoleFactory(slug="withdrawn", status=Role.Status.DRAFT)
    article.body = '<careers-block data-kind="role-card" data-ref="withdrawn"></careers-block>'
    article.save()

    open_article(desk, article)
    desk.get_by_role("status").get_by_text("Readers see nothing here.").wait_for()
    desk.get_by_role("button", name="Edit live block").click()

    assert desk.get_by_label("Role", exact=True).input_value() == "withdrawn"
    desk.get_by_label("Role", exact=True).select_option(label="ML Engineer")
    answer(desk, "Change")
    save(desk)
    assert 'data-ref="ml-engineer"' in stored(article)


def test_a_live_block_goes_after_a_picture_without_a_caption_and_never_in_its_place(
    desk, article, catalogue, tmp_path
):
    Image.new("RGB", (90, 30), "teal").save(tmp_path / "trail.png")
    press(desk, "Insert picture")
    desk.get_by_label("Upload a picture").set_input_files(tmp_path / "trail.png")
    desk.get_by_text("Uploaded.").wait_for()
    desk.get_by_label("What it shows").fill("A trail")
    answer(desk, "Use this picture")
    desk.locator(".picture-editor figcaption").click()

    insert_comparison(desk)
    desk.locator(".live-block-editor").wait_for()
    save(desk)

    assert [line.split()[0] for line in stored(article).splitlines()] == ["<figure", "<careers-block"]


def test_a_picture_without_words_is_refused_unless_it_is_decoration(desk, article, tmp_path):
    Image.new("RGB", (40, 20), "teal").save(tmp_path / "trail.png")
    body(desk).click()
    press(desk, "Insert picture")
    desk.get_by_label("Upload a picture").set_input_files(tmp_path / "trail.png")
    desk.get_by_text("Uploaded.").wait_for()
    answer(desk, "Use this picture")
    assert "Say what the picture shows" in desk.get_by_role("alert").inner_text()

    desk.get_by_label("Decorative").check()
    answer(desk, "Use this picture")
    body(desk).locator("figcaption").click()
    desk.keyboard.type("Our trail")
    save(desk)

    assert 'alt=""' in stored(article)
    assert "<figcaption>Our trail</figcaption>" in article.body


def test_an_upload_that_is_no_picture_says_why(desk, tmp_path):
    (tmp_path / "x.png").write_text("<svg onload=alert(1)>")
    body(desk).click()
    press(desk, "Insert picture")
    desk.get_by_label("Upload a picture").set_input_files(tmp_path / "x.png")

    desk.get_by_text("Only JPEG, PNG, WebP and GIF pictures can be used.").wait_for()


def test_nothing_in_the_editor_keeps_anyone_out(desk, catalogue, article):
    article.body = (
        "<h2>a</h2><table><caption>b</caption><tr><th>c</th></tr><tr><td>d</td></tr></table>"
        '<pre><code class="language-python">x = 1</code></pre>'
        '<careers-block data-kind="role-card" data-ref="data-engineer"></careers-block>'
        '<careers-block data-kind="role-card" data-ref="nobody"></careers-block>'
    )
    article.save()
    open_article(desk, article)
    desk.get_by_role("status").get_by_text("Readers see nothing here.").wait_for()

    for scheme in ("light", "dark"):
        desk.emulate_media(color_scheme=scheme)
        assert violations(desk, ".prose-editor") == []
        for name in ("Insert live block", "Insert picture", "Insert table"):
            press(desk, name)
            assert violations(desk, "dialog") == []
            answer(desk, "Cancel")


def test_every_dialog_fits_a_narrow_dark_screen(desk, catalogue):
    desk.emulate_media(color_scheme="dark")
    desk.set_viewport_size({"width": 320, "height": 600})
    body(desk).click()

    for name in ("Insert live block", "Insert picture", "Insert table"):
        press(desk, name)
        box = desk.get_by_role("dialog").bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 320
        assert desk.get_by_role("dialog").evaluate("d => d.scrollWidth <= d.clientWidth"), name
        answer(desk, "Cancel")
