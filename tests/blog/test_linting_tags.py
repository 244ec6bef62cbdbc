"""Hashtags and the text they stand for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.hashtag_names import key_of
from blog.linting import Story
from blog.linting.tags import shortened_forms, words_in
from tests.blog.checked import found, mended, story

TEXT = "<p>Machine learning and generative AI need data engineers who test in Python.</p>"


@pytest.mark.parametrize(
    "tag",
    [
        "Python",
        "python",
        "machine learning",
        "MachineLearning",
        "ML",
        "genai",
        "generativeai",
        "data engineering",
        "testing",
    ],
)
def test_what_the_text_names_in_any_form_is_evidence(tag):
    assert found(story(TEXT, hashtags=(tag,)), rule="hashtag-evidence") == []


@pytest.mark.parametrize("tag", ["Java", "Architecture", "software engineering", "SQL"])
def test_a_hashtag_the_text_never_mentions_can_go(tag):
    better = mended(story(TEXT, hashtags=("Python", tag)), "hashtag-evidence")

    assert better.hashtags == ("Python",)


@pytest.mark.parametrize(
    ("tags", "left"),
    [
        (("ML", "machine learning"), ("machine learning",)),
        (("machinelearning", "ml"), ("machinelearning",)),
        (("genai", "GenerativeAI"), ("GenerativeAI",)),
        (("AI", "artificial intelligence"), ("artificial intelligence",)),
    ],
)
def test_of_two_hashtags_for_one_thing_the_longer_stays(tags, left):
    assert mended(story(TEXT, hashtags=tags), "hashtag-twice").hashtags == left


@pytest.mark.parametrize("tags", [("Python", "machine learning"), ("AI", "ML"), ("C", "C++", "C#"), ()])
def test_hashtags_for_different_things_pass(tags):
    assert found(story(TEXT, hashtags=tags), rule="hashtag-twice") == []


def test_eight_hashtags_are_too_many_and_seven_are_not():
    assert len(found(story(hashtags=tuple("abcdefgh")), rule="hashtags-many")) == 1
    assert found(story(hashtags=tuple("abcdefg")), rule="hashtags-many") == []


@given(
    st.lists(
        st.sampled_from(["Generative", "AI", "Straße", "ﬁne", "Models", "ml", "Ops", "learning"]), max_size=8
    ),
    st.sampled_from(
        ["GenAI", "geneai", "gai", "GAI", "StraßModels", "StraModels", "FiModels", "ﬁnModels", "LM", "Ops"]
    ),
)
def test_rows_that_are_passed_over_are_short_for_nothing(words, name):
    known = words_in(Story(title=" ".join(words)))
    key = key_of(name)
    fitting = [row for row in known.names.values() if len(row) > 1 and key in shortened_forms(row)]

    assert set(fitting) == {row for row in known._rows_with(key) if key in shortened_forms(row)}
