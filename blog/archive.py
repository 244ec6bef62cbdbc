"""Years and months of the archive, as spans of time in the site's own time zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime
from itertools import groupby
from typing import Any, Final

from django.db.models import Count, QuerySet, Value
from django.http import Http404
from django.utils import timezone

AT_ONCE: Final = 400  # spans counted by one question; SQLite joins no more than 500


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


Span = tuple[datetime, datetime]


def years(articles: QuerySet[Any]) -> list[Year]:
    """The years of these articles, newest first, with their months."""
    months = [(number, month) for number in _years(articles) for month in range(12, 0, -1)]
    counts = _counts(articles, [month_span(*month) for month in months])
    found = [Month(date(*month, 1), count) for month, count in zip(months, counts, strict=True) if count]
    return [Year(year, list(group)) for year, group in groupby(found, key=lambda one: one.first_day.year)]


def _years(articles: QuerySet[Any]) -> list[int]:
    """From the last to the first. A year that was mistyped long ago does not bring all those between."""
    days = articles.order_by("published_at").values_list("published_at", flat=True)
    first, last = days.first(), days.last()
    if first is None or last is None:
        return []
    first, last = timezone.localtime(first), timezone.localtime(last)
    every = list(range(min(last.year, MAXYEAR - 1), max(first.year, MINYEAR + 1) - 1, -1))
    if len(every) * 12 <= AT_ONCE:
        return every
    counts = _counts(articles, [year_span(year) for year in every])
    return [year for year, count in zip(every, counts, strict=True) if count]


def _counts(articles: QuerySet[Any], spans: Sequence[Span]) -> list[int]:
    """How many lie in each span, counted as a stretch of an index: no date is taken apart."""
    found: list[int] = []
    for start in range(0, len(spans), AT_ONCE):
        some = spans[start : start + AT_ONCE]
        first, *others = [_in(span, place, articles) for place, span in enumerate(some)]
        rows = first.union(*others, all=True) if others else first
        found += [count for _, count in sorted(rows)]
    return found


def _in(span: Span, place: int, articles: QuerySet[Any]) -> QuerySet[Any]:
    rows = articles.filter(published_at__gte=span[0], published_at__lt=span[1]).order_by()
    counts: QuerySet[Any] = rows.annotate(place=Value(place)).values_list("place").annotate(count=Count("pk"))
    return counts


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
