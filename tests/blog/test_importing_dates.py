from datetime import date

import pytest

from blog.importing.dates import read_date


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04",
        "2026-03-04T09:00:00Z",
        "4 March 2026",
        "4th of March, 2026",
        "Mar 4, 2026",
        "March 4th 2026",
        "Wednesday, 4 Mar. 2026 at noon",
        "4.3.2026",
        "04.03.2026",
    ],
)
def test_a_day_is_read_however_it_is_written(text):
    assert read_date(text) == date(2026, 3, 4)


def test_numbers_that_can_be_one_day_only_are_it():
    assert read_date("13/4/2026") == read_date("4/13/2026") == date(2026, 4, 13)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2 weeks ago",
        "yesterday",
        "March 2026",
        "3/4/2026",
        "31 February 2026",
        "99 Foo 2026",
        "2026-13-45",
    ],
)
def test_what_names_no_one_day_is_none(text):
    assert read_date(text) is None
