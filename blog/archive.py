"""Years and months of the archive, as spans of time in the site's own time zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime
from itertools import groupby

from django.http import Http404
from django.utils import timezone


@dataclass(frozen=True)
class Month:
    first_day: date
    count: int


@dataclass(frozen=True)
class Year:
    number: int
    months: list[Month]

    @property
    def count(self) -> int:
        return sum(month.count for month in self.months)


def years(months: Iterable[tuple[date, int]]) -> list[Year]:
    """Months as counted, newest first, gathered into their years."""
    return [
        Year(number, [Month(first_day, count) for first_day, count in group])
        for number, group in groupby(months, key=lambda month: month[0].year)
    ]


def year_span(year: int) -> tuple[datetime, datetime]:
    return _first_moment(year, 1), _first_moment(year + 1, 1)


def month_span(year: int, month: int) -> tuple[datetime, datetime]:
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    return _first_moment(year, month), _first_moment(*following)


def _first_moment(year: int, month: int) -> datetime:
    # A day away from either end of the calendar, so that no time zone leads past it.
    if not (MINYEAR < year < MAXYEAR and 1 <= month <= 12):
        raise Http404("No such month in the calendar.")
    return timezone.make_aware(datetime(year, month, 1))
