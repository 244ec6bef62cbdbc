from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.lifecycle import (
    Answer,
    Status,
    best_status,
    beta_closed_on,
    can_sit,
    credential_status,
    exam_status,
    is_overdue,
    later,
    sittable,
)
from careers.models import Delivery, ExamVersion, Precision
from tests.factories import CredentialFactory, ExamVersionFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)


@pytest.mark.parametrize("status", Status.values)
def test_without_dates_the_recorded_status_holds(status):
    assert exam_status(ExamVersionFactory(status=status), on=ON) == status


@pytest.mark.parametrize(
    ("last_exam_on", "precision", "expected"),
    [
        (date(2026, 11, 23), "day", Status.RETIRED),
        (date(2026, 11, 24), "day", Status.RETIREMENT_ANNOUNCED),
        (date(2026, 10, 1), "quarter", Status.RETIREMENT_ANNOUNCED),
        (date(2026, 7, 1), "quarter", Status.RETIRED),
    ],
)
def test_an_exam_is_retired_once_its_last_day_has_surely_passed(last_exam_on, precision, expected):
    version = ExamVersionFactory(
        status=Status.RETIREMENT_ANNOUNCED, last_exam_on=last_exam_on, last_exam_on_precision=precision
    )

    assert exam_status(version, on=ON) == expected


def test_an_exam_lives_as_long_as_one_language_does():
    version = ExamVersionFactory(status=Status.RETIREMENT_ANNOUNCED)
    Delivery.objects.create(version=version, languages=["en"], window_to=date(2026, 9, 28))
    Delivery.objects.create(version=version, languages=["ja"])

    assert exam_status(version, on=ON) == Status.RETIREMENT_ANNOUNCED


def test_an_exam_ends_the_day_after_its_last_languages_last_day():
    version = ExamVersionFactory(status=Status.RETIREMENT_ANNOUNCED)
    for language, last_day in [("en", date(2026, 9, 28)), ("ja", date(2026, 10, 5))]:
        Delivery.objects.create(version=version, languages=[language], window_to=last_day)

    assert exam_status(version, on=date(2026, 10, 5)) == Status.RETIREMENT_ANNOUNCED
    assert exam_status(version, on=date(2026, 10, 6)) == Status.RETIRED


def test_an_exam_announced_for_a_quarter_is_overdue_when_the_quarter_is_over():
    version = ExamVersionFactory(
        status=Status.IN_DEVELOPMENT, available_from=date(2026, 7, 1), available_from_precision="quarter"
    )

    assert not is_overdue(version, on=date(2026, 9, 30))
    assert is_overdue(version, on=date(2026, 10, 1))


def test_an_active_exam_is_never_overdue():
    assert not is_overdue(ExamVersionFactory(available_from=date(2020, 1, 1)), on=ON)


def test_what_can_be_sat_speaks_for_the_credential():
    assert best_status([Status.RETIRED, Status.BETA, Status.IN_DEVELOPMENT]) == Status.BETA
    assert best_status([]) is None


# --- Ends that are known ------------------------------------------------------


def exam(status=Status.ACTIVE, windows=(), **fields):
    """A version with a form for each (languages, last day, fields)."""
    version = ExamVersionFactory(status=status, **fields)
    for languages, last, *more in windows:
        Delivery.objects.create(version=version, languages=languages, window_to=last, **dict(*more))
    return version


def test_an_end_that_is_known_and_ahead_is_an_announced_retirement():
    version = exam(last_exam_on=date(2026, 12, 31))

    assert exam_status(version, on=ON) == Status.RETIREMENT_ANNOUNCED


def test_an_end_of_some_languages_announces_nothing_while_others_go_on():
    version = exam(windows=[(["it", "de"], date(2026, 10, 15)), ([], None)])

    assert exam_status(version, on=ON) == Status.ACTIVE


def test_a_beta_that_ends_retires_nothing():
    version = exam(Status.BETA, [(["en"], date(2026, 10, 1), {"phase": "beta"})])

    assert exam_status(version, on=ON) == Status.BETA
    assert beta_closed_on(version, on=ON) == date(2026, 10, 1)
    assert beta_closed_on(version, on=date(2026, 10, 1)) is None


def test_a_day_announced_for_opening_opens_nothing():
    version = exam(Status.IN_DEVELOPMENT, available_from=date(2026, 9, 1))

    assert exam_status(version, on=ON) == Status.IN_DEVELOPMENT


LIFE = [Status.IN_DEVELOPMENT, Status.BETA, Status.ACTIVE, Status.RETIREMENT_ANNOUNCED, Status.RETIRED]
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
forms = st.lists(
    st.builds(
        Delivery,
        phase=st.sampled_from(Delivery.Phase),
        languages=st.lists(st.sampled_from(["en", "ja", "pt-BR", "zh-Hans"]), max_size=2, unique=True),
        window_from=st.none() | days,
        window_to=st.none() | days,
    ),
    max_size=4,
)
versions = st.builds(
    ExamVersion,
    pk=st.just(1),
    status=st.sampled_from(Status),
    available_from=st.none() | days,
    last_exam_on=st.none() | days,
    last_exam_on_precision=st.sampled_from(Precision),
)


def with_forms(version, rows):
    version._prefetched_objects_cache = {"deliveries": rows}
    return version


@given(versions, forms, st.lists(days, min_size=2, max_size=6))
def test_a_status_never_goes_back_as_days_go_by(version, rows, on):
    found = [exam_status(with_forms(version, rows), on=day) for day in sorted(on)]

    assert [LIFE.index(status) for status in found] == sorted(LIFE.index(status) for status in found)


@given(versions, forms, days)
def test_a_status_is_the_recorded_one_or_later_in_life(version, rows, on):
    assert LIFE.index(exam_status(with_forms(version, rows), on=on)) >= LIFE.index(version.status)


# --- Can I still sit it? -----------------------------------------------------


def answer(version, language, on=ON):
    return sittable(version, language, on=on).answer


def test_each_language_has_its_own_last_day():
    version = exam(Status.RETIREMENT_ANNOUNCED, [(["en"], date(2026, 9, 28)), (["ja", "zh-Hans"], None)])

    assert answer(version, "en", date(2026, 9, 28)) == Answer.YES
    assert answer(version, "en") == Answer.NO
    assert answer(version, "ja") == Answer.YES
    assert answer(version, "ZH") == Answer.YES
    assert answer(version, "fr") == Answer.NO


def test_a_language_is_unknown_where_no_list_is():
    version = exam(windows=[(["it"], date(2026, 10, 15)), ([], None)])

    assert answer(version, "it") == Answer.NO
    assert answer(version, "en") == Answer.UNKNOWN
    assert answer(version, "") == Answer.YES
    assert answer(exam(), "en") == Answer.UNKNOWN


def test_what_is_only_announced_to_be_open_by_then_is_unknown():
    rows = [
        (["en"], date(2027, 1, 13), {"phase": "beta"}),
        ([], None, {"phase": "standard", "window_from": date(2027, 1, 14)}),
    ]
    version = exam(Status.BETA, rows)

    assert answer(version, "en") == Answer.YES
    assert answer(version, "en", date(2027, 1, 20)) == Answer.NO  # only the beta is known to speak English
    assert answer(version, "", date(2027, 1, 20)) == Answer.UNKNOWN
    assert answer(exam(Status.IN_DEVELOPMENT, available_from=date(2026, 9, 1)), "") == Answer.UNKNOWN
    assert answer(exam(Status.IN_DEVELOPMENT, available_from=date(2027, 9, 1)), "") == Answer.NO


def test_a_beta_without_an_end_is_sure_until_the_standard_form_begins():
    rows = [(["en"], None, {"phase": "beta"}), (["en"], None, {"window_from": date(2027, 1, 14)})]
    version = exam(Status.BETA, rows)

    assert answer(version, "en", date(2027, 1, 13)) == Answer.YES
    assert answer(version, "en", date(2027, 1, 14)) == Answer.UNKNOWN


def test_weeks_of_study_move_the_day():
    version = exam(windows=[(["en"], date(2026, 12, 24))])

    assert can_sit(version.credential, "en", on=later(ON, 4), today=ON).until == date(2026, 12, 24)
    assert can_sit(version.credential, "en", on=later(ON, 4), today=ON).answer == Answer.YES
    assert can_sit(version.credential, "en", on=later(ON, 5), today=ON).answer == Answer.NO


def test_weeks_beyond_the_calendar_are_its_last_day():
    assert later(ON, 10**9) > date(9999, 12, 20)


def test_the_version_that_can_be_sat_speaks_for_the_credential():
    old = exam(windows=[(["en"], date(2026, 9, 28))])
    exam(credential=old.credential, windows=[(["en"], None)], exam_code="NEW")

    assert can_sit(old.credential, "en", on=ON, today=ON).version.exam_code == "NEW"


def test_a_credential_without_exams_says_nothing():
    assert can_sit(CredentialFactory(), "en", on=ON, today=ON).answer == Answer.UNKNOWN


def test_of_two_parts_both_must_be_passed():
    first = exam(windows=[(["en"], None)], part=1)
    credential = first.credential
    assert credential_status(credential, on=ON) == Status.ACTIVE

    exam(Status.RETIRED, credential=credential, part=2)

    assert credential_status(credential, on=ON) == Status.RETIRED
    assert can_sit(credential, "en", on=ON, today=ON).answer == Answer.NO


@given(versions, forms, st.sampled_from(["", "en", "ja", "pt", "fr"]), days)
def test_a_retired_exam_can_be_sat_by_nobody(version, rows, language, on):
    version = with_forms(version, rows)

    if exam_status(version, on=on) == Status.RETIRED:
        assert answer(version, language, on) == Answer.NO


@given(versions, forms, days, st.integers(0, 2000))
def test_nothing_is_surer_of_a_later_day_than_of_that_day_itself(version, rows, today, after):
    credential = CredentialFactory.build(pk=1)
    credential._prefetched_objects_cache = {"versions": [with_forms(version, rows)]}
    on = today + timedelta(days=after)

    then, now = (can_sit(credential, "", on=on, today=day).answer for day in (on, today))

    assert now == then or (now, then) == (Answer.UNKNOWN, Answer.YES)
