from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.artefacts import without_artefacts
from blog.canonical import canonical, read
from blog.importing.blocks import every
from blog.importing.kinds import Unreadable
from blog.importing.manuscripts import Choices, read_manuscript
from blog.sanitising import clean

from . import handed_in
from .handed_in import EMPTY, FURNITURE, GUESSED, HASHTAGS, MARK, PLAIN, ROLES, TITLE

KINDS = [handed_in.PLAIN, handed_in.MARKDOWN, handed_in.HTML, handed_in.WORD]


def outline(body):
    return [(block.tag, block.text) for block in read(body) if block.tag in ("h2", "h3", "h4")]


def test_a_bare_text_becomes_an_article_without_a_hand_laid_on_it():
    made = read_manuscript(PLAIN, roles=ROLES)

    assert made.title == TITLE
    assert made.summary.startswith("One engineer lays the pipes")
    assert made.authors == ["Robin Field"]
    assert (made.published, made.published_text) == (None, "3 weeks ago")
    assert (made.category, made.hashtags) == ("Data", HASHTAGS)
    assert made.roles == ["data-engineer", "ml-engineer"]
    assert outline(made.body) == [("h2", text) for text in GUESSED]
    assert made.empty_sections == EMPTY
    assert made.body.count("<ul>") == 3
    assert made.body.count("<th>") == 3
    assert made.body.count("<tr>") == 3
    assert [(one.why, one.text) for one in made.cleaned[:2]] == [
        ("citation mark", MARK),
        ("line of the site it was copied from", FURNITURE),
    ]


def test_guesses_lines_of_the_site_and_comparisons_are_as_somebody_chose():
    number = read_manuscript(PLAIN, roles=ROLES).comparisons[0].number
    choices = Choices(levels={0: 3, 1: 0}, live=frozenset({number}), kept=frozenset({0}))

    made = read_manuscript(PLAIN, roles=ROLES, choices=choices)

    assert f"<p>{FURNITURE}</p>" in made.body
    assert "<p>What is an ML Engineer?</p>" in made.body
    assert 'data-ref="data-engineer,ml-engineer"' in made.body
    assert "<table>" not in made.body


def test_markdown_keeps_what_it_marks():
    made = read_manuscript(handed_in.MARKDOWN, roles=ROLES)

    assert (made.kind, made.title, made.authors) == ("Markdown", TITLE, ["Robin Field"])
    assert (made.published, made.hashtags) == (date(2026, 3, 4), "Data, Python, machine learning")
    assert outline(made.body) == [
        ("h2", "What is a Data Engineer?"),
        ("h3", "Tools"),
        ("h2", "Related reading"),
        ("h2", "In short"),
    ]
    assert made.guesses == []
    assert '<a href="https://example.org/map">the map</a>' in made.body
    assert f'<pre><code class="language-python">print("{MARK}")  # 【3†source】</code></pre>' in made.body
    assert "List&lt;String&gt;" in made.body
    assert "alert" not in made.body


def test_a_page_gives_its_article_and_nothing_round_it():
    made = read_manuscript(handed_in.HTML)

    assert (made.kind, made.title, made.authors) == ("HTML", TITLE, ["Robin Field"])
    assert made.published == date(2026, 3, 4)
    assert outline(made.body) == [("h2", "What is a Data Engineer?"), ("h3", "Too deep")]
    assert "<th>Tool</th>" in made.body
    for gone in ("onclick", "javascript", "About", "All rights", "†", "<img", "Example Blog"):
        assert gone not in made.body
    assert "picture from elsewhere: please upload it" in {one.why for one in made.cleaned}


def test_word_s_lists_tables_and_bold_lines_are_what_they_look_like():
    made = read_manuscript(handed_in.WORD)

    assert (made.kind, made.title, made.authors) == ("Word", TITLE, ["Robin Field"])
    assert outline(made.body) == [("h2", "What is a Data Engineer?"), ("h3", "In short")]
    flat = made.body.replace("\n", "")
    assert "<ul><li>building<ul><li>in SQL</li></ul></li><li>cleaning</li></ul>" in flat
    assert "<ol><li>first</li><li>second</li></ol>" in flat
    assert "<thead><tr><th>Tool</th><th>For</th></tr></thead>" in flat
    assert "<strong>lays</strong>" in flat


def test_sections_of_the_first_level_stay_above_those_below_them():
    made = read_manuscript("# Title\n\nText.\n\n# One\n\n## Two\n\nText.")

    assert (made.title, outline(made.body)) == ("Title", [("h2", "One"), ("h3", "Two")])


def test_a_title_that_the_text_repeats_stands_once():
    assert read_manuscript("---\ntitle: One two\n---\n\nOne two\n\nText.").body == "<p>Text.</p>"


def test_a_text_of_one_sentence_is_a_body_without_a_title():
    made = read_manuscript("Only this sentence.")

    assert (made.title, made.body) == ("", "<p>Only this sentence.</p>")


@pytest.mark.parametrize("text", ["", " \n\t ", "\0", "<p></p>", "<script>alert(1)</script>"])
def test_no_text_is_no_article(text):
    with pytest.raises(Unreadable, match="no text"):
        read_manuscript(text)


def test_what_is_nested_beyond_reason_is_refused_in_a_sentence():
    with pytest.raises(Unreadable, match="levels deep"):
        read_manuscript("<div>" * 2_000 + "a")


def leftovers(body):
    texts = [
        run.text
        for block in every(read(body))
        if block.tag != "pre"
        for run in block.runs
        if ("code", "") not in run.marks
    ]
    return [found for text in texts for found in without_artefacts(text)[1]]


@pytest.mark.parametrize("text", KINDS)
def test_no_artefact_is_left_and_the_body_is_in_its_one_spelling(text):
    body = read_manuscript(text, roles=ROLES).body

    assert leftovers(body) == []
    assert canonical(clean(body)) == body


PIECES = [
    *(
        "\n",
        "\n\n",
        " ",
        "- ",
        "* ",
        "1. ",
        "# ",
        "## ",
        "> ",
        "|",
        "|---|",
        "\t",
        "```",
        "`",
        "**",
        "_",
        "---\n",
    ),
    *(
        "Word",
        "A heading",
        "A sentence.",
        "é",
        "\u200b",
        "\ufdd0",
        "\ue200",
        "\ud800",
        "\0",
        "&",
        "&lt;",
        "<",
        ">",
    ),
    *(
        "<p>",
        "</p>",
        "<h1>",
        "</h1>",
        "<h2><strong>",
        "<ul><li>",
        "</ul>",
        "<table><tr><td>",
        "</table>",
        "<pre>",
    ),
    *(
        "<b style='font-weight:400'>",
        "<p class=MsoListParagraph>· ",
        "<script>",
        "<!--",
        "-->",
        "<nav>",
        "</nav>",
    ),
    *(
        "Author: ",
        "By ",
        "#Java ",
        "Date: ",
        MARK,
        "【1†a】",
        "citeturn0search0",
        "[a](https://a.org?utm_source=openai)",
    ),
    *(
        '<careers-block data-kind="comparison" data-ref="a,b"></careers-block>',
        "<img src=x>",
        "| Author | A | |\n",
    ),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["", "a.md", "a.html", "a.txt"]))
def test_whatever_is_handed_in_is_read_or_refused_in_a_sentence(pieces, name):
    try:
        made = read_manuscript("".join(pieces), name=name, roles=ROLES)
    except Unreadable:
        return

    assert canonical(clean(made.body)) == made.body
    assert leftovers(made.body) == []
    assert "<script" not in made.body


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_is_read_or_refused_in_a_sentence(text):
    try:
        made = read_manuscript(text)
    except Unreadable:
        return

    assert canonical(clean(made.body)) == made.body
