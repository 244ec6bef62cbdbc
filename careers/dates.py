"""Dates of which only the month, the quarter or the year may be known."""

import re
from calendar import monthrange
from datetime import date

from careers.models import Precision

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
