import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.hashtag_names import fault, key_of, parse, slug_for, tidy, written

CLIENTS_TWELVE = (
    "#Java #Python #Programming #Software #Architecture #AI #ArtificialIntelligence #genai #machinelearning "
    "#ml #career #generativeai"
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("#Java #Python", ["Java", "Python"]),
        (CLIENTS_TWELVE, CLIENTS_TWELVE.replace("#", "").split()),
        ("Java, Python; Go\nRust\r\nZig", ["Java", "Python", "Go", "Rust", "Zig"]),
        ("Machine Learning", ["Machine Learning"]),
        ("Machine Learning, Java", ["Machine Learning", "Java"]),
        ("#machine learning #java", ["machine learning", "java"]),
        ("#Java#Python", ["Java", "Python"]),
        ("Java #Python", ["Java", "Python"]),
        ("C, C++, C#, F#, .NET, Node.js", ["C", "C++", "C#", "F#", ".NET", "Node.js"]),
        ("#C# #F# #C++ #.NET", ["C#", "F#", "C++", ".NET"]),
        (
            '"Washington, DC", “two words” #"Machine Learning"',
            ["Washington, DC", "two words", "Machine Learning"],
        ),
        ('a lone " quote, x', ["a lone quote", "x"]),
        ("  # Java ,, ;;  , ", ["Java"]),
        ("Java, JAVA, #java", ["Java"]),
        ("Python、Java，Go；Rust", ["Python", "Java", "Go", "Rust"]),
        ("Career advice.", ["Career advice"]),
        ("| HashTags | #Java #Python |", ["Java", "Python"]),
        ("Hash tags: Java, Python", ["Java", "Python"]),
        ("hashtags", ["hashtags"]),
        ('"Hashtags: a history"', ["Hashtags: a history"]),
        ("a\x00b", ["a b"]),
        ("", []),
        ("# , #", []),
    ],
)
def test_parsing_reads_what_a_person_means(typed, meant):
    assert parse(typed) == meant


@pytest.mark.parametrize(
    "spellings",
    [
        ("Python", "python", "PYTHON", "#python", "ｐｙｔｈｏｎ", "𝐏𝐲𝐭𝐡𝐨𝐧"),
        ("Größe", "GRÖSSE", "grösse", "Gro\u0308ße"),
        (
            "Machine Learning",
            "#MachineLearning",
            "machine-learning",
            "machine_learning",
            "machine\u00a0learning",
        ),
        ("AI", "AI 🚀", "a\u200bi"),
        ("Women’s health", "women's health"),
    ],
)
def test_spellings_of_one_word_share_a_key(spellings):
    assert len({key_of(tidy(spelling)) for spelling in spellings}) == 1


def test_signs_inside_and_at_the_end_tell_names_apart():
    assert len({key_of(name) for name in ["C", "C++", "C#", "F#", ".NET", "NET", "Node.js", "Nodejs"]}) == 8


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("F#", "f-sharp"),
        (".NET", "dotnet"),
        ("Node.js", "nodejs"),
        ("R&D", "r-and-d"),
        ("Größe", "grosse"),
        ("Machine Learning", "machine-learning"),
        ("Питон", "piton"),
        ("Ελλάδα", "ellada"),
        ("さくら", "sakura"),
    ],
)
def test_slugs_are_readable(name, slug):
    assert slug_for(name) == slug


def test_a_name_the_alphabet_cannot_carry_gets_a_stable_slug_of_its_own():
    assert re.fullmatch(r"tag-[0-9a-f]{6}", slug_for("机器学习"))
    assert slug_for("机器学习") == slug_for("机器学习")
    assert slug_for("Python入門") not in {"python", slug_for("Python上級")}


@pytest.mark.parametrize("name", ["🚀", "ℹ️", "1️⃣", "...", "++", "", "!", "x" * 61, "ﷺ" * 20])
def test_what_cannot_be_a_hashtag_is_told_why(name):
    assert fault(tidy(name))


@pytest.mark.parametrize("name", ["C", "2026", ".NET", "机器学习", "हिन्दी", "AI 🚀", "x" * 60])
def test_what_people_write_about_can_be_a_hashtag(name):
    assert fault(tidy(name)) == ""


@given(st.text(max_size=300))
def test_parsing_takes_anything_and_is_settled_after_one_reading(text):
    names = parse(text)

    assert parse(written(names)) == names
    assert [tidy(name) for name in names] == names


@given(st.text(max_size=80))
def test_every_slug_can_stand_in_an_address(text):
    slug = slug_for(text)

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 80


@given(st.text(max_size=80))
def test_tidying_changes_no_key_and_casing_does_not_matter(text):
    assert key_of(tidy(text)) == key_of(tidy(tidy(text)))
