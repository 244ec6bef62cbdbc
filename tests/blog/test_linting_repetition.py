"""Sentences that come twice."""

import pytest

from tests.blog.checked import found, story

ONE = "A column store keeps the values of one column side by side on disk"


@pytest.mark.parametrize(
    "again",
    [
        f"{ONE}.",
        "In short: a column store keeps the values of one column side by side on disk.",
        "A column store keeps the values of one column side by side on a disk.",
    ],
)
def test_the_same_sentence_or_nearly_is_found(again):
    (finding,) = found(story(f"<p>{ONE}.</p><p>Something else.</p><p>{again}</p>"), rule="repeated-sentence")

    assert finding.place.block == 2
    assert ONE[:30] in finding.message


@pytest.mark.parametrize(
    "other",
    [
        "A row store keeps the values of one row together, which suits small writes.",
        "Yes. Yes. Yes.",
        "Short ones may come back.</p><p>Short ones may come back.",
        f"<code>{ONE}.</code>",
    ],
)
def test_other_sentences_pass(other):
    assert found(story(f"<p>{ONE}.</p><p>{other}</p>"), rule="repeated-sentence") == []


def test_tables_and_lists_of_code_may_repeat_themselves():
    row = f"<tr><td>{ONE}</td></tr>"

    assert found(story(f"<pre>{ONE}\n{ONE}</pre>"), rule="repeated-sentence") == []
    assert len(found(story(f"<table>{row}{row}</table>"), rule="repeated-sentence")) == 1
