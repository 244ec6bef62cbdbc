"""What readers search for most, more than before, and in vain."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from website.models import SearchCount

PERIODS = (7, 30, 90)  # days
SHOWN = 50
FEWEST_SHOWN = 2  # what was asked once only is nobody's business yet
FEWEST_TO_RISE = 3
RISING = 1.5  # times as often as in the period before


@dataclass(frozen=True, slots=True)
class Trend:
    text: str
    times: int
    before: int  # in the period of the same length before
    in_vain: int


def top(days: int, *, on: date) -> list[Trend]:
    return _trends(_counted(days, on).order_by("-asked", "text"))


def rising(days: int, *, on: date) -> list[Trend]:
    """Those that gained most."""
    enough = _counted(days, on).filter(asked__gte=FEWEST_TO_RISE)
    more = enough.annotate(gain=F("asked") - F("before")).filter(asked__gte=RISING * F("before"))
    return _trends(more.order_by("-gain", "text"))


def in_vain(days: int, *, on: date) -> list[Trend]:
    return _trends(_counted(days, on).filter(vain__gt=0).order_by("-vain", "text"))


LISTS: dict[str, Callable[..., list[Trend]]] = {"top": top, "rising": rising, "in-vain": in_vain}


def counted(text: str, days: int, *, on: date) -> Trend:
    return next(iter(_trends(_every(days, on).filter(text=text))), Trend(text, 0, 0, 0))


def _counted(days: int, on: date) -> QuerySet[Any, Any]:
    return _every(days, on).filter(asked__gte=FEWEST_SHOWN)


def _every(days: int, on: date) -> QuerySet[Any, Any]:
    start = on - timedelta(days=days - 1)
    now, before = Q(day__gte=start), Q(day__lt=start)
    rows: Any = SearchCount.objects.filter(day__gt=on - timedelta(days=2 * days), day__lte=on).order_by()
    counted: QuerySet[Any, Any] = rows.values("text").annotate(
        # Not named as the columns: an aggregate of that name would be summed in the others.
        asked=_sum("times", now),
        before=_sum("times", before),
        vain=_sum("in_vain", now),
    )
    return counted


def _sum(column: str, when: Q) -> Coalesce:
    return Coalesce(Sum(column, filter=when), 0)


def _trends(rows: QuerySet[Any, Any]) -> list[Trend]:
    return [Trend(*row) for row in rows.values_list("text", "asked", "before", "vain")[:SHOWN]]
