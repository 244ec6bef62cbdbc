import pytest

from blog.importing.plain_lines import is_wrapped, marked


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("One.\nTwo.", "One.\n\nTwo."),
        ("One:\n- a\n- b\nTwo.", "One:\n\n- a\n- b\n\nTwo."),
        ("• a\n• b", "- a\n- b"),
        ("1) a\n2) b", "1. a\n2. b"),
        ("  · a", "  - a"),
        ("|A|B|\n|1|2|", "|A|B|\n|---|---|\n|1|2|"),
        ("Text.\n|A|B|\n|---|---|\n|1|2|\nText.", "Text.\n\n|A|B|\n|---|---|\n|1|2|\n\nText."),
        ("A\tB\n1\t2", "| A | B |\n|---|---|\n| 1 | 2 |"),
        ("One.\n```\na\n- b\n```\nTwo.", "One.\n\n```\na\n- b\n```\n\nTwo."),
    ],
)
def test_lines_get_the_marks_they_lost(text, markdown):
    assert marked(text, is_plain=True) == markdown


def test_lines_of_markdown_stay_together():
    assert marked("One\ntwo.\n| A | B |\n| 1 | 2 |", is_plain=False) == (
        "One\ntwo.\n\n| A | B |\n|---|---|\n| 1 | 2 |"
    )


def test_what_a_program_broke_into_lines_is_one_paragraph():
    text = (
        "A text that some program broke at the seventieth character of each\n"
        "line goes on in the next one, and so its lines are no paragraphs of\n"
        "their own.\n\nThe next one is."
    )

    assert is_wrapped(text.split("\n"))
    assert marked(text, is_plain=True) == text


def test_short_lines_are_not_broken_ones():
    assert not is_wrapped(["A heading", "A sentence.", "Another heading", "Another sentence."])


def test_a_rule_of_dashes_is_no_table():
    assert marked("One.\n---\nTwo.", is_plain=True) == "One.\n\n---\n\nTwo."
