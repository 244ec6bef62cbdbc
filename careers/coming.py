"""Which changes are still to come. Pure: ``on`` is a parameter."""

from collections.abc import Iterable
from datetime import date

from careers.dates import last_day
from careers.models import LifecycleEvent


def coming(events: Iterable[LifecycleEvent], *, on: date) -> list[LifecycleEvent]:
    """The soonest first; those without a day last."""
    ahead = [event for event in events if is_ahead(event, on=on)]
    return sorted(ahead, key=lambda event: (event.happens_on or date.max, event.pk))


def is_ahead(event: LifecycleEvent, *, on: date) -> bool:
    day = event.happens_on
    return day is None or last_day(day, event.happens_on_precision) >= on
