"""Where no page has all words of a question."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import ArticleFactory
from tests.website.test_search import NOW, page
from tests.website.test_search_views import indexed
from website.models import SearchDocument
from website.search import explain, fewer, search
from website.search import lexicon as lexicons
from website.search.words import parse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forget():
    lexicons._kept.clear()


def answered(typed):
    results = search(typed, now=NOW, leaves_out=True)
    return ["".join(piece.text for piece in hit.title) for hit in results.hits], results.left_out


def ways(typed, numbers, named=()):
    return [[term.raw for term in way] for way in fewer.ways(parse(typed), numbers, frozenset(named))]


def test_a_word_that_no_page_has_is_left_out_and_named():
    page("Data engineer", kind="role", weight=9)

    assert answered("data engineer Roadmap") == (["Data engineer"], ("Roadmap",))


def test_a_page_called_what_is_left_comes_first():
    page("A data engineer tells", age=1)
    page("Data engineer", kind="role", weight=9, age=900)

    assert answered("data engineer salary")[0][0] == "Data engineer"


def test_of_known_words_the_least_known_one_is_left_out():
    page("Python at work", age=1)
    page("Python at home", age=2)
    page("Knots")

    assert answered("python knots") == (["Python at work", "Python at home"], ("knots",))


def test_what_has_answers_loses_no_word():
    page("Python knots")
    page("Python")

    assert answered("python knots") == (["Python knots"], ())


def test_a_question_of_unknown_words_finds_nothing():
    page("Python")

    assert answered("xqzzt wqyyk") == ([], ())
    assert answered("xqzzt") == ([], ())


def test_a_mistyped_word_is_put_right_before_another_is_left_out():
    page("Kubernetes")

    assert answered("kuberntes xqzzt") == (["Kubernetes"], ("xqzzt",))


def test_what_stands_in_quotes_is_never_left_out():
    page("Python")

    assert answered('python "big data"') == ([], ())
    assert answered('"python" xqzzt') == (["Python"], ("xqzzt",))


def test_what_was_to_be_left_out_stays_out():
    page("Python for data")
    page("Python for the web")

    assert answered("python xqzzt -data") == (["Python for the web"], ("xqzzt",))


def test_a_word_that_only_pages_to_come_have_is_not_known():
    page("Python")
    for day in (1, 2):
        page("Zeppelin", visible_from=NOW + timedelta(days=day))

    assert answered("python zeppelin") == (["Python"], ("zeppelin",))


def test_a_word_said_twice_is_left_out_twice():
    page("Python")

    assert answered("xqzzt python xqzzt") == (["Python"], ("xqzzt",))


def test_who_does_not_ask_for_it_gets_only_pages_with_all_words():
    page("Python")

    assert search("python xqzzt", now=NOW).hits == []


def test_staff_see_why_as_readers_see_it():
    page("Python")

    assert [hit.title for hit in explain("python xqzzt", now=NOW)[1]] == ["Python"]


def test_unknown_words_go_first_then_one_more_then_half():
    assert ways("a1 b2 c3 d4 e5 f6", [5, 0, 9, 2, 7, 8]) == [["b2"], ["b2", "d4"], ["b2", "d4", "a1"]]
    assert ways("a1 b2", [0, 0]) == []


def test_what_pages_are_called_stays_longer_than_what_they_mention():
    assert ways("kubernetes prior", [3, 90], {"kubernet"})[0] == ["prior"]


@pytest.mark.parametrize("words", [3, 12])
def test_however_many_words_the_cost_has_a_limit(django_assert_max_num_queries, words):
    page("Python")
    typed = " ".join(f"python{n} word{n}" for n in range(words))
    search(typed, now=NOW, leaves_out=True)
    with django_assert_max_num_queries(16):
        search(typed, now=NOW, leaves_out=True)


def test_ten_pages_with_fewer_words_cost_what_two_cost(client, count_queries):
    costs = []
    for more in (2, 8):
        indexed(*ArticleFactory.create_batch(more, title="On knots"))
        costs.append(count_queries(client, reverse("search") + f"?q=knots+xqzzt{more}"))

    assert costs[0] == costs[1]


def test_the_page_says_what_was_left_out_and_offers_no_feed_of_it(client):
    indexed(ArticleFactory(title="On knots"))
    text = client.get("/search/", {"q": "knots xqzzt"}).text

    assert "No page has all of these words. This is the one result without <q>xqzzt</q>." in text
    assert "Search: " not in text
    assert SearchDocument.objects.count() == 1
