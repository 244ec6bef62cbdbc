"""The picture library in a browser: files come by button, drop and paste; the focus moves by keyboard."""

import base64
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from blog.models import Picture
from tests.blog.hostile_files import FORMAT, PIXELS, image_file, png
from tests.factories import ArticleFactory, UserFactory

from .accessibility import faults_on_a_desk_and_a_dark_phone

LIBRARY = "/admin/blog/picture/"
GIVE = """([kind, files, place]) => {
    const data = new DataTransfer()
    for (const [name, type, content] of files) {
        const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0))
        data.items.add(new File([bytes], name, { type }))
    }
    const given = { bubbles: true, cancelable: true }
    const event = kind === "paste"
        ? new ClipboardEvent("paste", { ...given, clipboardData: data })
        : new DragEvent(kind, { ...given, dataTransfer: data })
    document.querySelector(place).dispatchEvent(event)
}"""


@pytest.fixture
def cookies(live_server, client, transactional_db):
    client.force_login(UserFactory(is_superuser=True))
    host = urlsplit(live_server.url).hostname
    return [
        {"name": name, "value": morsel.value, "domain": host, "path": "/"}
        for name, morsel in client.cookies.items()
    ]


@pytest.fixture
def library(page, cookies, complaints):
    page.context.add_cookies(cookies)
    page.goto(LIBRARY)
    return page


def give(page, kind, *files, to="body"):
    """A drop or a paste as the browser sends it, without the machine's own clipboard."""
    sent = [(name, "image/png", base64.b64encode(data).decode()) for name, data in files]
    page.evaluate(GIVE, [kind, sent, to])


def a_picture(size=(300, 200)):
    return image_file(size).getvalue()


@pytest.fixture
def one(library):
    give(library, "drop", ("bridge.png", a_picture((900, 600))))
    expect(library.get_by_role("status")).to_contain_text("1 uploaded.")
    return Picture.objects.get()


def test_several_files_dropped_are_taken_or_refused_each_with_its_own_words(library, complaints):
    give(library, "dragover", ("a.png", b""))
    expect(library.locator(".picture-drop")).to_have_class("picture-drop is-over")
    give(
        library,
        "drop",
        ("bridge.png", a_picture()),
        ("drawing.png", b"<svg onload=alert(1)>"),
        ("bomb.png", png(13_000, 13_000)),
        ("large.png", bytes(10 * 1024 * 1024 + 1)),
        ("path.png", a_picture()),
    )

    expect(library.get_by_role("status")).to_contain_text("2 uploaded, 3 refused.")
    told = library.locator("[data-uploads] li").all_inner_texts()
    assert [FORMAT in told[1], PIXELS in told[2], "larger than 10 MB" in told[3]] == [True] * 3
    assert sorted(Picture.objects.values_list("title", flat=True)) == ["bridge.png", "path.png"]
    library.get_by_role("link", name="Say what bridge.png shows").click()
    expect(library.get_by_label("Title")).to_have_value("bridge.png")
    assert [text for text in complaints if "400 (Bad Request)" not in text] == []


def test_a_picture_pasted_anywhere_on_the_page_is_in_the_library(library, complaints):
    give(library, "paste", ("image.png", a_picture()))

    library.get_by_role("link", name="Show the library").click()
    expect(library.locator("#result_list tbody tr")).to_have_count(1)
    expect(library.locator("#result_list")).to_contain_text("Not described yet")
    assert complaints == []


def test_the_button_uploads_several_without_any_script(browser, cookies, base_url, tmp_path):
    (tmp_path / "bridge.png").write_bytes(a_picture())
    (tmp_path / "drawing.png").write_bytes(b"<svg>")
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(LIBRARY)

    page.get_by_label("Add pictures").set_input_files([tmp_path / "bridge.png", tmp_path / "drawing.png"])
    page.get_by_role("button", name="Upload").click()

    expect(page.get_by_text(f"“drawing.png”: {FORMAT}")).to_be_visible()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    context.close()


def test_the_focus_moves_by_keyboard_and_by_click_and_stays_after_saving(library, one):
    library.goto(f"{LIBRARY}{one.pk}/change/")
    across, down = library.get_by_label("Focus across"), library.get_by_label("Focus down")
    mark = library.get_by_role("button", name="Focus: 50 % from the left, 50 % from the top.")
    mark.focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown", "Shift+ArrowDown"):
        library.keyboard.press(key)
    expect(across).to_have_value("40")
    expect(down).to_have_value("56")

    image = library.locator(".picture-focus img")
    box = image.bounding_box()
    image.click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.25})
    expect(across).to_have_value("90")
    library.get_by_label("Description").fill("A bridge")
    library.get_by_role("button", name="Save", exact=True).click()

    expect(library.locator("#result_list")).to_contain_text("A bridge")
    one.refresh_from_db()
    assert (one.focus_x, one.focus_y) == (90, 25)
    cropped = ArticleFactory(cover=one, cover_alt="").get_absolute_url()
    library.goto(cropped)
    place = library.locator(".cover img").evaluate("image => getComputedStyle(image).objectPosition")
    assert place == "90% 20%"


def test_another_file_is_what_readers_see_at_once(library, one, tmp_path):
    body = f'<img src="/media/pictures/{one.token}/800.jpg" alt="A bridge" width="900" height="600">'
    article = ArticleFactory(body=body)
    library.goto(article.get_absolute_url())
    expect(library.locator(".prose img, article img").last).to_have_attribute("width", "900")
    (tmp_path / "other.png").write_bytes(a_picture((500, 500)))

    library.goto(f"{LIBRARY}{one.pk}/change/")
    expect(library.get_by_role("link", name=str(article))).to_be_visible()
    library.get_by_label("Another file").set_input_files(tmp_path / "other.png")
    library.get_by_label("Description").fill("A bridge")
    library.get_by_role("button", name="Save", exact=True).click()
    expect(library.locator("#result_list")).to_contain_text("500 × 500")

    library.goto(article.get_absolute_url())
    shown = library.get_by_role("img", name="A bridge")
    expect(shown).to_have_attribute("width", "500")
    assert shown.evaluate("async image => { await image.decode(); return image.naturalWidth }") > 0


def test_the_library_keeps_nobody_out_and_fits_a_phone(library, one):
    for address in (LIBRARY, f"{LIBRARY}{one.pk}/change/", f"{LIBRARY}add/", f"{LIBRARY}{one.pk}/delete/"):
        library.goto(address)
        assert faults_on_a_desk_and_a_dark_phone(library) == []


def test_what_is_pasted_into_an_article_and_not_taken_gets_its_sentence(desk):
    refused = desk.get_by_role("dialog", name="That did not work")
    for files, said in (
        ([("drawing.png", b"<svg onload=alert(1)>")], FORMAT),
        ([("bomb.png", png(13_000, 13_000))], PIXELS),
        ([("a.png", a_picture()), ("b.png", a_picture())], "One picture at a time, please"),
    ):
        give(desk, "paste", *files, to=".ProseMirror")
        expect(refused).to_contain_text(said)
        desk.keyboard.press("Escape")
        expect(refused).to_have_count(0)

    assert not Picture.objects.exists()


def test_the_dialog_of_an_article_refuses_what_is_too_large_and_names_of_files(desk):
    desk.get_by_role("button", name="Insert picture").click()
    upload = desk.get_by_label("Upload a picture")
    upload.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": bytes(10 * 1024 * 1024 + 1)})
    expect(desk.get_by_text("The picture is larger than 10 MB. Please make it smaller.")).to_be_visible()

    upload.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": a_picture()})
    expect(desk.get_by_text("Uploaded.")).to_be_visible()
    desk.get_by_label("What it shows").fill("a_final.png")
    desk.get_by_role("button", name="Use this picture").click()
    expect(desk.get_by_role("alert")).to_contain_text("This looks like the name of a file.")
