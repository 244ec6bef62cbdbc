"""An article as plain values."""

import pytest

from blog import linting
from blog.inline_text import Run
from blog.linting.stories import replaced
from tests.blog.checked import story
from tests.factories import ArticleFactory, AuthorFactory


@pytest.mark.django_db
def test_a_story_holds_what_the_article_holds():
    article = ArticleFactory(authors=[AuthorFactory(name="Ada")], hashtags=["SQL"], seo_title="Search")

    one = linting.Story.of_article(article)

    assert (one.title, one.body, one.seo_title) == (article.title, article.body, "Search")
    assert (one.authors, one.hashtags, one.category) == (("Ada",), ("SQL",), article.category.name)


def test_a_story_of_loose_values_takes_anything_odd_as_empty():
    one = linting.Story.of_values({"title": None, "hashtags": ["a", 1], "body": "<p>x</p>", "odd": object()})

    assert (one.title, one.hashtags, one.authors, one.body) == ("", ("a", "1"), (), "<p>x</p>")


def test_rewriting_leaves_the_first_story_as_it_was():
    one = story("<p>One</p><p>Two</p>")

    better = one.rewritten(lambda blocks: blocks[1:])

    assert (better.body, [block.text for block in one.blocks]) == ("<p>Two</p>", ["One", "Two"])


def test_passages_know_the_heading_above_them():
    one = story("<p>a</p><h2>H</h2><ul><li>b</li></ul>")

    assert [(p.number, p.heading, p.words) for p in one.passages] == [
        (0, "", "a"),
        (1, "", "H"),
        (2, "H", "b"),
    ]


def test_code_is_masked_and_keeps_its_length():
    (passage,) = story("<p>a <code>bc</code> d</p>").passages

    assert passage.text == "a \x00\x00 d"


def test_characters_across_runs_are_replaced_in_the_formatting_of_the_first():
    bold = (("strong", ""),)
    runs = [Run("one "), Run("two ", bold), Run("three")]

    changed = replaced(runs, 2, 10, lambda run: [Run("X", run.marks)])

    assert changed == [Run("on"), Run("X"), Run("ree")]
