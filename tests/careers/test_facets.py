from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.facets import SIT, answered, choose, labels_of, narrow
from careers.models import ExamVersion
from careers.sitting import Question
from careers.traits import TRAITS, UNKNOWN, Listed, Value
from tests.factories import CredentialFactory, ExamVersionFactory

Status = ExamVersion.Status
ON = date(2026, 11, 24)
NOT_KNOWN = (Value(UNKNOWN, "Not known"),)


def row(name, provider="acme", level="associate", status=Status.ACTIVE, **values):
    own = {"provider": [provider], "level": [level], "status": [status.value] if status else [], **values}
    every = {
        trait.name: tuple(Value(key, key.title()) for key in own.get(trait.name, ())) or NOT_KNOWN
        for trait in TRAITS
    }
    entry = SimpleNamespace(name=name, is_retired=status == Status.RETIRED)
    return Listed(entry, None, every, None)


ROWS = [
    row("a", language=["en", "ja"]),
    row("b", level="expert", language=["en"]),
    row("c", provider="zeta", status=Status.BETA),
    row("d", provider="zeta", status=Status.RETIRED, language=["ja"]),
    row("e", provider="zeta", status=None),
]
LABELS = labels_of(ROWS)


def narrowed(retired=False, **asked):
    return narrow(ROWS, LABELS, choose(asked, LABELS), with_retired=retired)


def names(**asked):
    return "".join(row.entry.name for row in narrowed(**asked).rows)


def counts(name, **asked):
    (facet,) = [facet for facet in narrowed(**asked).facets if facet.name == name]
    return {choice.value: choice.count for choice in facet.choices if choice.count}


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({}, "abce"),
        ({"retired": True}, "abcde"),
        ({"provider": ["zeta"]}, "ce"),
        ({"status": ["unknown"]}, "e"),
        ({"status": ["retired"]}, "d"),
        ({"status": ["retired", "beta"]}, "cd"),
        ({"provider": ["acme"], "level": ["expert"]}, "b"),
        ({"language": ["ja"]}, "a"),
        ({"language": ["ja"], "retired": True}, "ad"),
        ({"language": ["ja", "unknown"]}, "ace"),
        ({"provider": [""], "level": []}, "abce"),
        ({"provider": ["nobody"]}, "abce"),
    ],
)
def test_choices_narrow_the_list_and_those_of_one_facet_are_alternatives(asked, left):
    assert names(**asked) == left


def test_each_choice_says_how_many_it_would_leave_under_the_other_facets():
    assert counts("provider") == {"acme": 2, "zeta": 2}
    assert counts("provider", level=["expert"]) == {"acme": 1}
    assert counts("level", provider=["acme"]) == {"associate": 1, "expert": 1}
    assert counts("provider", provider=["acme"]) == {"acme": 2, "zeta": 2}


def test_one_with_two_values_counts_for_both():
    assert counts("language") == {"en": 2, "ja": 1, "unknown": 2}


def test_retired_is_offered_as_a_status_though_it_is_hidden():
    assert counts("status")["retired"] == 1


@pytest.mark.parametrize(
    ("asked", "hidden"),
    [
        ({}, 1),
        ({"provider": ["acme"]}, 0),
        ({"provider": ["zeta"]}, 1),
        ({"retired": True}, 0),
        ({"status": ["active"]}, 0),
    ],
)
def test_what_is_hidden_is_counted_under_the_same_choices(asked, hidden):
    assert narrowed(**asked).hidden == hidden


def test_every_value_keeps_its_place_though_it_would_leave_nothing():
    facets = {facet.name: facet for facet in narrowed(provider=["zeta"], level=["expert"]).facets}

    assert narrowed(provider=["zeta"], level=["expert"]).rows == ()
    assert [(c.value, c.count) for c in facets["level"].choices] == [("associate", 2), ("expert", 0)]
    assert [c.value for c in facets["level"].chosen] == ["expert"]


def test_values_come_by_their_meaning_or_by_their_label_and_the_unknown_last():
    assert list(LABELS["level"]) == ["associate", "expert"]
    assert list(LABELS["status"]) == ["active", "beta", "retired", "unknown"]
    assert list(LABELS["language"]) == ["en", "ja", "unknown"]


def test_one_kind_alone_is_no_choice():
    two = [row("a", kind=["badge"]), row("b", kind=["certification"])]

    assert "kind" not in LABELS
    assert list(labels_of(two)["kind"]) == ["certification", "badge"]


def test_a_list_of_nothing_can_be_narrowed():
    labels = labels_of([])

    assert narrow([], labels, choose({"provider": ["x"]}, labels)).rows == ()


def test_a_question_makes_its_answer_one_more_facet(db):
    credentials = [ExamVersionFactory(status=status).credential for status in ("active", "retired")]
    credentials.append(CredentialFactory())
    rows = [Listed(SimpleNamespace(is_retired=False), each, row("x").values, None) for each in credentials]

    asked = answered(rows, Question(ON, date(2027, 3, 1)))

    assert [row.values[SIT][0].key for row in asked] == ["yes", "no", "unknown"]


options = st.dictionaries(
    st.sampled_from(["provider", "level", "status", "language"]),
    st.lists(st.sampled_from(["acme", "zeta", "expert", "associate", "en", "ja", "active", "unknown"])),
)


@given(options, st.booleans())
def test_a_count_is_what_choosing_the_value_alone_would_leave(asked, retired):
    chosen = choose(asked, LABELS)
    for facet in narrow(ROWS, LABELS, chosen, with_retired=retired).facets:
        for choice in facet.choices:
            alone = {**chosen, facet.name: (choice.value,)}
            assert len(narrow(ROWS, LABELS, alone, with_retired=retired).rows) == choice.count


@given(options)
def test_one_more_alternative_never_leaves_fewer(asked):
    chosen = dict(choose(asked, LABELS))
    before = len(narrow(ROWS, LABELS, chosen).rows)
    for name, keys in chosen.items():
        if name != "status":
            more = {**chosen, name: tuple(LABELS[name])}
            assert len(keys) <= len(more[name])
            assert len(narrow(ROWS, LABELS, more).rows) >= before
