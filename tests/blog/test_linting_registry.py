"""All rules together: order, safety, speed, and fixes that mend."""

import itertools
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog import linting
from blog.linting.findings import Note, Place, Severity
from blog.linting.registry import Rule, version
from blog.rendering import KnownFacts
from blog.transfer import read_manuscripts
from tests.blog.checked import CLEAN, DAY, FACTS, found, story

PIECES = [
    *(
        "plain words",
        "Acme Certified Cloud Builder",
        "ACB-C01",
        "ACB-C09",
        "$150",
        "2024",
        "as of 2024",
        "vs",
    ),
    *("turn0search1", "[web:1]", "【1†s】", "\ue200a\ue201", "As an AI language model", "#a #b #c", "here"),
    *("Author: x", "Category: y", "Skip to content", "A long sentence of more than eight words stands here."),
    *("\x00", "\ud800", "…", "\ufffc", " ", "contentReference[oaicite:", "utm_source=chatgpt.com"),
]
TAGS = [
    "p",
    "h2",
    "h3",
    "h4",
    "pre",
    "li",
    "strong",
    "code",
    "td",
    "th",
    "tr",
    "table",
    "blockquote",
    "em",
    "hr",
    "caption",
]
words = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=4).map(" ".join)
pieces = st.one_of(
    words,
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(TAGS), words),
    st.builds("<p><strong>{}</strong></p>".format, words),
    st.builds('<a href="/x?{}">{}</a>'.format, st.sampled_from(PIECES), words),
    st.builds("<table><tr><td>{}</td><td>{}</td></tr><tr><td>z</td></tr></table>".format, words, words),
    st.builds("<p>{}<br>{}</p>".format, words, words),
)
bodies = st.lists(pieces, max_size=8).map("".join)
stories = st.builds(
    linting.Story,
    title=words,
    slug=st.sampled_from(["", "a-2024", "2024", "x-in-2025"]),
    summary=words,
    seo_title=words,
    seo_description=words,
    body=bodies,
    category=words,
    hashtags=st.lists(words, max_size=8).map(tuple),
    authors=st.lists(words, max_size=2).map(tuple),
    cover_alt=words,
)


@given(one=stories)
def test_a_check_never_raises_and_every_fix_mends_what_it_was_offered_for(one):
    findings = linting.check(one, facts=FACTS, on=DAY, dead_links={"/x?here"})

    for finding in findings:
        if finding.fix:
            better = finding.fix.apply(one)
            left = {other.key for other in linting.check(better, facts=FACTS, on=DAY, dead_links={"/x?here"})}
            assert finding.key not in left
            assert finding.fix.apply(better) == better


def test_a_clean_story_has_no_findings():
    assert found(CLEAN) == []


def test_findings_come_in_the_order_of_the_form_and_of_the_text():
    one = story("<p>[web:1]</p><h2>Empty</h2>", title="Databases in 2019", authors=(), slug="x-2019")

    order = [(finding.place.field, finding.place.block) for finding in found(one)]

    assert [place for place in order if place[0] != "seo_title"] == [
        ("title", None),
        ("title", None),
        ("body", 0),
        ("body", 1),
        ("authors", None),
        ("slug", None),
    ]


def test_the_same_finding_twice_is_shown_once():
    one = story("<p>[web:1] x</p><p>[web:1] x</p>")

    assert len(found(one, rule="ai-marks")) == 1


def test_a_broken_rule_is_logged_and_the_others_still_speak(caplog):
    def broken(story, known):
        raise ZeroDivisionError

    def fine(story, known):
        yield Note(Place("title"), "Fine.")

    rules = [Rule("broken", Severity.WARN, "", broken), Rule("fine", Severity.INFO, "", fine)]

    findings = linting.check(CLEAN, facts=KnownFacts(), on=DAY, rules=rules)

    assert [finding.rule for finding in findings] == ["fine"]
    assert "The rule broken broke" in caplog.text


def test_no_rule_floods_the_page():
    one = story("".join(f"<p>[web:{number}] word</p>" for number in range(500)))

    assert len(found(one, rule="ai-marks")) == 30


def test_only_blocks_keep_a_story_from_readers():
    one = story("<h2>Empty</h2>", authors=())

    assert [finding.rule for finding in linting.blocking(found(one))] == ["empty-section"]


def test_whoever_publishes_hears_of_all_that_blocks_and_of_nothing_else():
    one = story("<h2>Empty</h2><p>[web:1] ACB-C01</p><p>As an AI language model, I.</p>", title="")

    assert linting.must_be_mended(one, on=DAY) == linting.blocking(found(one))
    assert linting.must_be_mended(CLEAN, on=DAY) == []


def test_every_rule_has_a_name_and_an_id_of_its_own():
    assert len({rule.id for rule in linting.RULES}) == len(linting.RULES)
    assert all(rule.label for rule in linting.RULES)


def test_the_version_of_the_rules_stays_while_they_do():
    assert version() == version()
    assert len(version()) == 16


def hostile(kind):
    return {
        "marks": "<p>" + "[web:1] turn0search1 " * 800 + "</p>",
        "bold": "<p><strong>Line</strong></p>" * 600,
        "sentences": "<p>" + "One two three four five six seven eight nine. " * 600 + "</p>",
        "headings": "<h2>x</h2>" * 1000,
        "codes": "<p>" + "Acme Certified Cloud ACB-C09 exam $1 " * 800 + "</p>",
        "hashes": "<p>" + "#aaaa " * 2000 + "</p>",
        "digits": "<p>" + "1,1." * 4000 + "</p>",
        "cells": "<table>" + "<tr><td>a</td></tr>" * 800 + "</table>",
    }[kind]


@pytest.mark.parametrize(
    "kind", ["marks", "bold", "sentences", "headings", "codes", "hashes", "digits", "cells"]
)
def test_twice_the_text_takes_about_twice_the_work(kind):
    once, twice = work(hostile(kind)), work(hostile(kind) * 2)

    assert twice < 2.2 * once


def work(body):
    """Calls, of ours and of Python's own: the same on a busy machine as on a quiet one."""
    calls = itertools.count()
    sys.setprofile(lambda frame, event, argument: event.endswith("call") and next(calls))
    try:
        found(replace(CLEAN, body=body))
    finally:
        sys.setprofile(None)
    return next(calls)


@pytest.mark.parametrize("manuscript", read_manuscripts(), ids=lambda manuscript: manuscript.slug)
def test_the_demo_has_nothing_that_blocks_or_warns(manuscript):
    details = manuscript.details
    one = linting.Story(
        title=details["title"],
        slug=manuscript.slug,
        summary=details["summary"],
        body=manuscript.body,
        category=details["category"],
        hashtags=tuple(details["hashtags"]),
        authors=tuple(details["authors"]),
    )

    assert [f.message for f in found(one, facts=KnownFacts()) if f.severity != Severity.INFO] == []
