"""Pieces of another page, and boxes of details."""

from datetime import date

import pytest

from blog.linting.pasted import as_date
from tests.blog.checked import found, mended, story

ROWS = [
    ("Author", "Sam Sample"),
    ("Published", "3 days ago"),
    ("Category:", "Databases"),
    ("HashTags", "#SQL #Postgres #Indexing"),
]
TABLE = "".join(f"<tr><td>{label}</td><td>{value}</td><td></td></tr>" for label, value in ROWS)
BOXES = [
    f"<table>{TABLE}</table>",
    "".join(f"<p>| {label} | {value} | |</p>" for label, value in ROWS),
    "<p>" + "<br>".join(f"{label.strip(':')}: {value}" for label, value in ROWS) + "</p>",
]


@pytest.mark.parametrize(
    "text",
    [
        "Read this Acme Journal article for useful tips on databases. Return to the Acme Journal home.",
        "Explore more blog categories or search related topics.",
        "Skip to content",
        "Home > Blog > Databases",
        "5 min read",
        "Share this on your favourite network",
        "Subscribe to our newsletter for more.",
        "Related posts",
        "Tweet | Share | Pin",
        "© 2025 Acme. All rights reserved.",
    ],
)
def test_a_piece_of_the_page_is_found_and_removed(text):
    one = story(f"<p>Before.</p><p>{text}</p><p>After.</p>")

    assert mended(one, "page-piece").body == "<p>Before.</p>\n<p>After.</p>"


@pytest.mark.parametrize(
    "text",
    [
        "Read this manual before the first backup.",
        "Teams share this burden between two people, and it shows.",
        "<code>Skip to content</code> is the first link of a page.",
        "A home page needs a cache.",
        "Previous posts on this machine were lost.",
    ],
)
def test_text_that_only_sounds_like_it_passes(text):
    assert found(story(f"<p>{text}</p>"), rule="page-piece") == []


WITH_HEADERS = [
    TABLE.replace("td>", "th>", 6),
    f"<thead>{TABLE.replace('td>', 'th>', 6).replace('</tr>', '</tr></thead><tbody>', 1)}</tbody>",
    "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in ROWS),
]


@pytest.mark.parametrize("rows", WITH_HEADERS)
def test_a_box_of_details_is_known_with_headers_too(rows):
    better = mended(story(f"<table>{rows}</table><p>After.</p>", authors=(), hashtags=()), "details-box")

    assert better.body == "<p>After.</p>"
    assert better.authors == ("Sam Sample",)


@pytest.mark.parametrize("rows", [TABLE, *WITH_HEADERS])
@pytest.mark.parametrize("rule", ["table-header", "table-caption", "table-blank-header"])
def test_a_box_of_details_is_to_be_lifted_and_not_to_be_mended_as_a_table(rows, rule):
    assert found(story(f"<table>{rows}</table><p>After.</p>"), rule=rule) == []


def test_a_table_beside_a_box_of_details_is_still_looked_at():
    one = story(f"<table>{TABLE}</table><p>Text.</p><table><tr><td>One</td><td>Free</td></tr></table>")

    assert [finding.place.block for finding in found(one, rule="table-header")] == [2]


@pytest.mark.parametrize("box", BOXES)
def test_a_box_of_details_is_lifted_into_the_fields(box):
    one = story(f"<p>Text.</p>{box}", category="", authors=(), hashtags=("postgres",))

    better = mended(one, "details-box")

    assert better.body == "<p>Text.</p>"
    assert (better.category, better.authors) == ("Databases", ("Sam Sample",))
    assert better.hashtags == ("postgres", "SQL", "Indexing")
    assert better.told == ("The text gave “3 days ago” as its date. Set the date of publishing by hand.",)


def test_fields_that_are_filled_stay_and_the_editor_is_told():
    better = mended(story(f"<p>Text.</p>{BOXES[0]}"), "details-box")

    assert (better.category, better.authors) == ("Data", ("Ada Example",))
    assert len(better.told) == 3


def test_a_relative_date_is_asked_for_and_a_written_one_is_not():
    (relative,) = found(story(f"<p>Text.</p>{BOXES[0]}"), rule="details-box")
    (written,) = found(story("<p>x</p><p>Author: Sam<br>Date: 3 May 2024</p>"), rule="details-box")

    assert "“3 days ago” is no date" in relative.message
    assert "is no date" not in written.message


@pytest.mark.parametrize(
    "body",
    [
        "<p>Author: the one who writes.</p>",
        "<p>Tags: they name a commit.</p><p>Text.</p>",
        "<table><thead><tr><th>Category</th><th>Row store</th></tr></thead>"
        "<tbody><tr><td>Author</td><td>One</td></tr></tbody></table>",
        "<p>#SQL and #Postgres are hashtags.</p>",
        "<p>C# and F# and #SQL</p>",
    ],
)
def test_labels_that_are_part_of_the_text_pass(body):
    assert found(story(body), rule="details-box") == []


def test_a_line_of_nothing_but_hashtags_is_a_box():
    one = story("<p>Text.</p><p>#SQL #Postgres #Indexing</p>")

    assert mended(one, "details-box").hashtags == ("SQL", "Postgres", "Indexing")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-05-03", date(2024, 5, 3)),
        ("3rd May 2024", date(2024, 5, 3)),
        ("May 3, 2024", date(2024, 5, 3)),
        ("2 weeks ago", None),
        ("", None),
    ],
)
def test_a_date_is_one_that_is_written_out(text, day):
    assert as_date(text) == day
