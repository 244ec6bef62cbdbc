"""Who tells twice what a thing is, in other words, is told so once."""

import pytest

from tests.blog.checked import found, story

INTRO = (
    "Database administrators look after systems that store orders and bills, "
    "while data engineers build pipelines that move data from many sources into one warehouse."
)
AGAIN = (
    "A data engineer builds pipelines that move data into a warehouse.",
    "Data engineers typically build the pipelines moving data from sources to the warehouse.",
    "In a bank this is a team; but a data engineer designs pipelines which move all data to a warehouse.",
)
CLOUD = "A cloud architect designs systems that stay up when one data centre fails."


def definitions(*paragraphs):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return found(story(body), rule="repeated-definition")


@pytest.mark.parametrize("again", AGAIN)
def test_the_same_told_of_the_same_in_other_words_is_found(again):
    (finding,) = definitions(INTRO, "Something else stands here, in between.", again)

    assert finding.place.block == 2
    assert INTRO[:30] in finding.message


@pytest.mark.parametrize(
    "other",
    [
        "A data scientist builds pipelines that move data into a warehouse.",  # of another subject
        "A data engineer earns more in a bank than in a shop, and more in Zurich than in Rome.",
        "A data engineer builds dashboards with people who sell things to shops.",  # other things of the same
        "They build pipelines that move data from sources into a warehouse.",  # of whom, nobody can say
        "Data engineers typically work on:",
        "<code>A data engineer builds pipelines that move data into a warehouse.</code>",
    ],
)
def test_what_tells_something_else_passes(other):
    assert definitions(INTRO, CLOUD, other) == []


def test_the_same_sentence_twice_is_told_once_by_the_rule_for_that():
    assert definitions(CLOUD, CLOUD) == []
    assert len(found(story(f"<p>{CLOUD}</p><p>{CLOUD}</p>"), rule="repeated-sentence")) == 1


def test_two_things_told_again_in_one_sentence_are_one_finding():
    both = INTRO.replace("many sources", "all sources").replace("bills", "invoices")

    assert len(definitions(AGAIN[0], "Database administrators keep systems that store orders.", both)) == 1


def test_an_article_that_compares_two_roles_and_sums_up_is_told_of_each_that_it_tells_again():
    """The shape of many: both in the introduction, each under its heading, both once more at the end."""
    body = [
        INTRO,
        "A database administrator runs the systems that store orders and bills.",
        AGAIN[0],
        "Both work with data, and both are paid well for it in large cities.",
        "Database administrators keep the systems that store bills and orders, while data engineers plan.",
    ]
    more = body[0].replace("look after", "manage")

    assert [finding.place.block for finding in definitions(more, *body[1:])] == [1, 2, 4]


def test_a_text_of_definitions_only_is_checked_quickly():
    lines = [f"A role number {n} builds systems that store orders and move data." for n in range(400)]

    assert definitions(*lines) == []
