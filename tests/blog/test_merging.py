import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.merging import meet, merge_bodies, merge_lines, merge_lists

TEXT = st.lists(st.sampled_from("abcdef"), max_size=8)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "merged"),
    [
        ("abc", "abc", "abc", "abc"),
        ("abc", "abX", "abc", "abX"),
        ("abc", "abc", "Xbc", "Xbc"),
        ("abc", "abY", "Xbc", "XbY"),
        ("abc", "abcY", "Xabc", "XabcY"),
        ("abcd", "bcd", "abc", "bc"),
        ("abcd", "aXcd", "abYd", "aXYd"),
        ("abcd", "aXYd", "abZd", None),
        ("abc", "aXc", "aXc", "aXc"),
        ("abc", "aXc", "aYc", None),
        ("abc", "aXbc", "aYbc", None),
        ("", "X", "", "X"),
        ("abc", "", "abc", ""),
    ],
)
def test_what_each_changed_in_another_place_goes_together(base, theirs, mine, merged):
    found = merge_lines(base, theirs, mine)

    assert found == (None if merged is None else list(merged))


@given(TEXT, TEXT)
def test_one_who_changed_nothing_stands_in_nobodys_way(base, other):
    assert merge_lines(base, other, base) == other
    assert merge_lines(base, base, other) == other
    assert merge_lines(base, other, other) == other


@given(TEXT, TEXT, TEXT)
def test_merging_does_not_depend_on_who_was_first(base, theirs, mine):
    assert merge_lines(base, theirs, mine) == merge_lines(base, mine, theirs)


@given(TEXT, TEXT, TEXT)
def test_a_line_that_both_kept_or_one_added_alone_is_never_lost(base, theirs, mine):
    merged = merge_lines(base, theirs, mine)
    if merged is not None:
        assert set(merged) >= (set(theirs) | set(mine)) - set(base)


def test_two_who_mended_different_paragraphs_get_both():
    base = "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>"

    merged = merge_bodies(base, base.replace("One", "First"), base.replace("Three", "Third"))

    assert merged == "<p>First.</p>\n<p>Two.</p>\n<p>Third.</p>"


def test_lines_that_make_no_text_together_are_not_put_together():
    base = "<ul>\n<li>a</li>\n</ul>\n<p>b</p>"
    theirs = "<p>a</p>\n<p>b</p>"
    mine = "<ul>\n<li>a</li>\n<li>c</li>\n</ul>\n<p>b</p>"

    assert merge_bodies(base, theirs, mine) is None


def test_hashtags_both_added_and_one_took_away():
    assert merge_lists(["Go", "Java"], ["Go", "C#"], ["Java", "Go", "Rust"]) == ["Go", "Rust", "C#"]


def test_a_field_only_they_changed_is_theirs_and_one_only_i_changed_is_mine():
    base = {"title": "a", "slug": "a", "summary": "a", "seo_title": "a"}
    theirs = {"title": "b", "slug": "a", "summary": "b", "seo_title": "b"}
    mine = {"title": "a", "slug": "c", "summary": "c", "seo_title": "b"}

    met = {meeting.name: meeting for meeting in meet(base, theirs, mine)}

    assert {name: meeting.settled for name, meeting in met.items()} == {
        "title": "b",
        "slug": "c",
        "summary": "c",
        "seo_title": "b",
    }
    assert [name for name, meeting in met.items() if meeting.is_clash] == ["summary"]
