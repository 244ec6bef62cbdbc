"""Links inside the site."""

import pytest

from blog import linting
from tests.blog.checked import found, mended, story

BODY = '<p>See <a href="/blog/gone/">the old guide</a> and <a href="/blog/here/">the new</a>.</p>'


def test_a_link_that_leads_nowhere_is_found_and_its_words_stay():
    one, nowhere = story(BODY), {"/blog/gone/"}

    (finding,) = found(one, rule="dead-link", dead_links=nowhere)

    assert finding.place.excerpt == "the old guide"
    assert mended(one, "dead-link", dead_links=nowhere).body == (
        '<p>See the old guide and <a href="/blog/here/">the new</a>.</p>'
    )


def test_where_all_links_lead_somewhere_nothing_is_said():
    assert found(story(BODY), rule="dead-link") == []


def test_the_links_of_the_site_are_told_apart_from_others():
    one = story(BODY + '<p><a href="https://example.org/blog/x/">x</a> <a href="//example.org/">y</a></p>')

    assert linting.internal_links(one) == {"/blog/gone/", "/blog/here/"}


@pytest.mark.parametrize(
    ("words", "count"), [("here", 1), ("Click here", 1), ("the manual", 0), ("this manual", 0)]
)
def test_a_link_says_where_it_leads(words, count):
    assert len(found(story(f'<p><a href="/blog/">{words}</a></p>'), rule="bare-link")) == count
