import pytest

from blog.canonical import read, write
from blog.importing.headings import empty_sections, guess, settle


def guessed(html, chosen=None):
    blocks = read(html)
    guesses = guess(blocks, chosen or {})
    return [(one.text, one.level) for one in guesses], write(blocks).replace("\n", "")


@pytest.mark.parametrize("text", ["Skills you need", "2. Learn Python", "Which one?", "C++", "Ärzte heute"])
def test_a_short_line_that_ends_like_no_sentence_is_a_heading(text):
    assert guessed(f"<p>{text}</p><p>More.</p>") == ([(text, 2)], f"<h2>{text}</h2><p>More.</p>")


@pytest.mark.parametrize(
    "text",
    [
        "A sentence.",
        "as follows",
        "Note:",
        "One, two,",
        "2026",
        "–",
        "A" * 101,
        "One<br>two",
        '<a href="/x">A link</a>',
    ],
)
def test_another_line_is_none(text):
    assert guessed(f"<p>{text}</p><p>More.</p>")[0] == []


def test_the_last_line_is_none_for_nothing_follows():
    assert guessed("<p>The end</p>")[0] == []


def test_where_a_text_marks_its_headings_only_bold_lines_are_taken_for_more():
    html = "<h2>One</h2><p><strong>Two</strong></p><p>Three</p><p>Four.</p>"

    assert guessed(html) == ([("Two", 3)], "<h2>One</h2><h3>Two</h3><p>Three</p><p>Four.</p>")


def test_what_somebody_chose_counts():
    html = "<p>One</p><p>Text.</p><p><strong>Two</strong></p><p>Text.</p>"

    assert guessed(html, {0: 0, 1: 3}) == (
        [("One", 0), ("Two", 3)],
        "<p>One</p><p>Text.</p><h3>Two</h3><p>Text.</p>",
    )


def test_a_numbered_heading_is_no_list_of_one():
    html = '<ol start="2"><li>Learn Python</li></ol><p>It is quick.</p>'

    assert guessed(html) == ([("2. Learn Python", 2)], "<h2>Learn Python</h2><p>It is quick.</p>")
    assert guessed("<ol><li>One</li><li>Two</li></ol><p>Text.</p>")[0] == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<h3>A</h3><h4>B</h4><h3>C</h3>", "<h2>A</h2><h3>B</h3><h2>C</h2>"),
        ("<h2>A</h2><h4>B</h4><h4>C</h4><h3>D</h3>", "<h2>A</h2><h3>B</h3><h3>C</h3><h3>D</h3>"),
        ("<h2><strong>A</strong></h2>", "<h2>A</h2>"),
        ("<h2><strong>A</strong> b</h2>", "<h2><strong>A</strong> b</h2>"),
    ],
)
def test_levels_leave_nothing_out_and_headings_are_not_bold_twice(before, after):
    blocks = read(before)
    changed = settle(blocks)

    assert write(blocks).replace("\n", "") == after
    assert changed == (before.replace("strong", "") != after.replace("strong", "") and "strong" not in before)


def test_a_section_is_empty_when_the_next_begins_at_once():
    blocks = read("<h2>A</h2><h3>B</h3><h3>C</h3><p>x</p><h3>D</h3><h2>E</h2><p>x</p><h2>F</h2>")

    assert list(empty_sections(blocks)) == ["B", "D", "F"]
