"""Other names and right spellings."""

import pytest

from tests.website.test_search import NOW, found, page
from website.search import lexicon as lexicons
from website.search import matching, search
from website.search.lexicon import lexicon
from website.search.words import parse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forget():
    lexicons._kept.clear()


def role(title, *names):
    return page(title, keywords=", ".join(names), names=names, kind="role", weight=9)


def test_another_name_finds_what_only_says_the_full_name():
    role("Machine Learning Engineer", "ML Engineer")
    page("Becoming a machine learning engineer")

    assert found("ml engineer") == ["Machine Learning Engineer", "Becoming a machine learning engineer"]
    assert found("ml engineers becoming") == ["Becoming a machine learning engineer"]


def test_a_name_that_something_has_as_its_own_means_just_that():
    page("Containers", keywords="Docker", names=["Docker"], kind="skill")
    page("Docker", kind="technology")
    page("Shipping containers")

    assert "Shipping containers" not in found("docker")


def test_an_excluded_word_is_not_expanded():
    role("Machine Learning Engineer", "MLE")

    assert lexicon(NOW).expanded(parse("work -mle")).excluded[0].phrases == (("mle",),)


@pytest.mark.parametrize(("typed", "right"), [("pyton", "python"), ("pytohn jobs", "python jobs")])
def test_a_mistyped_word_is_answered_with_the_right_one(typed, right):
    page("Python jobs")

    results = search(typed, now=NOW)

    assert (results.corrected, results.total, results.query.text) == (right, 1, typed)


def test_what_has_answers_is_never_corrected():
    page("Pyton, a misprint")
    page("Python")

    assert search("pyton", now=NOW).corrected == ""


def test_a_word_like_no_other_is_not_corrected():
    page("Python")

    results = search("xqzzt", now=NOW)

    assert (results.corrected, results.hits) == ("", [])


def test_words_that_readers_may_not_see_correct_nothing():
    page("Zeppelin", age=-5)
    page("Python")

    assert search("zepelin", now=NOW).corrected == ""


def test_new_pages_teach_new_words():
    page("Python")
    assert search("zepelin", now=NOW).hits == []
    page("Zeppelin")

    assert search("zepelin", now=NOW).corrected == "zeppelin"


def test_an_explanation_says_what_put_a_page_where_it_is():
    role("Data Engineer", "DE")
    page("A data engineer tells", age=3)

    _, (first, second) = matching.explain("data engineer", now=NOW)

    assert (first.kind, first.named, second.named) == ("role", 209, 1)
    assert first.title == "Data Engineer"
    assert first.relevance > 0
