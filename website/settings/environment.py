"""Reading the environment: a value that makes no sense stops the start with one sentence, not a traceback."""

import os
from typing import NoReturn
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


def refuse(reason: str) -> NoReturn:
    raise SystemExit(f"Waymark cannot start: {reason}")


def required(*names: str) -> list[str]:
    """The values of ``names``; all that are missing are named at once."""
    missing = [name for name in names if not os.environ.get(name, "").strip()]
    if missing:
        refuse(f"set {' and '.join(missing)} in the environment (docs/operations.md says how).")
    return [os.environ[name].strip() for name in names]


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() not in YES | NO:
        refuse(f"{name} is {value!r}; it can be 1 or 0.")
    return value.lower() in YES


def number(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        refuse(f"{name} is {value!r}; it can be a whole number.")
    return int(value)


def time_zone(name: str, default: str) -> str:
    value = os.environ.get(name) or default
    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError):  # KeyError: no such zone; the others: no name of one at all
        refuse(f"{name} is {value!r}; it can be a zone such as Europe/London.")
    return value


def mail_address(name: str) -> str:
    value = os.environ.get(name, "").strip()
    try:
        validate_email(value or "nobody@example.org")
    except ValidationError:
        refuse(f"{name} is {value!r}; it can be an address such as desk@example.org.")
    return value


def words(name: str) -> list[str]:
    """A list, its parts separated by commas."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]
