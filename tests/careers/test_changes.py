from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.changes import GROUPS, Kind, by_month, change, changes, next_changes, sorted_out, told_of
from careers.models import Credential, ExamVersion, LifecycleEvent
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
            "Data (DA-1): last day to sit it",
            "first quarter of 2027 (expected, not confirmed).",
        ),
        (
            {"certainty": "announced", "happens_on": date(2026, 9, 1)},
            "Data (DA-1): last day to sit it",
            "1 September 2026 (announced). Nothing confirms that it happened.",
        ),
        (
            {"certainty": "announced", "kind": "announced", "happens_on": None},
            "Data (DA-1): announced",
            "Date not known yet.",
        ),
        (
            {"certainty": "announced", "happens_on": None},
            "Data (DA-1): last day to sit it",
            "Date not known yet (announced).",
        ),
    ],
)
def test_a_change_is_told_with_no_more_than_is_known(fields, headline, sentence):
    found = change(event(**fields), on=ON)

    assert (found.headline, found.sentence) == (headline, sentence)


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


def test_an_announcement_is_answered_by_the_event_that_confirms_it():
    said, done = event(ON - 9 * DAY, certainty="announced"), event(ON - 2 * DAY)

    found = sorted_out([said, done], on=ON)

    assert (found.overdue, len(found.past)) == ((), 2)


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
)


@given(events, st.randoms())
def test_every_event_stands_in_one_place_whatever_order_it_came_in(rows, random):
    found = sorted_out(rows, on=ON)
    again = sorted_out(random.sample(rows, len(rows)), on=ON)

    for place in ("coming", "overdue", "undated", "past"):
        days = [row.event.happens_on for row in getattr(found, place)]
        assert days == [row.event.happens_on for row in getattr(again, place)]
    places = [*found.coming, *found.overdue, *found.undated, *found.past]
    assert sorted(id(row.event) for row in places) == sorted(map(id, rows))


@pytest.mark.django_db
def test_nothing_is_told_of_what_readers_cannot_see():
    shown, hidden = ExamVersionFactory(), ExamVersionFactory(credential__status="draft")
    for version in (shown, hidden):
        LifecycleEvent.objects.create(
            credential=version.credential, version=version, kind="retired", happens_on=ON
        )

    assert [row.credential for row in told_of()] == [shown.credential]
