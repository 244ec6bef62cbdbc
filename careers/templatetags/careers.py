"""How facts are worded and drawn in templates."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import template

from careers import directory
from careers.dates import partial_date_text
from careers.models import ExamVersion, Precision

register = template.Library()

TONES = {
    ExamVersion.Status.ACTIVE: "good",
    ExamVersion.Status.BETA: "warn",
    ExamVersion.Status.RETIREMENT_ANNOUNCED: "warn",
    ExamVersion.Status.RETIRED: "bad",
}


@register.filter
def partial_date(day: date | None, precision: str = Precision.DAY) -> str:
    return partial_date_text(day, precision)


@register.filter
def status_tone(status: ExamVersion.Status) -> str:
    """The colour of a status: it repeats the word, it never replaces it."""
    return TONES.get(status, "plain")


@register.filter
def share(value: Decimal, most: int) -> int:
    """How far along a scale, in hundredths: the width of a bar."""
    return round(100 * value / most)


@register.filter
def money(amount: Decimal, currency: str) -> str:
    return directory.money(amount, currency)


@register.filter
def nth(items: Sequence[Any], index: int) -> Any:
    """What heads the column of a cell."""
    return items[index]
