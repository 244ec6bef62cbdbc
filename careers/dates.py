"""Dates of which only the month, the quarter or the year may be known."""

import re
from calendar import monthrange
from datetime import date

from django.utils.formats import date_format

from careers.models import Precision

QUARTERS = ["first", "second", "third", "fourth"]

MONTHS = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}


def partial_date(text: str | None) -> tuple[date | None, Precision]:
    """“2026-09-29”, “2026-09”, “2026-Q3” or “2026”: the first day it may mean, and how much is known."""
    if text is None:
        return None, Precision.DAY
    if quarter := re.fullmatch(r"(\d{4})-Q([1-4])", text):
        return date(int(quarter[1]), int(quarter[2]) * 3 - 2, 1), Precision.QUARTER
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return date.fromisoformat(f"{text}-01"), Precision.MONTH
    if re.fullmatch(r"\d{4}", text):
        return date(int(text), 1, 1), Precision.YEAR
    return date.fromisoformat(text), Precision.DAY


def last_day(day: date, precision: str) -> date:
    """The last day that a date known only to the month, quarter or year may mean."""
    months = MONTHS.get(Precision(precision))
    if months is None:
        return day
    month = (day.month - 1) // months * months + months
    return date(day.year, month, monthrange(day.year, month)[1])


def first_day(day: date, precision: str) -> date:
    """The first day of the month, quarter or year that a day is in."""
    months = MONTHS.get(Precision(precision))
    if months is None:
        return day
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def partial_date_text(day: date | None, precision: str) -> str:
    """A date in no more detail than is known: “17 November 2026”, “third quarter of 2026”."""
    if day is None:
        return "not known"
    if precision == Precision.QUARTER:
        return f"{QUARTERS[(day.month - 1) // 3]} quarter of {day.year}"
    formats = {Precision.MONTH: "F Y", Precision.YEAR: "Y"}
    return date_format(day, formats.get(Precision(precision), "j F Y"))
