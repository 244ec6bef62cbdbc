"""What is pasted into the body editor, from documents that mean well and from those that lost their marks."""

import pytest

from blog.models import Article

from .writing import answer, body, press, save, stored, written

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


def test_a_pasted_picture_is_uploaded_and_asks_for_its_words(sheet):
    body(sheet).click()
    sheet.evaluate(PASTE_PICTURE)
    sheet.get_by_role("dialog", name="Insert a picture").wait_for()
    sheet.get_by_text("pasted.png").wait_for()
    sheet.get_by_label("What it shows").fill("A square")
    answer(sheet, "Use this picture")
    save(sheet)

    assert 'alt="A square" width="40" height="20"' in stored(Article.objects.get())


def test_pasted_documents_keep_headings_lists_and_tables(sheet):
    body(sheet).click()
    sheet.evaluate(
        PASTE,
        [
            "text/html",
            '<b style="font-weight:normal" id="docs-internal-guid-1"><h1 style="color:red">Head</h1>'
            '<p><span style="font-weight:700">Bold</span> text</p><ul><li>one</li><li>two</li></ul>'
            "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
            '<script>alert(1)</script><img src="https://x.org/a.png"></b>',
        ],
    )
    save(sheet)

    assert stored(Article.objects.get()).replace("\n", "") == (
        "<h2>Head</h2><p><strong>Bold</strong> text</p><ul><li>one</li><li>two</li></ul>"
        "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
    )


def test_text_that_lost_its_marks_gets_its_headings_paragraphs_lists_and_tables_back(sheet):
    body(sheet).click()
    sheet.evaluate(
        PASTE,
        [
            "text/plain",
            "Skills you need\nBoth roles write Python.\nMost weeks hold:\n- training\n- measuring\n"
            "Which one to choose?\n| Role | Focus |\n|---|---|\n| A | Models |\nImproving it is the work.",
        ],
    )

    assert written(sheet).replace("\n", "") == (
        "<h2>Skills you need</h2><p>Both roles write Python.</p><p>Most weeks hold:</p>"
        "<ul><li>training</li><li>measuring</li></ul><h2>Which one to choose?</h2>"
        "<table><thead><tr><th>Role</th><th>Focus</th></tr></thead><tbody><tr><td>A</td><td>Models</td></tr></tbody>"
        "</table><p>Improving it is the work.</p>"
    )


def test_lists_pasted_from_word_are_lists(sheet):
    body(sheet).click()
    bullet = "<span style='mso-list:Ignore'>·<span>&nbsp; </span></span>"
    sheet.evaluate(
        PASTE,
        [
            "text/html",
            f"<p>Intro style=kept</p><p style='mso-list:l0 level1'>{bullet}one</p>"
            f"<p style='mso-list:l0 level1'>{bullet}<b>two</b></p><p>End</p>",
        ],
    )

    assert written(sheet).replace("\n", "") == (
        "<p>Intro style=kept</p><ul><li>one</li><li><strong>two</strong></li></ul><p>End</p>"
    )


def test_plain_text_with_lists_and_tables_becomes_what_it_shows(sheet):
    body(sheet).click()
    text = "## Head\nIntro a < b.\n\n- one **bold**\n- two\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"
    sheet.evaluate(PASTE, ["text/plain", text])

    assert written(sheet).replace("\n", "") == (
        "<h2>Head</h2><p>Intro a &lt; b.</p><ul><li>one <strong>bold</strong></li><li>two</li></ul>"
        "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )


def test_a_link_is_made_from_an_address_without_its_beginning(sheet):
    body(sheet).click()
    sheet.keyboard.type("word")
    sheet.keyboard.press("Control+a")
    press(sheet, "insert link")
    sheet.get_by_label("Address", exact=True).fill("javascript:alert(1)")
    answer(sheet, "Use this address")
    assert "An address begins with" in sheet.get_by_role("alert").inner_text()

    sheet.get_by_label("Address", exact=True).fill("example.org/a")
    answer(sheet, "Use this address")
    body(sheet).get_by_role("link", name="word").wait_for()

    assert written(sheet) == '<p><a href="https://example.org/a">word</a></p>'


MARKDOWN = """# Title
Text with *two* [words](https://example.org/a?b=1&c="d) and `code *as* is`.

- one
  1. deep
- ~~two~~

> A **quote**

```python
if a < b:
    - no list
```

| A | B |
|---|---|
| 1 | `2` |

###### Small"""


def flat(sheet):
    return written(sheet).replace("\n", "")


def paste(sheet, kind, text):
    body(sheet).click()
    sheet.evaluate(PASTE, [kind, text])


def test_pasted_markdown_becomes_what_it_marks(sheet):
    paste(sheet, "text/plain", MARKDOWN)

    assert written(sheet).replace("\n", "~") == (
        "<h2>Title</h2>~"
        '<p>Text with <em>two</em> <a href="https://example.org/a?b=1&amp;c=&quot;d">words</a> and '
        "<code>code *as* is</code>.</p>~"
        "<ul>~<li>one~<ol>~<li>deep</li>~</ol>~</li>~<li><s>two</s></li>~</ul>~"
        "<blockquote>~<p>A <strong>quote</strong></p>~</blockquote>~"
        '<pre><code class="language-python">if a &lt; b:~    - no list</code></pre>~'
        "<table>~<thead>~<tr>~<th>A</th>~<th>B</th>~</tr>~</thead>~"
        "<tbody>~<tr>~<td>1</td>~<td><code>2</code></td>~</tr>~</tbody>~</table>~<h4>Small</h4>"
    )


def test_a_word_of_markdown_goes_into_the_sentence(sheet):
    body(sheet).click()
    sheet.keyboard.type("Before ")
    sheet.evaluate(PASTE, ["text/plain", "**bold** and [a link](/blog/)"])

    assert written(sheet) == '<p>Before <strong>bold</strong> and <a href="/blog/">a link</a></p>'


@pytest.mark.parametrize(
    "text", ["2 * 3 * 4 = 24", "snake_case_name", "a < b & c", "C:\\new|old", "-5 degrees"]
)
def test_a_line_that_is_no_markdown_stays_as_it_is(sheet, text):
    paste(sheet, "text/plain", text)

    shown = text.replace("&", "&amp;").replace("<", "&lt;")
    assert written(sheet) == f"<p>{shown}</p>"


def test_markdown_copied_out_of_an_editor_of_code_is_markdown(sheet):
    body(sheet).click()
    sheet.evaluate(
        """() => {
          const data = new DataTransfer()
          data.setData("text/plain", "## Head\\n- one\\n- two")
          data.setData("text/html", "<div style='font-family:mono'><div>## Head</div></div>")
          const target = document.querySelector(".ProseMirror")
          const event = { clipboardData: data, bubbles: true, cancelable: true }
          target.dispatchEvent(new ClipboardEvent("paste", event))
        }"""
    )

    assert flat(sheet) == "<h2>Head</h2><ul><li>one</li><li>two</li></ul>"


@pytest.mark.parametrize(
    "rows",
    [
        "<thead><tr><td>A</td><td>B</td></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody>",
        "<tr><td><p><b>A</b></p></td><td><strong>B</strong></td></tr><tr><td>1</td><td>2</td></tr>",
    ],
)
def test_a_pasted_table_has_the_header_cells_it_shows(sheet, rows):
    paste(sheet, "text/html", f"<table>{rows}</table>")

    assert flat(sheet) == (
        "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )


def test_a_pasted_heading_is_not_bold_on_top(sheet):
    paste(sheet, "text/html", "<h2><strong>All</strong></h2><h3>Only <b>part</b></h3><p>x</p>")

    assert flat(sheet) == "<h2>All</h2><h3>Only <strong>part</strong></h3><p>x</p>"


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("## Head", "<h2>Head</h2>"),
        ("- one", "<ul><li>one</li></ul>"),
        ("1. one", "<ol><li>one</li></ol>"),
        ("> said", "<blockquote><p>said</p></blockquote>"),
        ("``` code", "<pre><code>code</code></pre>"),
        ("**bold** ", "<p><strong>bold</strong></p>"),
        ("`code` ", "<p><code>code</code></p>"),
    ],
)
def test_marks_of_markdown_work_while_typing(sheet, typed, becomes):
    body(sheet).click()
    sheet.keyboard.type(typed)

    assert flat(sheet) == becomes
