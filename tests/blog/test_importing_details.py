import pytest

from blog.canonical import read
from blog.importing.details import lift, lift_front_matter
from blog.sanitising import clean


def lifted(html):
    kept, details, _ = lift(read(clean(html)))
    return details, len(kept)


@pytest.mark.parametrize(
    ("line", "details"),
    [
        ("Author: Robin Field", {"author": "Robin Field"}),
        ("By Robin O'Field-Hill", {"author": "Robin O'Field-Hill"}),
        ("Published on : 3 March 2026", {"published": "3 March 2026"}),
        ("Category: Data", {"category": "Data"}),
        ("Tags: a, b", {"hashtags": "a, b"}),
        ("#Java #Machine_Learning #C++", {"hashtags": "#Java #Machine_Learning #C++"}),
        ("Meta description: What it is.", {"summary": "What it is."}),
        ("Author: A<br>Date: 2026-03-04", {"author": "A", "published": "2026-03-04"}),
    ],
)
def test_a_line_about_the_text_is_lifted_out_of_it(line, details):
    assert lifted(f"<p>{line}</p>") == (details, 0)


@pytest.mark.parametrize(
    "line",
    [
        "By hand it takes a week.",
        "by the way",
        "Author: A<br>and more",
        "Note: the author is unknown",
        "#1 is the best",
        "The date: unknown",
    ],
)
def test_a_line_of_the_text_stays(line):
    assert lifted(f"<p>{line}</p>") == ({}, 1)


def test_a_box_is_a_table_of_labels():
    box = (
        "<table><tr><td>Author</td><td>A B</td><td></td></tr><tr><td>Category:</td><td>Data</td></tr></table>"
    )

    assert lifted(f"<p>One.</p>{box}") == ({"author": "A B", "category": "Data"}, 1)


def test_a_table_that_only_begins_like_a_box_stays():
    rows = [["Category", "One", "Two"], ["Author", "A", "B"]]
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    table = f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"

    assert lifted(table) == ({}, 1)


def test_far_inside_a_text_a_label_is_part_of_it():
    filler = "<p>Some words.</p>" * 8

    assert lifted(f"{filler}<p>Date: 4 March 2026</p>{filler}") == ({}, 17)


def test_the_last_box_has_the_last_word():
    assert lifted("<p>By First Name</p><p>Author: Second Name</p>")[0] == {"author": "Second Name"}


def test_front_matter_is_read_with_its_lists():
    text = '---\ntitle: "A: b"\ntags:\n  - one\n  - \'two\'\nkeywords: [x, "y"]\nlayout: post\n---\nText.'

    rest, details = lift_front_matter(text)

    assert rest == "Text."
    assert details == {"title": "A: b", "hashtags": "x, y"}


@pytest.mark.parametrize("text", ["---\n\nA rule, then text.\n\n---\n", "Text.\n---\nx: y\n---\n"])
def test_a_rule_is_no_front_matter(text):
    assert lift_front_matter(text) == (text, {})
