from itertools import islice

from hypothesis import example, given
from hypothesis import strategies as st

from website.search import snippets, words
from website.search.reading import AT_ONCE, Answers, Reading, Tokens
from website.search.snippets import Highlighter

# What is one word, none or several; what hides in a word, or only looks as if it were a part of it.
WRITTEN = """
engineer Engineers, ENGINEER’S engineering. engin\u0301eer en\u00adgineer “engineer” isation ies and/or
machine learning machine-learning machinelearning learning,machine (learning) learn 1,000 3.11 ½ 🙂 s
C++ c#. C# .NET .net. .netx ASP.NET node.js AZ-900 az900, Security+ O'Reilly · – () ... _ __init__
R&D e‑mail a_b C++20 engineer+ résumé re\u0301sume\u0301 Größe GRÖSSE İstanbul ıspanak 日本語 機械 ǅ ﬁne
"""
SPACES = [" ", " ", " ", "", "  ", "\n", "\u00a0", "\x1c", ". ", ", ", " · ", "; "]
# As often as it takes to come to the end of what is read at once, or at all.
OFTEN = [1, 1, 1, 5, 28, 220, 244, 250, 1_240, 1_500]

pieces = st.sampled_from(WRITTEN.split()) | st.text(max_size=6)
stretches = st.tuples(pieces, st.sampled_from(SPACES), st.sampled_from(OFTEN)).map(
    lambda drawn: (drawn[0] + drawn[1]) * drawn[2]
)
texts = st.lists(stretches, max_size=6).map("".join)
queries = st.lists(pieces | pieces.map("{}*".format) | pieces.map('"{}"'.format), max_size=3).map(" ".join)


def answered(query, chunk):
    """The long way round, as all below: nothing is left out because of how it looks."""
    stems = words.forms(chunk).stems()
    return {
        n
        for n, term in enumerate(query.wanted)
        if any(stem in phrase for phrase in term.phrases for stem in stems)
        or (term.prefix and any(stem.startswith(term.prefix) for stem in stems))
    }


def looked_at(query, text, most=None):
    found = islice(words.CHUNK.finditer(text), most)
    return [(word.span(), answered(query, word[0])) for word in found]


def together(stretch):
    return len(set().union(*(terms for _, terms in stretch)))


def best_stretch(query, body):
    every, read, best = looked_at(query, body, snippets.SEARCHED), 0, []
    while together(best) < len(query.wanted) and read < len(every):
        start, read = max(0, read - snippets.AROUND), min(read + snippets.READ_AT_ONCE, len(every))
        hits = [n for n in range(start, read) if every[n][1]][: snippets.HITS]
        firsts = [max(0, hit - snippets.BEFORE) for hit in hits]
        best = max([best, *(every[n : min(n + snippets.AROUND, read)] for n in firsts)], key=together)
    return best if together(best) else every[: min(read, snippets.AROUND)]


@example(WRITTEN, "engineer c# c++ learn*")
@given(texts, queries)
def test_the_words_that_answer_are_those_that_do_when_each_is_looked_at(text, typed):
    query = words.parse(typed).widened()
    reading = Reading(text, Tokens(Answers(query)))
    every = looked_at(query, text)

    assert reading.reach(len(every) + 1) == len(every)
    assert reading.hits(0, len(every)) == [n for n, (_, terms) in enumerate(every) if terms]
    assert reading.answered(0, len(every)) == together(every)


@given(texts, queries, st.data())
def test_any_words_of_what_was_read_are_found_where_they_stand(text, typed, data):
    every = looked_at(words.parse(typed), text)
    reading = Reading(text, Tokens(Answers(words.parse(typed))))
    end = reading.reach(data.draw(st.integers(0, len(every))))
    start = data.draw(st.integers(0, end))

    assert [word.span() for word in reading.matches(start, end)] == [span for span, _ in every[start:end]]


@example(WRITTEN, "engineer c# c++ learn*")
@given(texts, queries)
def test_the_passage_is_the_one_that_looking_at_every_word_finds(body, typed):
    query = words.parse(typed)
    shown = Highlighter(query).passage("", body)
    stretch = best_stretch(query, body) if query.wanted else []
    inside = "".join(piece.text for piece in shown.segments)

    if stretch:
        (start, _), (_, end) = stretch[0][0], stretch[-1][0]
        assert inside.removeprefix("… ").removesuffix(" …") == body[start:end]
    else:
        assert not inside
    assert shown.place == next((at for (at, _), terms in stretch if terms), None)


def test_of_a_long_text_no_more_is_read_than_is_asked_for():
    text = Reading("word " * 20 * AT_ONCE, Tokens(Answers(words.parse("word"))))

    assert text.reach(3) == 3
    assert len(text.hits(0, 20 * AT_ONCE)) < AT_ONCE
