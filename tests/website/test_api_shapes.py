"""What several kinds of answers have in common."""

from datetime import date

import pytest

from website.api.shapes import day, origin


@pytest.mark.parametrize(
    ("precision", "said"),
    [("day", "2026-11-30"), ("month", "2026-11"), ("quarter", "2026-Q4"), ("year", "2026")],
)
def test_a_date_is_told_as_far_as_it_is_known(precision, said):
    assert day(date(2026, 11, 30), precision) == said


@pytest.mark.parametrize(("month", "quarter"), [(1, 1), (3, 1), (4, 2), (9, 3), (10, 4)])
def test_a_quarter_has_three_months(month, quarter):
    assert day(date(2026, month, 1), "quarter") == f"2026-Q{quarter}"


def test_what_is_not_known_is_nothing():
    assert day(None, "day") is None
    assert origin(None) is None
