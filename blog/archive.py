"""Years and months of the archive, as spans of time in the site's own time zone."""

from collections import Counter
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet, TextField
from django.db.models.functions import Cast, Substr
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


def years(articles: QuerySet[Any]) -> list[Year]:
    """The years of these articles, newest first, with their months."""
    counts = _months(articles)
    months = [Month(first_day, counts[first_day]) for first_day in sorted(counts, reverse=True)]
    by_year = groupby(months, key=lambda month: month.first_day.year)
    return [Year(year, list(group)) for year, group in by_year]


def _months(articles: QuerySet[Any]) -> Counter[date]:
    """Counted by days of universal time, as they are stored: taking each moment apart costs much more.

    Where the site is at home, a month may begin within such a day: its articles are looked at by themselves.
    """
    dated = articles.order_by().annotate(day=Substr(Cast("published_at", TextField()), 1, 10))
    counts: Counter[date] = Counter()
    divided = []
    for day, count in dated.values_list("day").annotate(count=Count("pk")):
        first, last = _ends_of(day)
        if first == last:
            counts[first] += count
        else:
            divided.append(day)
    moments = dated.filter(day__in=divided).values_list("published_at", flat=True) if divided else ()
    counts.update(_month_of(moment) for moment in moments)
    return counts


def _ends_of(day: str) -> tuple[date, date]:
    """The months in which a day of universal time begins and ends where the site is at home."""
    if "01" < day[8:] < "28":  # nowhere on earth is it another month
        month = date.fromisoformat(f"{day[:8]}01")
        return month, month
    start = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return _month_of(start), _month_of(start.replace(hour=23, minute=59, second=59))


def _month_of(moment: datetime) -> date:
    try:
        return timezone.localtime(moment).date().replace(day=1)
    except OverflowError:  # at either end of the calendar
        return moment.date().replace(day=1)


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
