"""One value of a row, as a file has it and as the database has it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

AnyField = Any


def plain(value: Any) -> Any:
    """As JSON knows it. A sum of 70.50 is the number 70.5."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def is_empty(field: AnyField, value: Any) -> bool:
    """Whether the field says no more than a row of which nothing is known."""
    return bool(value == field.get_default())


def stored(field: AnyField, value: Any) -> Any:
    """As the field keeps it, or a ValidationError that names the field."""
    try:
        refuse_unstorable(value)
        if isinstance(field, models.JSONField):
            return value
        if value is not None:
            refuse_wrong_kind(field, value)
        return field.to_python(
            str(value) if isinstance(field, models.DecimalField) and value is not None else value
        )
    except (ValidationError, ArithmeticError) as error:
        said = error.messages if isinstance(error, ValidationError) else ["is no number that can be kept."]
        raise ValidationError({field.name: said}) from error


def refuse_wrong_kind(field: AnyField, value: Any) -> None:
    """Django would make a text of anything, and a number of a yes."""
    if isinstance(field, models.BooleanField):
        fits, kind = isinstance(value, bool), "true or false"
    elif isinstance(field, (models.IntegerField, models.DecimalField)):
        fits, kind = isinstance(value, (int, float)) and not isinstance(value, bool), "a number"
    else:
        fits, kind = isinstance(value, str), "a text"
    if not fits:
        raise ValidationError(f"must be {kind}.")


def refuse_unstorable(value: Any) -> None:
    """What PostgreSQL or UTF-8 cannot hold."""
    if isinstance(value, str) and ("\x00" in value or not is_text(value)):
        raise ValidationError("holds a character that cannot be stored.")
    if isinstance(value, (list, dict)):
        for inner in value if isinstance(value, list) else [*value, *value.values()]:
            refuse_unstorable(inner)


def is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
