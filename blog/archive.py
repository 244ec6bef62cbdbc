"""Years and months of the archive, as spans of time in the site's own time zone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Final

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast, Substr
from django.http import Http404
from django.utils import timezone

from . import counting
from .models import Article, ArticleCount
from .models.article_counts import ArticleCountQuerySet

LAST: Final = date(MAXYEAR, 12, 1)
CHANGE_OF_CLOCKS: Final = timedelta(hours=1)  # at midnight a month may begin twice
AT_ONCE: Final = 200  # spans named in one question; databases have a limit


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


def years(now: datetime) -> list[Year]:
    """The years of public articles, newest first, with their months."""
    return _as_years(_months(now, ArticleCount.objects.of(ArticleCount.Kind.MONTH)))


def months_of(year: int, now: datetime) -> list[Month]:
    """Those of one year, newest first."""
    around = ArticleCount.objects.of(ArticleCount.Kind.MONTH).filter(
        key__range=(_key(year - 1, 12), _key(year + 1, 1))
    )
    found = [one for one in _as_years(_months(now, around)) if one.number == year]
    return found[0].months if found else []


def _as_years(counts: Counter[date]) -> list[Year]:
    months = [Month(first_day, counts[first_day]) for first_day in sorted(counts, reverse=True)]
    by_year = groupby(months, key=lambda month: month.first_day.year)
    return [Year(year, list(group)) for year, group in by_year]


def _months(now: datetime, kept: ArticleCountQuerySet) -> Counter[date]:
    """From what the database keeps by months of universal time. At their ends it may be another month where
    the site is at home: the few articles of those hours are looked at one by one."""
    totals = kept.totals()
    counts = Counter({date(*divmod(key, 100), 1): total for key, total in totals.items()})
    for month, number in _hidden(now).items():
        if month in counts:
            counts[month] -= number
    for moment in _near_ends_of(counts, now):
        counts[moment.date().replace(day=1)] -= 1
        counts[_month_of(moment)] += 1
    return +counts


def _hidden(now: datetime) -> dict[date, int]:
    """By months as they are stored: taking each moment apart costs much more."""
    dated = Article.objects.filter(pk__in=counting.hidden(now), published_at__isnull=False).order_by()
    months = dated.annotate(month=Substr(Cast("published_at", TextField()), 1, 7)).values_list("month")
    found = months.annotate(number=Count("pk"))
    return {date.fromisoformat(f"{month}-01"): number for month, number in found}


def _near_ends_of(months: Iterable[date], now: datetime) -> list[datetime]:
    """When the public articles appeared that may be in another month than that of universal time."""
    starts = {start for month in months for start in (month, _following(month))}
    spans = [span for start in starts if (span := _between(start))]
    found: list[datetime] = []
    for first in range(0, len(spans), AT_ONCE):
        some = reduce(or_, (Q(published_at__range=span) for span in spans[first : first + AT_ONCE]))
        dates = Article.objects.public(now).filter(some).order_by().values_list("published_at", flat=True)
        found += filter(None, dates)
    return found


def _between(start: date) -> tuple[datetime, datetime] | None:
    """Where a month begins at different moments here and in universal time: from the one to the other."""
    there = datetime(start.year, start.month, 1, tzinfo=UTC)
    if start == date.min:  # no time zone leads past the ends of the calendar
        return None
    here = timezone.make_aware(datetime(start.year, start.month, 1)).astimezone(UTC)
    if here == there:
        return None
    return min(here, there) - CHANGE_OF_CLOCKS, max(here, there) + CHANGE_OF_CLOCKS


def _following(month: date) -> date:
    return LAST if month >= LAST else date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _key(year: int, month: int) -> int:
    return 100 * year + month


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
