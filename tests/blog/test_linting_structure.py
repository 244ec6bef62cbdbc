"""Sections and headings."""

import pytest

from tests.blog.checked import found, mended, story


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("<p>Text.</p><h2>Next steps</h2>", "Next steps"),
        ("<h2>Costs</h2><h2>Limits</h2><p>Text.</p>", "Costs"),
        ("<h3>Costs</h3><h2>Limits</h2><p>Text.</p>", "Costs"),
        ("<h2>Limits</h2><hr>", "Limits"),
    ],
)
def test_a_section_with_nothing_in_it_blocks_and_its_heading_can_go(body, name):
    one = story(body)

    (finding,) = found(one, rule="empty-section")

    assert (finding.severity, name in finding.message) == ("block", True)
    assert name not in mended(one, "empty-section").body


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Costs</h2><p>Text.</p>",
        "<h2>Costs</h2><h3>Hidden</h3><p>Text.</p>",
        "<h2>Costs</h2><ul><li>One</li></ul>",
        '<h2>Side by side</h2><careers-block data-kind="role" data-ref="a"></careers-block>',
        "<p>No headings at all.</p>",
    ],
)
def test_a_section_that_holds_something_passes(body):
    assert found(story(body), rule="empty-section") == []


def test_a_section_left_empty_by_the_removal_of_the_same_name_goes_with_it():
    one = story("<p>Text.</p><h2>More</h2><h3>More</h3>")

    assert mended(one, "empty-section").body == "<p>Text.</p>"


@pytest.mark.parametrize(
    ("body", "better"),
    [
        ("<h2>A</h2><p>x</p><h4>B</h4><p>x</p>", "<h2>A</h2>\n<p>x</p>\n<h3>B</h3>\n<p>x</p>"),
        ("<h3>A</h3><p>x</p>", "<h2>A</h2>\n<p>x</p>"),
        ("<h4>A</h4><p>x</p><h4>B</h4><p>x</p>", "<h2>A</h2>\n<p>x</p>\n<h3>B</h3>\n<p>x</p>"),
    ],
)
def test_a_skipped_rank_is_found_and_closed(body, better):
    assert mended(story(body), "heading-skip").body == better


@pytest.mark.parametrize("body", ["<h2>A</h2><p>x</p><h3>B</h3><h4>C</h4><p>x</p><h2>D</h2>", "<p>x</p>"])
def test_ranks_in_order_pass(body):
    assert found(story(body), rule="heading-skip") == []


@pytest.mark.parametrize(
    ("body", "better"),
    [
        ("<p><strong>What it costs</strong></p><p>Much.</p>", "<h2>What it costs</h2>"),
        ("<h2>A</h2><p>x</p><p><b>What it costs</b></p><p>Much.</p>", "<h3>What it costs</h3>"),
        ("<p><strong>How <em>fast</em></strong></p><ul><li>Very</li></ul>", "<h2>How <em>fast</em></h2>"),
    ],
)
def test_a_bold_line_becomes_a_heading(body, better):
    assert better in mended(story(body), "bold-heading").body


@pytest.mark.parametrize(
    "body",
    [
        "<p><strong>Never run it on a Friday.</strong></p><p>x</p>",
        "<p><strong>You need:</strong></p><ul><li>One</li></ul>",
        "<p><strong>Bold</strong> and not.</p><p>x</p>",
        "<p>x</p><p><strong>The last line</strong></p>",
        "<p><strong>Before a heading</strong></p><h2>A</h2><p>x</p>",
        "<ul><li><strong>An item</strong></li></ul><p>x</p>",
        f"<p><strong>{'word ' * 13}</strong></p><p>x</p>",
    ],
)
def test_bold_that_is_no_heading_passes(body):
    assert found(story(body), rule="bold-heading") == []


def test_a_very_long_paragraph_is_mentioned():
    assert found(story(f"<p>{'word ' * 200}</p>"), rule="long-paragraph")[0].severity == "info"
    assert found(story(f"<p>{'word ' * 100}</p>"), rule="long-paragraph") == []


def test_a_story_without_text_blocks():
    assert [finding.severity for finding in found(story("<p> </p>"), rule="empty-body")] == ["block"]
    assert found(story("<hr>"), rule="empty-body") == []


def test_a_body_that_nobody_can_have_meant_blocks_with_a_reason():
    (finding,) = found(story("<ul><li>" * 500 + "x"), rule="unreadable-body")

    assert (finding.severity, "levels deep" in finding.message) == ("block", True)
