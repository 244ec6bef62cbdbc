from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.changes import (
    GROUPS,
    Kind,
    answers,
    by_month,
    change,
    changes,
    next_changes,
    sorted_out,
    told_of,
)
from careers.models import Credential, ExamVersion, LifecycleEvent, Source
from tests.factories import ExamVersionFactory

ON = date(2026, 11, 24)
DAY = timedelta(days=1)
CREDENTIAL = Credential(pk=1, name="Data", slug="data")
VERSION = ExamVersion(pk=1, exam_code="DA-1", credential=CREDENTIAL)


def event(happens_on=ON, kind="last_exam", certainty="confirmed", **fields):
    known = {"credential": CREDENTIAL, "version": VERSION, "key": f"{kind}-{happens_on}"}
    return LifecycleEvent(happens_on=happens_on, kind=kind, certainty=certainty, **known | fields)


def keys(rows):
    return [row.event.key for row in rows]


# --- In words -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "headline", "sentence"),
    [
        ({}, "Data (DA-1): last day to sit it", "24 November 2026."),
        ({"version": None}, "Data: last day to sit it", "24 November 2026."),
        (
            {"kind": "language_removed", "languages": ["ja", "tlh"], "note": "Others go on."},
            "Data (DA-1): languages end (Japanese, tlh)",
            "24 November 2026. Others go on.",
        ),
        (
            {"certainty": "expected", "happens_on_precision": "quarter", "happens_on": date(2027, 1, 1)},
            "Data (DA-1): last day to sit it (expected, not confirmed)",
            "First quarter of 2027 (expected, not confirmed).",
        ),
        (
            {"certainty": "disputed", "kind": "language_removed", "languages": ["ja"]},
            "Data (DA-1): languages end (Japanese; sources disagree)",
            "24 November 2026 (sources disagree).",
        ),
        (
            {"certainty": "announced", "kind": "announced", "happens_on": None},
            "Data (DA-1): announced",
            "Date not known yet.",
        ),
        (
            {"certainty": "announced", "happens_on": None},
            "Data (DA-1): last day to sit it (announced)",
            "Date not known yet (announced).",
        ),
    ],
)
def test_a_change_is_told_with_no_more_than_is_known(fields, headline, sentence):
    found = change(event(**fields), on=ON)

    assert (found.headline, found.sentence) == (headline, sentence)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"certainty": "announced"}, "Announced for 1 July 2026; nothing confirms it."),
        ({"certainty": "expected"}, "Expected for 1 July 2026; nothing confirms it."),
        ({"certainty": "disputed"}, "Sources disagree about 1 July 2026; nothing confirms it."),
        (
            {"certainty": "announced", "happens_on_precision": "quarter", "note": "The old one is sold."},
            "Announced for the third quarter of 2026; nothing confirms it. The old one is sold.",
        ),
    ],
)
def test_what_is_overdue_says_what_was_promised(fields, sentence):
    assert change(event(date(2026, 7, 1), **fields), on=ON).sentence == sentence


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (None, ""),
        (Source(title="The page", kind="official"), "Source: The page."),
        (Source(title="A guide", kind="secondary", checked="May 2026"), "Source: A guide, May 2026."),
        (Source(title="What we know", kind="general"), "Source: What we know, unverified."),
    ],
)
def test_the_source_is_told_with_its_check_and_with_any_doubt(source, told):
    found = change(event(source=source), on=ON)

    assert found.source_text == told
    assert found.sentence == f"24 November 2026. {told}".rstrip()


@pytest.mark.parametrize(
    ("precision", "machine_date"),
    [("day", "2026-07-01"), ("month", "2026-07"), ("quarter", ""), ("year", "2026")],
)
def test_machines_are_told_no_more_of_a_day_than_readers(precision, machine_date):
    assert change(event(date(2026, 7, 1), happens_on_precision=precision), on=ON).machine_date == machine_date


def test_every_kind_of_event_belongs_to_one_group():
    grouped = [kind for _, kinds in GROUPS.values() for kind in kinds]

    assert sorted(grouped) == sorted(Kind)


# --- In order -----------------------------------------------------------------


def test_what_comes_is_told_soonest_first_and_what_has_been_newest_first():
    rows = [event(ON + days * DAY, key=str(days)) for days in (9, -3, 0, 2, -1)]

    found = sorted_out(rows, on=ON)

    assert (keys(found.coming), keys(found.past)) == (["0", "2", "9"], ["-1", "-3"])


def test_a_quarter_is_coming_until_its_last_day():
    row = event(date(2026, 10, 1), happens_on_precision="quarter", certainty="announced")

    assert sorted_out([row], on=date(2026, 12, 31)).coming
    assert sorted_out([row], on=date(2027, 1, 1)).overdue


def test_what_was_announced_and_never_confirmed_is_overdue_and_not_past():
    found = sorted_out([event(ON - DAY, certainty="announced")], on=ON)

    assert (len(found.overdue), found.past) == (1, ())


@pytest.mark.parametrize(
    ("happens_on", "precision", "had_been"),
    [
        (ON - 9 * DAY, "day", "It had been announced for 15 November 2026."),
        (date(2027, 1, 1), "quarter", "It had been announced for the first quarter of 2027."),
        (ON - 2 * DAY, "day", ""),
        (None, "day", ""),
    ],
)
def test_the_event_that_confirms_an_announcement_speaks_for_both(happens_on, precision, had_been):
    said = event(happens_on, certainty="announced", happens_on_precision=precision, key="said")
    done = event(ON - 2 * DAY)

    found = sorted_out([said, done], on=ON)

    assert (keys(found.past), found.coming, found.overdue, found.undated) == ([done.key], (), (), ())
    assert found.past[0].had_been == had_been
    assert had_been in found.past[0].sentence


def test_last_year_s_price_does_not_answer_what_is_announced_for_this_year():
    said = event(ON - 9 * DAY, "price_change", "announced")
    before, after = event(ON - 400 * DAY, "price_change"), event(ON - DAY, "price_change")

    assert keys(sorted_out([said, before], on=ON).overdue) == [said.key]
    assert sorted_out([said, before, after], on=ON).overdue == ()


def test_without_an_exam_an_earlier_beta_does_not_answer_for_the_next():
    said = event(ON + DAY, "beta_open", "announced", version=None)
    before = event(ON - 400 * DAY, "beta_open", version=None)

    assert keys(sorted_out([said, before], on=ON).coming) == [said.key]


def test_other_languages_answer_nothing():
    said = event(ON - 9 * DAY, "language_removed", "announced", languages=["ja"])
    done = event(ON - 2 * DAY, "language_removed", languages=["ko"])

    assert keys(sorted_out([said, done], on=ON).overdue) == [said.key]


def test_the_next_few_are_the_soonest():
    rows = [event(ON + days * DAY, key=str(days)) for days in range(9, -2, -1)]

    assert keys(next_changes(rows, on=ON, limit=3)) == ["0", "1", "2"]


def test_rows_stand_under_their_months():
    rows = changes([event(date(2026, 12, 1)), event(date(2026, 12, 9)), event(date(2027, 1, 1))], on=ON)

    assert [(month, len(group)) for month, group in by_month(rows)] == [
        ("December 2026", 2),
        ("January 2027", 1),
    ]


def test_a_quarter_stands_behind_its_months_under_its_own_name():
    rows = [
        event(date(2026, 1, 1), happens_on_precision="year", key="year"),
        event(date(2026, 10, 1), happens_on_precision="quarter", key="quarter"),
        event(date(2026, 12, 1), happens_on_precision="month", key="month"),
        event(date(2026, 12, 31), key="day"),
        event(date(2027, 1, 1), key="later"),
    ]

    assert [(month, keys(group)) for month, group in by_month(sorted_out(rows, on=ON).coming)] == [
        ("December 2026", ["day", "month"]),
        ("Fourth quarter of 2026", ["quarter"]),
        ("2026", ["year"]),
        ("January 2027", ["later"]),
    ]


events = st.lists(
    st.builds(
        event,
        happens_on=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        kind=st.sampled_from(Kind),
        certainty=st.sampled_from(LifecycleEvent.Certainty),
        happens_on_precision=st.sampled_from(["day", "month", "quarter", "year"]),
        languages=st.lists(st.sampled_from(["en", "ja"]), max_size=1),
        key=st.text("abc", min_size=1, max_size=3),
    ),
    max_size=8,
    unique_by=lambda row: row.key,
)


@given(events, st.randoms())
def test_every_event_stands_in_one_place_or_is_spoken_for_whatever_order_it_came_in(rows, random):
    found = sorted_out(rows, on=ON)
    again = sorted_out(random.sample(rows, len(rows)), on=ON)

    for place in ("coming", "overdue", "undated", "past"):
        assert keys(getattr(found, place)) == keys(getattr(again, place))
    places = [*found.coming, *found.overdue, *found.undated, *found.past]
    spoken_for = [row for group in answers(rows).values() for row in group]
    assert sorted([*keys(places), *(row.key for row in spoken_for)]) == sorted(row.key for row in rows)
    assert "confirmed" not in {row.certainty for row in spoken_for}


@given(events)
def test_the_months_are_each_named_once_and_hold_everything(rows):
    found = sorted_out(rows, on=ON)

    for place in (found.coming, found.past):
        months = by_month(place)
        assert len({month for month, _ in months}) == len(months)
        assert [row for _, group in months for row in group] == list(place)


@given(events, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_time_takes_nothing_back(rows, on):
    """What has been or is overdue stays so on every later day."""
    over = {key for place in ("past", "overdue") for key in keys(getattr(sorted_out(rows, on=on), place))}
    later = sorted_out(rows, on=on + 40 * DAY)

    assert over <= {*keys(later.past), *keys(later.overdue)}


@pytest.mark.django_db
def test_nothing_is_told_of_what_readers_cannot_see():
    shown, hidden = ExamVersionFactory(), ExamVersionFactory(credential__status="draft")
    for version in (shown, hidden):
        LifecycleEvent.objects.create(
            credential=version.credential, version=version, kind="retired", happens_on=ON
        )

    assert [row.credential for row in told_of()] == [shown.credential]
