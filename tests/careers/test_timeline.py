import re
from datetime import date

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from careers.changes import told_of
from careers.models import Credential, Delivery, LifecycleEvent
from careers.timeline import Moment, Stretch, timeline
from careers.transfer import load
from tests.factories import CredentialFactory, ExamVersionFactory

ON = date(2026, 11, 25)


def line(slug, on=ON):
    credential = Credential.objects.with_exams().get(slug=slug)
    return timeline(credential, told_of().filter(credential=credential), on=on)


def said(found):
    return [f"{stretch.label}: {stretch.words}" for lane in found.lanes for stretch in lane.stretches]


def shown(found):
    html = render_to_string("careers/_timeline.html", {"timeline": found, "prefix": "life"})
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def exam(db):
    return ExamVersionFactory(credential=CredentialFactory(slug="one"), exam_code="XX-001")


# --- The two that everybody asks about ---------------------------------------


@pytest.fixture
def catalogue(db):
    load()


def test_an_exam_that_ends_in_one_language_goes_on_in_the_others(catalogue):
    assert said(line("aws-ml-engineer-associate")) == [
        "MLA-C01 · English: since when is not known; ended 28 September 2026",
        "MLA-C01 · Japanese, Korean, Simplified Chinese: since when is not known; no end is known",
        "MLA-C02 · beta · English: since 29 September 2026; no end is known",
        "MLA-C02 · standard: announced for 14 January 2027",
    ]


def test_each_group_of_languages_has_its_own_end(catalogue):
    assert said(line("comptia-security-plus"))[:2] == [
        "SY0-701 · English: since 7 November 2023; ends 11 June 2027",
        "SY0-701 · Japanese, Portuguese, Spanish, Thai: since 7 November 2023; ends 13 August 2027",
    ]


def test_an_announced_day_that_passed_opened_nothing(catalogue):
    when = "announced for the third quarter of 2026"
    assert f"PCEP-30-03: {when}, which has passed: nothing confirms that it opened" in said(line("pcep"))


def test_every_credential_of_the_catalogue_can_be_drawn_on_any_day(catalogue):
    for on in (date.min, date(2026, 1, 1), ON, date(2030, 1, 1), date.max):
        for credential in Credential.objects.with_exams():
            timeline(credential, [], on=on)


# --- Exams ------------------------------------------------------------------


def test_without_any_date_there_is_no_line_of_time(exam):
    assert line("one") is None
    assert shown(None) == ""


def test_a_retired_exam_whose_last_day_nobody_knows_says_so(exam):
    exam.status, exam.available_from = "retired", date(2020, 1, 1)
    exam.save()

    assert said(line("one")) == ["XX-001: since 1 January 2020; when it ended is not known"]
    assert line("one").pictures[0].bars[0].closes is None


def test_what_is_announced_without_a_day_is_told_but_not_drawn(exam):
    exam.available_from = date(2020, 1, 1)
    exam.save()
    ExamVersionFactory(credential=exam.credential, exam_code="XX-002", status="in_development")

    found = line("one")

    assert said(found)[1] == "XX-002: when it opens is not known"
    assert [line.text for bar in found.pictures[0].bars for line in bar.lines] == ["XX-001"]


def test_a_month_is_said_as_a_month(exam):
    exam.available_from, exam.available_from_precision = date(2026, 12, 1), "month"
    exam.status = "in_development"
    exam.save()

    assert said(line("one")) == ["XX-001: announced for December 2026"]


def test_the_end_of_a_beta_is_not_taken_from_its_exam(exam):
    exam.status, exam.available_from, exam.last_exam_on = "beta", date(2026, 9, 1), date(2030, 1, 1)
    exam.save()
    Delivery.objects.create(version=exam, phase="beta", languages=["en"])

    assert said(line("one")) == ["XX-001 · beta · English: since 1 September 2026; no end is known"]


def test_the_day_an_exam_ends_is_still_a_day_to_sit_it(exam):
    exam.last_exam_on = ON
    exam.save()

    assert said(line("one")) == ["XX-001: since when is not known; ends 25 November 2026"]
    assert line("one").pictures[0].bars[0].tone == "open"
    assert line("one", on=date(2026, 11, 26)).pictures[0].bars[0].tone == "over"


@given(st.dates(), st.dates(), st.sampled_from(["day", "month", "quarter", "year"]))
def test_a_moment_never_ends_before_it_begins_and_always_has_words(day, on, precision):
    moment = Moment(day, precision)
    stretch = Stretch("x", moment, None, is_open=True, is_over=False, is_undated=False, on=on)

    assert moment.first <= moment.last
    assert str(day.year) in stretch.words


# --- Events -----------------------------------------------------------------


def event(credential, day, **more):
    known = {"kind": "announced", "certainty": "announced"}
    return LifecycleEvent.objects.create(credential=credential, happens_on=day, **{**known, **more})


def test_events_are_numbered_by_their_day_as_in_the_list(exam):
    event(exam.credential, date(2027, 5, 1), kind="retired", note="As announced.")
    event(exam.credential, date(2026, 2, 1), certainty="confirmed")
    event(exam.credential, None, kind="rename")

    found = line("one")

    assert [change.what for change in found.events] == ["Announced", "Retired", "Renamed"]
    assert [mark.number for mark in found.pictures[0].marks] == [1, 2]
    assert found.pictures[0].marks[0].x < found.pictures[0].today < found.pictures[0].marks[1].x
    assert "1 May 2027 (announced) Retired. As announced." in shown(found)
    assert "Date not known yet (announced) Renamed." in shown(found)


def test_an_announcement_that_nothing_confirmed_is_told_as_such(exam):
    event(exam.credential, date(2026, 2, 1))

    assert "Nothing confirms that it happened." in shown(line("one"))


def test_the_picture_says_which_day_is_today(exam):
    event(exam.credential, date(2026, 2, 1))

    assert "Today is 25 November 2026." in shown(line("one"))
    assert "today" in shown(line("one"))


def test_two_lines_on_one_page_have_ids_of_their_own(exam):
    event(exam.credential, date(2026, 2, 1))
    pages = [
        render_to_string("careers/_timeline.html", {"timeline": line("one"), "prefix": prefix})
        for prefix in ("one", "two")
    ]

    first, second = (set(re.findall(r' id="([^"]+)"', page)) for page in pages)
    assert first
    assert not first & second


def test_more_exams_cost_as_many_queries(exam, django_assert_num_queries):
    for count in (2, 10):
        for _ in range(count):
            version = ExamVersionFactory(credential=exam.credential, available_from=date(2025, 1, 1))
            event(exam.credential, date(2026, 2, 1), version=version)
        with django_assert_num_queries(5):
            line("one")
