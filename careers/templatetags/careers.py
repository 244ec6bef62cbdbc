"""How facts are worded in templates."""

from datetime import date

from django import template
from django.utils.formats import date_format

from careers.models import Precision

register = template.Library()
QUARTERS = ["first", "second", "third", "fourth"]


@register.filter
def partial_date(day: date | None, precision: str = Precision.DAY) -> str:
    """A date in no more detail than is known: “17 November 2026”, “third quarter of 2026”."""
    if day is None:
        return "not known"
    if precision == Precision.QUARTER:
        return f"{QUARTERS[(day.month - 1) // 3]} quarter of {day.year}"
    formats = {Precision.MONTH: "F Y", Precision.YEAR: "Y"}
    return date_format(day, formats.get(Precision(precision), "j F Y"))
