"""What chat programs leave in a text, and what only looks like it."""

import pytest

from blog import linting
from tests.blog.checked import found, mended, story

MARKS = [
    ":contentReference[oaicite:3]{index=3}",
    "contentReference[oaicite:12]",
    "[oaicite:4]",
    "oai_citation:0‡example.org",
    "[oai_citation:1‡example.org](https://example.org/page)",
    "citeturn2view3turn1search0",
    "turn0search12",
    "\ue200cite\ue202turn0search1\ue201",
    "【12†source】",
    "【4:0†notes.pdf】",
    "[web:1]",
    "[cite: 2, 3]",
    "[cite_start]",
    "[attached_file:1]",
    "\uf0b7",
    "utm_source=chatgpt.com",
]


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_of_a_chat_program_blocks_and_is_removed(mark):
    one = story(f"<p>Indexes cost writes {mark}. They help reads.</p>")

    (finding,) = found(one, rule="ai-marks")

    assert (finding.severity, finding.place.field, finding.place.block) == ("block", "body", 0)
    assert mended(one, "ai-marks").body == "<p>Indexes cost writes. They help reads.</p>"


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("code", ["<pre><code>{}</code></pre>", "<p>Such as <code>{}</code> in a log.</p>"])
def test_code_may_hold_any_mark(mark, code):
    one = story(code.format(mark))

    assert found(one, rule="ai-marks") == []


@pytest.mark.parametrize(
    "text",
    [
        "We return 1 view at turn 3.",
        "The nocturnal turn of 2024 search.",
        "See [1] and note [web].",
        "A list [source: the manual].",
        "Add utm_source=newsletter to links of your own.",
        "【注意】 is a heading in Japanese.",
        "The return0 flag",
    ],
)
def test_ordinary_text_is_no_mark(text):
    assert found(story(f"<p>{text}</p>"), rule="ai-marks") == []


@pytest.mark.parametrize("field", ["title", "summary", "seo_title", "seo_description", "cover_alt"])
def test_a_mark_in_a_line_is_found_in_its_field_and_removed(field):
    one = story(**{field: "What an index costs :contentReference[oaicite:1]{index=1}"})

    (finding,) = found(one, rule="ai-marks")

    assert finding.place.field == field
    assert getattr(mended(one, "ai-marks"), field) == "What an index costs"


def test_a_mark_that_formatting_cuts_in_two_goes_and_the_formatting_stays():
    one = story("<p>Plain <strong>bold :contentReference[oai</strong>cite:1] rest</p>")

    assert mended(one, "ai-marks").body == "<p>Plain <strong>bold</strong> rest</p>"


def test_a_paragraph_that_was_nothing_but_a_mark_goes():
    one = story("<p>First.</p><p>【3†source】</p><p>Last.</p>")

    assert mended(one, "ai-marks").body == "<p>First.</p>\n<p>Last.</p>"


def test_marks_go_from_lists_and_tables_too():
    one = story(
        "<ul><li>One [web:1]</li></ul><table><thead><tr><th>A [web:2]</th></tr></thead>"
        "<tbody><tr><td>turn1search2</td></tr></tbody></table>"
    )

    assert "web" not in mended(one, "ai-marks").body
    assert "turn1" not in mended(one, "ai-marks").body


@pytest.mark.parametrize(
    ("address", "cleaned"),
    [
        ("https://example.org/?utm_source=chatgpt.com", "https://example.org/"),
        ("https://example.org/?a=1&utm_source=chatgpt.com", "https://example.org/?a=1"),
        ("https://example.org/?utm_source=openai&a=1#part", "https://example.org/?a=1#part"),
        ("https://example.org/?utm_source=chatgpt.com#part", "https://example.org/#part"),
        ("https://example.org/?referrer=grok.com", "https://example.org/"),
    ],
)
def test_a_link_loses_what_says_where_it_was_copied(address, cleaned):
    one = story(f'<p>See <a href="{address.replace("&", "&amp;")}">the manual</a>.</p>')

    (finding,) = found(one, rule="ai-link")

    assert finding.place.excerpt == "the manual"
    assert f'<a href="{cleaned}">' in mended(one, "ai-link").body


@pytest.mark.parametrize("address", ["https://chatgpt.com/", "https://example.org/?utm_source=letter"])
def test_other_links_are_left_alone(address):
    assert found(story(f'<p><a href="{address}">The manual</a></p>'), rule="ai-link") == []


@pytest.mark.parametrize(
    "text",
    [
        "As an AI language model, I have no view.",
        "As a large language model I may be wrong.",
        "As of my last knowledge update, this was free.",
        "Certainly! Here is the table.",
        "I hope this helps!",
        "I cannot browse the internet.",
        "Would you like me to add examples?",
    ],
)
def test_a_machine_speaking_of_itself_blocks(text):
    (finding,) = found(story(f"<p>{text}</p>"), rule="ai-phrase")

    assert (finding.severity, finding.fix) == ("block", None)


@pytest.mark.parametrize(
    "text",
    [
        "Answers that begin “As an AI language model” are a sign.",
        "A large language model predicts words.",
        "Train it as an AI assistant would be trained.",
        "<code>As an AI language model</code>",
        "I hope this book helps you.",
    ],
)
def test_writing_about_such_machines_is_fine(text):
    one = story(f"<p>{text}</p>")

    assert [f for f in found(one, rule="ai-phrase") if "assistant" not in text] == []


def test_marks_without_number_are_gone_in_one_go():
    one = story(f"<p>{' '.join(MARKS)}</p><p>{' '.join(['turn0search1'] * 300)}</p><p>Left.</p>")

    assert linting.blocking(found(mended(one, "ai-marks"))) == []
