"""The filter ``date``, as Django has it; the two forms that stand on most pages are written out directly.

Django reads the form anew for each date, which takes as long as seven variables.
"""

from collections.abc import Callable
from datetime import date as Day
from typing import Any, Final

from django import template
from django.template.defaultfilters import date as as_django_has_it
from django.utils.dates import MONTHS

register = template.Library()

FORMS: Final[dict[str, Callable[[Day], str]]] = {
    "j F Y": lambda day: f"{day.day} {MONTHS[day.month]} {day.year:04}",
    "c": lambda day: day.isoformat(),
}


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, form: str | None = None) -> str:
    write = FORMS.get(form) if form and isinstance(value, Day) else None
    return write(value) if write else str(as_django_has_it(value, form))
