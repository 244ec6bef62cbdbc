from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.browsing import PAGE_SIZE, SORTS, Asked, chips, page_of, read
from careers.directory import Price
from careers.facets import ANSWERS, SIT, facet
from careers.sitting import Question
from careers.traits import Listed

ON = date(2026, 11, 24)
QUESTION = Question(ON, date(2027, 2, 16), "ja", 12)
LABELS = {
    "level": {"associate": "Associate", "expert": "Expert"},
    "provider": {"acme": "Acme", "zeta": "Zeta"},
}


def asked(question=None, problems=(), **lists):
    labels = {SIT: ANSWERS, **LABELS} if question else LABELS
    return read(lists, labels, question, problems)


# --- The address is the state -----------------------------------------------


@pytest.mark.parametrize(
    ("lists", "query"),
    [
        ({}, ""),
        ({"level": [""], "sort": [""], "page": ["1"]}, ""),
        ({"provider": ["zeta", "acme"], "level": ["expert"]}, "level=expert&provider=acme&provider=zeta"),
        ({"provider": ["acme", "acme"]}, "provider=acme"),
        ({"retired": ["1"], "sort": ["price"]}, "retired=1&sort=price"),
        ({"page": ["3"]}, "page=3"),
        ({"provider": ["nobody"], "sort": ["no"], "page": ["x"]}, ""),
    ],
)
def test_the_same_state_has_always_the_same_address(lists, query):
    assert asked(**lists).query == query


def test_the_question_is_part_of_the_address():
    assert asked(QUESTION).query == "weeks=12&in=ja&sit=yes&sit=unknown"
    assert asked(Question(ON, date(2027, 2, 16))).query.startswith("by=2027-02-16&sit=")


@given(
    st.fixed_dictionaries(
        {
            "provider": st.lists(st.sampled_from(["acme", "zeta", "no"])),
            "level": st.lists(st.sampled_from(["expert", ""])),
            "retired": st.sampled_from([[], ["1"]]),
            "sort": st.sampled_from([[], ["price"], ["x"]]),
            "page": st.sampled_from([[], ["2"], ["-1"]]),
        }
    )
)
def test_reading_an_address_and_writing_it_again_changes_nothing(lists):
    once = asked(**lists)
    twice = asked(**parse_qs(once.query))

    assert (twice.query, twice.problems) == (once.query, ())


@pytest.mark.parametrize(
    ("lists", "problems"),
    [
        ({"provider": ["nobody"], "level": ["expert", "x"]}, ("level", "provider")),
        ({"sort": ["cheapest"]}, ("order",)),
        ({"page": ["0"]}, ("page",)),
        ({"page": ["9" * 5000]}, ("page",)),
        ({"page": ["٣"]}, ("page",)),
    ],
)
def test_what_does_not_exist_is_left_out_and_named(lists, problems):
    found = asked(**lists)

    assert (found.problems, found.is_plain) == (problems, False)


def test_only_the_list_as_it_stands_is_plain():
    assert asked().is_plain
    assert not asked(level=["expert"]).is_plain
    assert asked(page=["2"]).is_plain
    assert not asked(page=["2"], level=["expert"]).is_plain


# --- Asking for a day -------------------------------------------------------


def test_who_names_a_day_sees_what_can_be_sat_or_may_be():
    assert asked(QUESTION).chosen[SIT] == ("yes", "unknown")


def test_what_cannot_be_sat_then_can_be_asked_for():
    assert asked(QUESTION, sit=["no"]).chosen[SIT] == ("no",)


def test_without_a_day_there_is_no_answer_to_choose():
    assert asked(sit=["yes"]).query == ""


# --- Chips ------------------------------------------------------------------


def shown(state):
    labels = {SIT: ANSWERS, **LABELS}
    facets = [facet(name, labels[name], {}, state.chosen.get(name, ())) for name in labels]
    return {f"{chip.label}: {chip.value}": chip.query for chip in chips(state, facets)}


def test_each_choice_can_be_taken_back_by_itself():
    state = asked(provider=["acme", "zeta"], level=["expert"], retired=["1"], page=["2"])

    assert shown(state) == {
        "Level: Expert": "provider=acme&provider=zeta&retired=1",
        "Provider: Acme": "level=expert&provider=zeta&retired=1",
        "Provider: Zeta": "level=expert&provider=acme&retired=1",
        "With: retired ones": "level=expert&provider=acme&provider=zeta",
    }


def test_taking_back_the_question_takes_its_answers_with_it():
    state = asked(QUESTION, level=["expert"])

    assert shown(state)["Can be sat: in Japanese on 16 February 2027, 12 weeks from today"] == "level=expert"
    assert shown(state)["Can be sat then: Not known"] == "weeks=12&in=ja&sit=yes&level=expert"


def test_the_last_answer_to_a_question_cannot_be_taken_back_alone():
    assert "Can be sat then: Yes" not in shown(asked(QUESTION, sit=["yes"]))


def test_where_nothing_is_chosen_there_are_no_chips():
    assert shown(asked()) == {}


# --- Order and pages --------------------------------------------------------


def row(name, provider="Acme", level="associate", amounts=(), checked=None, ends=None):
    prices = tuple(Price("", True, "", Decimal(amount), "USD") for amount in amounts)
    entry = SimpleNamespace(
        name=name,
        provider=provider,
        provider_slug=provider.lower(),
        level_key=level,
        prices=prices,
        checked_on=checked,
    )
    return Listed(entry, None, {}, ends)


ROWS = [
    row("a", "Zeta", "expert", [300, 75], date(2026, 9, 1)),
    row("b", "acme", "foundational", [], date(2026, 10, 1), date(2027, 6, 1)),
    row("c", "Acme", "associate", [100], None, date(2027, 1, 1)),
]


@pytest.mark.parametrize(
    ("sort", "names"),
    [("", "bca"), ("name", "abc"), ("price", "acb"), ("level", "bca"), ("checked", "bac"), ("ends", "cba")],
)
def test_rows_come_in_the_order_asked_for_and_the_unknown_last(sort, names):
    assert "".join(row.entry.name for row in page_of(ROWS, Asked(sort=sort)).rows) == names


def test_every_order_has_a_name():
    assert all(label for label, _ in SORTS.values())


def test_a_long_list_comes_in_pages_that_keep_the_choices():
    rows = [row(f"{number:03}") for number in range(PAGE_SIZE + 1)]
    first, second = (page_of(rows, asked(sort=["name"], page=[page])) for page in ("1", "2"))

    assert (len(first.rows), first.count, first.total) == (PAGE_SIZE, 2, PAGE_SIZE + 1)
    assert (first.before, first.after) == ("", "?sort=name&page=2")
    assert ([r.entry.name for r in second.rows], second.before) == (["100"], "?sort=name")
    assert second.after == ""


def test_a_page_beyond_the_last_is_the_first():
    assert page_of(ROWS, asked(page=["999"])).number == 1
    assert page_of([], Asked()).count == 1
