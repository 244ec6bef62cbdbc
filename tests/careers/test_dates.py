from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.dates import first_day, last_day, partial_date, partial_date_text
from careers.models import Precision

KNOWN = [
    ("2026-09-29", date(2026, 9, 29), "day", "29 September 2026", date(2026, 9, 29)),
    ("2026-02", date(2026, 2, 1), "month", "February 2026", date(2026, 2, 28)),
    ("2026-Q3", date(2026, 7, 1), "quarter", "third quarter of 2026", date(2026, 9, 30)),
    ("2026-Q4", date(2026, 10, 1), "quarter", "fourth quarter of 2026", date(2026, 12, 31)),
    ("2026", date(2026, 1, 1), "year", "2026", date(2026, 12, 31)),
]


@pytest.mark.parametrize(("written", "day", "precision", "said", "last"), KNOWN)
def test_a_date_is_read_and_said_in_no_more_detail_than_is_known(written, day, precision, said, last):
    assert partial_date(written) == (day, precision)
    assert partial_date_text(day, precision) == said
    assert last_day(day, precision) == last


def test_no_date_is_not_known():
    assert partial_date(None) == (None, "day")
    assert partial_date_text(None, "day") == "not known"


@pytest.mark.parametrize("written", ["", "soon", "2026-Q5", "2026-13", "26-01-01", "2026-02-30"])
def test_what_is_no_date_is_refused(written):
    with pytest.raises(ValueError, match=r"format|month|day|year|isoformat"):
        partial_date(written)


@given(st.dates(), st.sampled_from(Precision.values))
def test_the_last_day_is_never_before_the_first(day, precision):
    assert first_day(day, precision) <= day <= last_day(day, precision)


@given(st.dates(), st.dates(), st.sampled_from(Precision.values))
def test_two_days_share_their_first_day_exactly_if_they_share_their_last(one, other, precision):
    same_first = first_day(one, precision) == first_day(other, precision)

    assert same_first == (last_day(one, precision) == last_day(other, precision))
