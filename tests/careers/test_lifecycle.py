from datetime import date

import pytest

from careers.lifecycle import Status, best_status, exam_status, is_overdue
from careers.models import Delivery
from tests.factories import ExamVersionFactory

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
