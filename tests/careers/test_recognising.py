"""Names in plain text: whole words, the longest, with the capitals that tell a name from a word."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers import recognising
from careers.naming import Called
from careers.recognising import Vocabulary, stands, vocabulary


def fact(name, noun="technology", *others, codes=()):
    return Called(noun, 1, name.lower(), name, others=others, codes=codes)


def said(text, *facts):
    return [text[spot.start : spot.end] for spot in Vocabulary(facts).find(text)]


PYTHON, JAVA, SQL = fact("Python", "skill"), fact("Java", "skill"), fact("SQL")
R, C, GO = fact("R"), fact("C"), fact("Go")
GOLD = fact("AWS Certified Machine Learning Engineer – Associate", "credential", codes=("AIP-C01", "AIPC01"))


@pytest.mark.parametrize(
    ("name", "noun", "text", "found"),
    [
        ("C++", "technology", "C++, C and C#.", ["C++"]),
        ("C#", "technology", "Write C# or F#!", ["C#"]),
        (".NET", "technology", "ASP.NET is not .NET.", [".NET"]),
        ("Node.js", "technology", "Learn Node.js. Then Node.", ["Node.js"]),
        ("CI/CD", "skill", "CI/CD, CI / CD, CI and CD, CICD", ["CI/CD", "CI / CD"]),
        ("CompTIA Security+", "credential", "CompTIA Security+ or CompTIA Security", ["CompTIA Security+"]),
        ("Java", "skill", "JavaScript, Java, java and Java's", ["Java", "java", "Java"]),
        ("SQL", "technology", "NoSQL and SQL, not sql", ["SQL"]),
        ("IT", "skill", "IT is what it is", ["IT"]),
        ("REST", "skill", "No rest for REST", ["REST"]),
        ("Excel", "technology", "People excel. Excel counts.", ["Excel"]),
        (
            "TensorFlow",
            "technology",
            "tensorflow, TensorFlow, Tensorflow",
            ["tensorflow", "TensorFlow", "Tensorflow"],
        ),
        ("dbt", "technology", "dbt is not DBT", ["dbt"]),
        ("pandas", "technology", "pandas eat; a panda does too", ["pandas"]),
        ("testing", "technology", "Testing is testing", ["Testing", "testing"]),
        (
            "Data Engineer",
            "role",
            "A data engineer, two Data Engineers, one data-engineer",
            ["data engineer", "Data Engineers", "data-engineer"],
        ),
        ("Data Engineer", "role", "data, engineer; data\nengineer; data. Engineer; data – engineer", []),
        ("Data Engineer", "role", "metadata engineering", []),
        ("Test Strategy", "role", "test strategies", ["test strategies"]),
        ("AI agents", "skill", "One AI agent, ai agents", ["AI agent"]),
        ("REST APIs", "technology", "a REST API, REST APIs", ["REST API", "REST APIs"]),
        ("LLM", "technology", "LLMs and an LLM", ["LLMs", "LLM"]),
        (
            "Generative AI Leader",
            "credential",
            "a generative AI leader; the Generative AI Leader",
            ["Generative AI Leader"],
        ),
        (
            "Terraform Associate (004)",
            "credential",
            "(Terraform Associate (004))",
            ["Terraform Associate (004)"],
        ),
        ("Größe", "skill", "Größe und größe", ["Größe", "größe"]),
        ("004", "credential", "No. 004", []),
        ("–", "skill", "a – b", []),
    ],
)
def test_a_name_is_found_where_it_is_meant_and_nowhere_else(name, noun, text, found):
    assert said(text, fact(name, noun)) == found


@pytest.mark.parametrize(
    "text",
    [
        "AWS Certified Machine Learning Engineer – Associate",
        "AWS Certified Machine Learning Engineer - Associate",
        "AWS Certified Machine Learning Engineer—Associate",
        "AWS Certified Machine Learning Engineer Associate",
        "AWS\xa0Certified Machine Learning Engineer Associate",
        "AIP-C01",
        "AIPC01",
        "aip-c01",
        "AIP\u2011C01",
    ],
)
def test_a_certification_is_found_however_its_dash_is_written(text):
    assert said(f"Is {text} hard?", GOLD) == [text]


@pytest.mark.parametrize("text", ["AIP C01", "AIP, C01", "AIP-C011", "XAIP-C01", "AIP–C01x"])
def test_a_code_is_found_only_whole(text):
    assert said(text, GOLD) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Python and R", ["Python", "R"]),
        ("R, Go and Python", ["R", "Go", "Python"]),
        ("Python/R", ["Python", "R"]),
        ("The R language, Go developers, C code", ["R", "Go", "C"]),
        ("Go to the shop", []),
        ("R&D, vitamin C, Section C. Go!", []),
        ("Options A, B and C", []),
        ("Python. Go home", ["Python"]),
        ("python and r", ["python"]),
    ],
)
def test_letters_and_short_words_are_names_only_in_company(text, found):
    assert said(text, R, C, GO, PYTHON) == found


def test_the_longest_name_is_meant():
    facts = [fact("Machine Learning", "skill"), fact("Machine Learning Engineer", "role"), GOLD]
    text = "Machine learning, machine learning engineer, AWS Certified Machine Learning Engineer – Associate"

    assert said(text, *facts) == [
        "Machine learning",
        "machine learning engineer",
        "AWS Certified Machine Learning Engineer – Associate",
    ]


def test_a_longer_name_that_is_not_finished_leaves_the_shorter():
    assert said("Machine learning at work", fact("Machine Learning"), fact("Machine Learning at Home")) == [
        "Machine learning"
    ]


def test_one_name_of_several_facts_means_all_of_them_the_likeliest_first():
    skill, tool = fact("SQL", "skill"), fact("SQL", "technology")

    (spot,) = Vocabulary([skill, tool]).find("SQL")

    assert spot.facts == (skill, tool)


def test_a_name_of_its_own_comes_before_an_alias_of_another():
    clouds, aws = fact("Cloud platforms", "skill", "AWS"), fact("AWS", "technology")

    (spot,) = Vocabulary([clouds, aws]).find("AWS")

    assert spot.facts == (aws,)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/Python/",
        "see www.Python.org/Java",
        "me@Python",
        "Python@example.org",
        "GET AI NOW",
    ],
)
def test_addresses_handles_and_shouted_words_name_nothing(text):
    assert said(text, PYTHON, JAVA, fact("AI", "skill")) == []


WORDS = st.sampled_from(
    [
        *(
            "Python",
            "python",
            "machine",
            "Learning",
            "engineers",
            "R",
            "Go",
            "C++",
            "AIP-C01",
            "a",
            "CI",
            "CD",
        ),
        *("–", "-", "\n", " ", ", ", "/", ".", "@", "https://", "AWS", "İ", "ß"),
        *("\ufffc", "\x00", "\ud800"),
    ]
)
FACTS = [PYTHON, SQL, R, C, GO, GOLD, fact("Machine Learning"), fact("Machine Learning Engineer", "role")]
FACTS += [fact("CI/CD", "skill"), fact("C++"), fact("İstanbul", "skill")]


@given(st.one_of(st.lists(WORDS, max_size=40).map("".join), st.text(max_size=200)))
def test_whatever_the_text_spots_are_in_order_and_share_no_letter(text):
    spots = Vocabulary(FACTS).find(text)

    assert all(0 <= spot.start < spot.end <= len(text) for spot in spots)
    assert all(one.end <= other.start for one, other in pairwise(spots))


@given(st.lists(WORDS, max_size=40).map("".join))
def test_no_longer_name_begins_where_one_was_found(text):
    everything = Vocabulary(FACTS).find(text)

    for one in FACTS:
        for spot in Vocabulary([one]).find(text):
            at = [other for other in everything if other.start == spot.start]
            assert all(other.end >= spot.end for other in at)


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["skill", "credential", "role"]))
@settings(max_examples=200)
def test_any_name_can_be_learnt_and_any_text_read(name, text, noun):
    Vocabulary([fact(name, noun, text, codes=(name,))]).find(text + " " + name)


def test_a_vocabulary_is_made_anew_only_when_a_fact_has_changed():
    assert vocabulary((PYTHON,)) is vocabulary((fact("Python", "skill"),))
    assert vocabulary((PYTHON,)) is not vocabulary((JAVA,))


def test_work_grows_with_the_text_and_not_with_the_facts(monkeypatch):
    facts = [fact(f"data {kind} {number}", "role") for kind in ("a", "b", "c") for number in range(1000)]
    known = Vocabulary(facts)
    compared = []
    monkeypatch.setattr(
        recognising, "stands", lambda name, *rest: compared.append(name) or stands(name, *rest)
    )

    found = known.find("data a 7 and data data " * 100)

    assert len(found) == len(compared) == 100
