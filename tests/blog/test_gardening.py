import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.gardening import Topic, loosened, proposals


def topics(*names, **uses):
    return [Topic(n, name, uses.get(name, 0)) for n, name in enumerate(names, start=1)]


def pairs(*names, together=(), **uses):
    found = proposals(topics(*names, **uses), dict(together))
    return [(one.source.name, one.target.name, one.reason) for one in found]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Q/A", "QA", "spelt the same but for signs and endings"),
        ("AI agent", "AI agents", "spelt the same but for signs and endings"),
        ("resume", "résumé", "spelt the same but for signs and endings"),
        ("R&D", "R and D", "spelt the same but for signs and endings"),
        ("ML", "Machine Learning", "one is short for the other"),
        ("genai", "Generative AI", "one is short for the other"),
        ("ai", "ArtificialIntelligence", "one is short for the other"),
        ("pyton", "python", "one letter apart"),
        ("pythom", "python", "one letter apart"),
        ("pyhton", "python", "one letter apart"),
        ("data engineer", "data engineering", "spelt alike"),
    ],
)
def test_what_looks_like_one_is_proposed_with_the_reason(one, other, reason):
    assert {(frozenset(found[:2]), found[2]) for found in pairs(one, other)} == {
        (frozenset({one, other}), reason)
    }


@pytest.mark.parametrize(
    "names",
    [
        ("C", "C++", "C#"),
        ("net", ".NET"),
        ("Java 17", "Java 21"),
        ("java", "javascript"),
        ("SQL", "NoSQL"),
        ("code", "core"),
        ("react", "trace"),
        ("testing", "nesting up"),
        ("Python", "Kubernetes", "Go"),
    ],
)
def test_what_is_two_is_not_proposed(names):
    assert pairs(*names) == []


def test_those_on_the_same_articles_are_proposed_if_they_are_often_enough():
    often = {(1, 2): 9, (1, 3): 2, (2, 3): 2}
    uses = {"llm": 10, "prompts": 9, "rare": 2}

    assert pairs("llm", "prompts", "rare", together=often, **uses) == [
        ("prompts", "llm", "nearly always on the same articles")
    ]
    assert pairs("llm", "prompts", together={(1, 2): 8}, **uses) == []


def test_the_one_on_fewer_articles_would_go():
    assert pairs("ML", "Machine Learning", ML=5)[0][:2] == ("Machine Learning", "ML")
    assert pairs("ML", "Machine Learning")[0][:2] == ("ML", "Machine Learning")


def test_a_pair_is_proposed_once_and_never_again_once_it_was_kept_apart():
    both = topics("AI agent", "AI agents")

    assert len(proposals(both, {(1, 2): 9})) == 1
    assert proposals(both, {}, {(1, 2)}) == []


@given(st.lists(st.text(max_size=12), max_size=12))
def test_any_names_are_taken_and_none_goes_into_itself(names):
    found = proposals(topics(*names), {})

    assert all(one.source != one.target for one in found)
    assert len({frozenset((one.source.pk, one.target.pk)) for one in found}) == len(found)


def test_hundreds_of_hashtags_are_compared_without_comparing_each_with_each():
    many = topics(*(f"topic number {n}" for n in range(800)), "machine learning", "machne learning")

    assert [(one.source.name, one.target.name) for one in proposals(many, {})] == [
        ("machne learning", "machine learning")
    ]


def test_a_plural_loses_its_s_but_not_a_word_that_ends_so():
    assert [loosened(word) for word in ("agents", "class", "status", "analysis", "aws")] == [
        *("agent", "class", "status", "analysis", "aws")
    ]
