"""What is pasted into the body editor, from documents that mean well and from those that lost their marks."""

from .writing import answer, body, press, save, stored

PASTE = """([kind, text]) => {
  const data = new DataTransfer()
  data.setData(kind, text)
  const target = document.querySelector(".ProseMirror")
  target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
}"""
PASTE_PICTURE = """async () => {
  const canvas = new OffscreenCanvas(40, 20)
  canvas.getContext("2d").fillRect(0, 0, 20, 20)
  const data = new DataTransfer()
  data.items.add(new File([await canvas.convertToBlob()], "pasted.png", { type: "image/png" }))
  const target = document.querySelector(".ProseMirror")
  target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
}"""


def test_a_pasted_picture_is_uploaded_and_asks_for_its_words(desk, article):
    body(desk).click()
    desk.evaluate(PASTE_PICTURE)
    desk.get_by_role("dialog", name="Insert a picture").wait_for()
    desk.get_by_text("pasted.png").wait_for()
    desk.get_by_label("What it shows").fill("A square")
    answer(desk, "Use this picture")
    save(desk)

    assert 'alt="A square" width="40" height="20"' in stored(article)


def test_pasted_documents_keep_headings_lists_and_tables(desk, article):
    body(desk).click()
    desk.evaluate(
        PASTE,
        [
            "text/html",
            '<b style="font-weight:normal" id="docs-internal-guid-1"><h1 style="color:red">Head</h1>'
            '<p><span style="font-weight:700">Bold</span> text</p><ul><li>one</li><li>two</li></ul>'
            "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
            '<script>alert(1)</script><img src="https://x.org/a.png"></b>',
        ],
    )
    save(desk)

    assert stored(article).replace("\n", "") == (
        "<h2>Head</h2><p><strong>Bold</strong> text</p><ul><li>one</li><li>two</li></ul>"
        "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
    )


def test_text_that_lost_its_marks_gets_its_headings_paragraphs_lists_and_tables_back(desk, article):
    body(desk).click()
    desk.evaluate(
        PASTE,
        [
            "text/plain",
            "Skills you need\nBoth roles write Python.\nMost weeks hold:\n- training\n- measuring\n"
            "Which one to choose?\n| Role | Focus |\n|---|---|\n| A | Models |\nImproving it is the work.",
        ],
    )
    save(desk)

    assert stored(article).replace("\n", "") == (
        "<h2>Skills you need</h2><p>Both roles write Python.</p><p>Most weeks hold:</p>"
        "<ul><li>training</li><li>measuring</li></ul><h2>Which one to choose?</h2>"
        "<table><thead><tr><th>Role</th><th>Focus</th></tr></thead><tbody><tr><td>A</td><td>Models</td></tr></tbody>"
        "</table><p>Improving it is the work.</p>"
    )


def test_lists_pasted_from_word_are_lists(desk, article):
    body(desk).click()
    bullet = "<span style='mso-list:Ignore'>·<span>&nbsp; </span></span>"
    desk.evaluate(
        PASTE,
        [
            "text/html",
            f"<p>Intro style=kept</p><p style='mso-list:l0 level1'>{bullet}one</p>"
            f"<p style='mso-list:l0 level1'>{bullet}<b>two</b></p><p>End</p>",
        ],
    )
    save(desk)

    assert stored(article).replace("\n", "") == (
        "<p>Intro style=kept</p><ul><li>one</li><li><strong>two</strong></li></ul><p>End</p>"
    )


def test_plain_text_with_lists_and_tables_becomes_what_it_shows(desk, article):
    body(desk).click()
    text = "## Head\nIntro a < b.\n\n- one **bold**\n- two\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"
    desk.evaluate(PASTE, ["text/plain", text])
    save(desk)

    assert stored(article).replace("\n", "") == (
        "<h2>Head</h2><p>Intro a &lt; b.</p><ul><li>one <strong>bold</strong></li><li>two</li></ul>"
        "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )


def test_a_link_is_made_from_an_address_without_its_beginning(desk, article):
    body(desk).click()
    desk.keyboard.type("word")
    desk.keyboard.press("Control+a")
    press(desk, "insert link")
    desk.get_by_label("Address", exact=True).fill("javascript:alert(1)")
    answer(desk, "Use this address")
    assert "An address begins with" in desk.get_by_role("alert").inner_text()

    desk.get_by_label("Address", exact=True).fill("example.org/a")
    answer(desk, "Use this address")
    save(desk)

    assert stored(article) == '<p><a href="https://example.org/a">word</a></p>'
