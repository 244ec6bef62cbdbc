from hypothesis import given
from hypothesis import strategies as st

from website.search import words
from website.search.snippets import AROUND, Highlighter


def highlight(text, query):
    return Highlighter(query).marked(text)


def best_snippet(summary, body, query):
    return Highlighter(query).snippet(summary, body)


def marked(segments):
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in segments)


def test_every_form_of_a_word_is_marked_as_it_was_written():
    query = words.parse("engineer")

    assert marked(highlight("Engineers, engineering and ENGINEER’S tools", query)) == (
        "[Engineers], [engineering] and [ENGINEER’S] tools"
    )


def test_technical_names_are_marked_whole():
    assert marked(highlight("C# and C, .NET and AIP-C01", words.parse("c# .net aipc01"))) == (
        "[C#] and C, [.NET] and [AIP-C01]"
    )


def test_hits_with_only_space_between_them_are_one():
    assert (
        marked(highlight("On machine learning.", words.parse("machine learning"))) == "On [machine learning]."
    )


def test_a_begun_word_is_marked():
    assert marked(highlight("JavaScript", words.parse("java*"))) == "[JavaScript]"


def test_what_is_left_out_is_not_marked():
    assert marked(highlight("Python", words.parse("java -python"))) == "Python"


def test_the_summary_is_shown_when_it_answers_all():
    query = words.parse("python")

    assert marked(best_snippet("On Python.", "Python, python, python.", query)) == "On [Python]."


def test_the_best_part_of_the_body_is_shown_when_it_answers_more():
    body = "Filler words go here. " * 40 + "Here Python meets data at last. " + "More filler follows. " * 40
    snippet = marked(best_snippet("On Python.", body, words.parse("python data")))

    assert "[Python] meets [data]" in snippet
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert len(snippet.split()) <= AROUND + 2


def test_hits_in_a_part_out_of_the_middle_are_marked_where_they_stand():
    body = "early " * 40 + "then Python tools and python " + "late " * 40

    assert marked(best_snippet("", body, words.parse("python"))) == (
        "… " + "early " * 5 + "then [Python] tools and [python] " + ("late " * 20).strip() + " …"
    )


def test_a_body_without_hits_shows_its_beginning():
    assert marked(best_snippet("", "A title was enough.", words.parse("python"))) == "A title was enough"


def test_a_page_without_text_shows_nothing():
    assert best_snippet("", "", words.parse("python")) == []


@given(st.text(max_size=200), st.text(max_size=30))
def test_segments_put_together_are_the_text(text, typed):
    assert "".join(piece.text for piece in highlight(text, words.parse(typed))) == text


@given(st.text(max_size=400), st.text(max_size=400), st.text(max_size=30))
def test_a_snippet_invents_nothing(summary, body, typed):
    shown = "".join(piece.text for piece in best_snippet(summary, body, words.parse(typed)))

    assert shown.removeprefix("… ").removesuffix(" …") in summary + "\n" + body
