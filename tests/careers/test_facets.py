from datetime import date

import pytest

from careers.directory import Entry
from careers.facets import narrow
from careers.models import ExamVersion

Status = ExamVersion.Status


def entry(name, provider="acme", level="associate", status=Status.ACTIVE):
    return Entry(
        name, f"/{name}/", name, provider.title(), provider, level.title(), level, status, (), date.min, "day"
    )


ENTRIES = [
    entry("a"),
    entry("b", level="expert"),
    entry("c", provider="zeta", status=Status.BETA),
    entry("d", provider="zeta", status=Status.RETIRED),
    entry("e", provider="zeta", status=None),
]


def names(**asked):
    return "".join(entry.name for entry in narrow(ENTRIES, asked).entries)


def counts(name, **asked):
    (facet,) = [facet for facet in narrow(ENTRIES, asked).facets if facet.name == name]
    return {choice.value: choice.count for choice in facet.choices}


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({}, "abce"),
        ({"retired": "1"}, "abcde"),
        ({"provider": "zeta"}, "ce"),
        ({"status": "unknown"}, "e"),
        ({"status": "retired"}, "d"),
        ({"provider": "acme", "level": "expert"}, "b"),
        ({"provider": "", "level": ""}, "abce"),
    ],
)
def test_choices_narrow_the_list(asked, left):
    assert names(**asked) == left


def test_a_choice_that_does_not_exist_is_left_out_and_named():
    narrowed = narrow(ENTRIES, {"provider": "nobody", "level": "expert"})

    assert [entry.name for entry in narrowed.entries] == ["b"]
    assert narrowed.unknown == ("provider",)


def test_each_choice_says_how_many_it_would_leave():
    assert counts("provider") == {"acme": 2, "zeta": 2}
    assert counts("provider", level="expert") == {"acme": 1}
    assert counts("level", provider="acme") == {"associate": 1, "expert": 1}


def test_retired_is_offered_as_a_status_though_it_is_hidden():
    assert counts("status")["retired"] == 1


def test_what_is_hidden_is_counted_under_the_same_choices():
    assert narrow(ENTRIES, {}).hidden == 1
    assert narrow(ENTRIES, {"provider": "acme"}).hidden == 0
    assert narrow(ENTRIES, {"retired": "1"}).hidden == 0


def test_what_is_chosen_stays_in_sight_though_nothing_is_left():
    narrowed = narrow(ENTRIES, {"provider": "zeta", "level": "expert"})
    chosen = {c.label: c.count for facet in narrowed.facets for c in facet.choices if c.is_chosen}

    assert narrowed.entries == ()
    assert chosen == {"Zeta": 0, "Expert": 0}


def test_what_is_chosen_is_marked():
    facets = {facet.name: facet for facet in narrow(ENTRIES, {"level": "expert"}).facets}

    assert [choice.value for choice in facets["level"].choices if choice.is_chosen] == ["expert"]
    assert not any(choice.is_chosen for choice in facets["provider"].choices)
