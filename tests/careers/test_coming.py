from datetime import date

import pytest

from careers.coming import coming
from careers.models import LifecycleEvent

ON = date(2026, 11, 24)


def event(day, precision="day"):
    return LifecycleEvent(kind="announced", happens_on=day, happens_on_precision=precision)


@pytest.mark.parametrize(
    ("day", "precision", "is_ahead"),
    [
        (date(2026, 11, 23), "day", False),
        (date(2026, 11, 24), "day", True),
        (date(2026, 11, 1), "month", True),
        (date(2026, 10, 1), "month", False),
        (date(2026, 10, 1), "quarter", True),
        (date(2026, 7, 1), "quarter", False),
        (date(2026, 1, 1), "year", True),
        (None, "day", True),
    ],
)
def test_a_change_is_to_come_until_the_last_day_it_may_mean_is_over(day, precision, is_ahead):
    assert bool(coming([event(day, precision)], on=ON)) is is_ahead


def test_the_soonest_comes_first_and_what_has_no_day_last():
    days = [date(2027, 6, 1), None, date(2027, 1, 14)]
    found = coming([LifecycleEvent(pk=n, happens_on=day) for n, day in enumerate(days)], on=ON)

    assert [event.happens_on for event in found] == [date(2027, 1, 14), date(2027, 6, 1), None]
