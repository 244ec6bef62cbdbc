"""What readers find, on whichever database the tests run."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.factories import LONG_AGO
from website.models import SearchDocument
from website.search import words
from website.search.matching import CAP, engine, search

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def page(title, *, body="", keywords="", summary="", kind="article", weight=5, age=10, **fields):
    """One row of the index, as index_pages would write it."""
    text = {"title": title, "keywords": keywords, "summary": summary, "body": body}
    tokens = {
        f"{n}_words": words.index_words(v, joins_neighbours=n in ("title", "keywords"))
        for n, v in text.items()
    }
    names = "|".join(filter(None, [words.key(title), *map(words.key, fields.pop("names", []))]))
    return SearchDocument.objects.create(
        kind=kind,
        ref=SearchDocument.objects.count() + 1,
        weight=weight,
        url=f"/{kind}/{SearchDocument.objects.count() + 1}/",
        names=f"|{names}|",
        visible_from=fields.pop("visible_from", NOW - timedelta(days=age)),
        **text,
        **tokens,
        **fields,
    )


def found(query, **options):
    return ["".join(piece.text for piece in hit.title) for hit in search(query, now=NOW, **options).hits]


# --- Which pages ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("c#", "Working with C# every day"),
        ("C++", "Modern C++20 in use"),
        (".net", "From .NET to the cloud"),
        ("dotnet", "From .NET to the cloud"),
        ("dot net", "From .NET to the cloud"),
        (".NET", "ASP.NET for beginners"),
        ("node.js", "Servers in Node.js"),
        ("nodejs", "Servers in Node.js"),
        ("node", "Servers in Node.js"),
        ("f#", "Functional F#, at last"),
        ("AIP-C01", "Passing the AIP-C01 exam"),
        ("aipc01", "Passing the AIP-C01 exam"),
        ("aip c01", "Passing the AIP-C01 exam"),
        ("AIP-C01", "Passing the aipc01 exam"),
        ("pytorch", "Use TensorFlow/PyTorch"),
        ("TensorFlow/PyTorch", "PyTorch or TensorFlow"),
        ("cicd", "All about CI/CD"),
        ("ci/cd", "All about CICD"),
        ("LLM", "What LLMs are"),
        ("LLMs", "An LLM explained"),
        ("engineer", "What engineers earn"),
        ("engineers", "Engineering for one"),
        ("grosse", "Über die GRÖSSE"),
        ("Größe", "Grosse Zahlen"),
        ("IT careers", "A career in IT"),
        ("how to become an engineer", "Becoming engineers"),
        ("machinelearning", "Machine Learning for all"),
        ("machine learning", "Tagged #machinelearning"),
        ("security plus", "CompTIA Security+ in brief"),
        ("Security+", "CompTIA Security+ in brief"),
        ("organisation", "An organization of people"),
        ("O'Reilly", "Books of O’Reilly"),
        ("機械学習", "機械学習 入門"),
        ("учёба", "Учеба и работа"),
    ],
)
def test_a_technical_word_finds_its_page(query, text):
    page(text)
    page("Careers in C, Java and net worth")

    assert found(query) == [text]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("C", "C# and C++"),
        ("java", "JavaScript and Java"),
        ("security+", "Security engineering"),
        ("net", ".NET"),
    ],
)
def test_a_name_does_not_find_another_that_contains_it(query, title):
    page(title.replace(" and Java", ""))
    page("Java, C and net salaries") if query != "security+" else None

    assert title.replace(" and Java", "") not in found(query)


def test_all_words_are_wanted():
    page("Python for data")
    page("Python")

    assert found("data python") == ["Python for data"]


def test_words_may_stand_in_different_fields():
    page("Python", body="for analysts")

    assert found("python analyst") == ["Python"]


def test_a_phrase_stands_in_one_place_and_in_order():
    page("Learning about a machine")
    page("Machine learning")

    assert found('"machine learning"') == ["Machine learning"]


def test_a_phrase_with_a_technical_name_holds():
    page("The AIP-C01 exam")

    assert found('"c01 exam"') == ["The AIP-C01 exam"]


def test_a_minus_leaves_out_words_and_phrases():
    page("Python for data")
    page("Python for the web")
    page("Python for big data")

    assert found("python -data") == ["Python for the web"]
    assert set(found('python -"big data"')) == {"Python for data", "Python for the web"}


def test_a_minus_leaves_out_a_technical_name():
    page("Languages: C# and Java")
    page("Languages: Java")

    assert found("java -c#") == ["Languages: Java"]


def test_a_star_finds_every_word_that_begins_so():
    page("JavaScript")
    page("Java")

    assert set(found("java*")) == {"Java", "JavaScript"}


@pytest.mark.parametrize("query", ["certif", "azure certificat", "learnin", "pyth", "kuber", "machine learn"])
def test_the_last_word_may_be_begun_when_no_page_has_it_whole(query):
    page("Azure certification: learning Python, machine learning and Kubernetes")

    assert len(found(query)) == 1


def test_whole_words_come_before_begun_ones():
    page("JavaScript")
    page("Java")

    assert found("java") == ["Java"]


def test_a_stop_word_alone_is_still_looked_for():
    page("To be or not to be")

    assert found("to be") == ["To be or not to be"]


# --- When ----------------------------------------------------------------------


def test_only_what_may_be_seen_now_is_found_and_counted():
    page("Python now")
    page("Python later", visible_from=NOW + timedelta(seconds=1))
    page("Python gone", visible_until=NOW)
    page("Python still", visible_until=NOW + timedelta(seconds=1))

    assert set(found("python")) == {"Python now", "Python still"}
    assert search("python", now=NOW).total == 2


def test_a_page_appears_at_its_very_moment():
    page("Python", visible_from=NOW)

    assert found("python") == ["Python"]
    assert search("python", now=NOW - timedelta(microseconds=1)).total == 0


# --- In which order --------------------------------------------------------------


def test_the_page_of_that_very_name_comes_first():
    page("All about Python, Python and Python", body="python " * 300, age=1)
    page("Python", kind="skill", weight=7, age=900)

    assert found("python")[0] == "Python"


def test_what_is_left_out_is_no_part_of_the_name():
    page("Data engineer at a glance", kind="hashtag", weight=3, age=1)
    page("Data Engineer", kind="role", weight=9, age=900)

    assert found("data engineer -aws")[0] == "Data Engineer"


def test_a_code_is_a_name_too():
    page("How I passed AIP-C01", age=1)
    page("Generative AI Developer", keywords="AIP-C01, AWS", names=["AIP-C01"], kind="certification", age=900)

    assert found("aip c01")[0] == "Generative AI Developer"


@pytest.mark.parametrize("query", ["how to become a data engineer", "best data engineer", "my data engineer"])
def test_a_page_called_what_a_question_is_about_comes_first(query):
    page("Data engineer, analyst or scientist: become one", body="best my", age=1)
    page("Data Engineer", kind="role", weight=9, age=900)

    assert found(query)[0] == "Data Engineer"
    assert search(query, now=NOW).hits[0].is_answer


def test_of_one_name_the_weightier_kind_comes_first():
    page("Machine learning", kind="hashtag", weight=3)
    page("Machine learning", kind="skill", weight=7)
    page("Machine learning", kind="category", weight=4)

    assert [hit.kind.name for hit in search("machine learning", now=NOW).hits] == [
        "skill",
        "category",
        "hashtag",
    ]


def test_a_title_outranks_any_repetition_in_a_body():
    page("Many snakes", body="python " * 500, age=1)
    page("Choosing Python or Java for a first language in data work", age=500)

    assert found("python")[0].startswith("Choosing")


def test_keywords_outrank_a_summary_and_a_summary_a_body():
    page("One", body="Python is here with other words around it")
    page("Two", summary="Python is here with other words around it")
    page("Three", keywords="Python is here with other words around it")

    assert found("python") == ["Three", "Two", "One"]


def test_the_newest_breaks_ties():
    for age in (300, 100, 200):
        page("On Python", age=age, body=f"year{age}")

    assert [hit.published_at for hit in search("python", now=NOW).hits] == [
        NOW - timedelta(days=age) for age in (100, 200, 300)
    ]


def test_an_old_page_of_that_name_is_found_among_more_than_are_ranked(monkeypatch):
    monkeypatch.setattr("website.search.matching.CAP", 3)
    page("Python", kind="skill", age=1000)
    for age in range(5):
        page(f"Story {age}", body="python", age=age + 1)

    assert found("python")[0] == "Python"
    assert search("python", now=NOW).total == 6
    assert CAP > 3


def test_pages_still_to_come_take_no_place_among_those_that_are_ranked(monkeypatch):
    monkeypatch.setattr("website.search.matching.CAP", 2)
    page("Out now", body="python")
    for day in (1, 2, 3):
        page(f"In {day} days", body="python", visible_from=NOW + timedelta(days=day))

    assert found("python") == ["Out now"]


# --- Pages and kinds ---------------------------------------------------------------


def test_a_kind_narrows_the_hits_but_not_the_counts():
    page("Python one")
    page("Python two")
    page("Python", kind="skill")
    results = search("python", kind="skill", now=NOW)

    assert results.counts == {"article": 2, "skill": 1}
    assert results.total == 1
    assert [hit.kind.name for hit in results.hits] == ["skill"]


def test_pages_share_out_all_hits_without_repeating_any():
    for n in range(23):
        page(f"Python {n}", age=n + 1)
    pages = [found("python", page=number) for number in (1, 2, 3)]

    assert [len(titles) for titles in pages] == [10, 10, 3]
    assert len({title for titles in pages for title in titles}) == 23
    assert search("python", now=NOW).pages == 3


def test_only_articles_show_a_date():
    page("Python")
    page("Python", kind="skill")

    assert {hit.kind.name: hit.published_at is None for hit in search("python", now=NOW).hits} == {
        "article": False,
        "skill": True,
    }


def test_ten_hits_cost_what_two_cost(django_assert_num_queries):
    for n in range(2):
        page(f"Python {n}")
    with django_assert_num_queries(7):  # three of them read the names and spellings anew
        search("python", now=NOW)
    for n in range(10):
        page(f"More Python {n}")
    with django_assert_num_queries(7):  # three of them read the names and spellings anew
        search("python", now=NOW)


def test_a_row_that_goes_or_changes_goes_and_changes_in_the_index():
    row = page("Python")
    SearchDocument.objects.filter(pk=row.pk).update(title_words="java")
    assert (found("python"), search("java", now=NOW).total) == ([], 1)

    row.delete()
    assert search("java", now=NOW).total == 0


def test_the_engine_is_that_of_the_database():
    assert engine().__name__.endswith({"sqlite": "sqlite", "postgresql": "postgres"}[connection.vendor])


def test_long_ago_is_visible():
    page("Python", visible_from=LONG_AGO)

    assert found("python") == ["Python"]
