"""Title, summary, what search engines show, and who wrote it."""

import pytest

from tests.blog.checked import CLEAN, found, mended, story


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": "x" * 61}, "title"),
        ({"title": "Short"}, "title"),
        ({"seo_title": "x" * 61}, "seo_title"),
    ],
)
def test_a_title_too_long_or_too_short_is_mentioned_where_it_is_written(fields, field):
    assert [f.place.field for f in found(story(**fields), rule="title-length")] == [field]


def test_a_title_for_search_engines_stands_in_for_a_long_one():
    assert found(story(title="x" * 90, seo_title="How to choose a first database"), rule="title-length") == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"summary": "x" * 301}, "summary"),
        ({"summary": "Brief."}, "summary"),
        ({"seo_description": "y"}, "seo_description"),
        ({"seo_description": "x" * 161}, "seo_description"),
    ],
)
def test_a_description_too_long_or_too_short_is_mentioned(fields, field):
    assert [f.place.field for f in found(story(**fields), rule="description-length")] == [field]


@pytest.mark.parametrize(
    ("fields", "rule", "severity"),
    [
        ({"summary": " "}, "no-summary", "warn"),
        ({"authors": ()}, "no-author", "warn"),
        ({"title": ""}, "no-title", "block"),
    ],
)
def test_what_is_missing_is_named(fields, rule, severity):
    assert [finding.severity for finding in found(story(**fields), rule=rule)] == [severity]
    assert found(CLEAN, rule=rule) == []


def test_the_title_once_more_at_the_top_of_the_text_can_go():
    one = story(f"<h2>{CLEAN.title}</h2><p>{CLEAN.title}</p><p>Text.</p>")

    assert mended(one, "title-twice").body == "<p>Text.</p>"
    assert found(story(f"<p>Text.</p><h2>Other</h2><p>{CLEAN.title}</p>"), rule="title-twice") == []
