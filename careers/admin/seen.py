"""The day on which somebody read a fact at its source is never to come."""

from datetime import date
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

SEEN = frozenset({"checked_on", "observed_on"})


class SeenByToday(BaseModelAdmin):
    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        formfield: Any = super().formfield_for_dbfield(db_field, request, **options)
        if formfield is not None and db_field.name in SEEN:
            formfield.validators = [*formfield.validators, not_to_come]
        return formfield


def not_to_come(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError("This day is still to come.")
