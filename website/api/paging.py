"""One page of a list and the address of the next: what comes after the last row seen, however far that is.

A cursor says where the last row stood, so nothing is told twice or left out when rows come and go meanwhile.
"""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from ninja import Schema
from pydantic import BeforeValidator, Field

from .answers import BadRequest

MOST: Final = 100
SLUG: Final = re.compile(r"[-a-zA-Z0-9_]{1,120}")
YEARS: Final = range(1970, 3000)
Slug = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{0,120}$")]


def moment(text: object) -> datetime:
    """A day or a moment, in any of the ways ISO 8601 has."""
    try:
        found = parse_datetime(str(text)) or _start_of(str(text))
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise ValueError("Write a date as 2026-01-31, or a moment as 2026-01-31T09:00:00Z.")
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _start_of(text: str) -> datetime | None:
    day = parse_date(text)
    return datetime(day.year, day.month, day.day) if day else None


class Asked(Schema):
    limit: int = Field(20, ge=1, le=MOST, description="How many to a page.")
    cursor: str = Field("", max_length=200, description="Where the page before ended: see “next”.")


Since = Annotated[datetime, BeforeValidator(moment)] | None
ENTRY_SINCE: Final = (
    "Whose own entry (see “updated_at”) changed since: 2026-01-31, or with a time."
    " Rows that belong to it, such as exams and prices, do not count."
)


Page = tuple[list[Any], str | None]


def by_slug(request: HttpRequest, rows: QuerySet[Any], asked: Asked) -> Page:
    refuse_unknown(request, asked)
    rows = rows.order_by("slug")
    if asked.cursor:
        if not SLUG.fullmatch(asked.cursor):
            raise _bad_cursor()
        rows = rows.filter(slug__gt=asked.cursor)
    found = list(rows[: asked.limit + 1])
    return _cut(request, found, asked.limit, lambda row: row.slug)


def newest_first(request: HttpRequest, rows: QuerySet[Any], asked: Asked) -> Page:
    refuse_unknown(request, asked)
    rows = rows.order_by("-published_at", "slug")
    if asked.cursor:
        at, slug = _place(asked.cursor)
        # The first condition follows from the second, and is the one that an index answers.
        rows = rows.filter(
            Q(published_at__lte=at), Q(published_at__lt=at) | Q(published_at=at, slug__gt=slug)
        )
    found = list(rows[: asked.limit + 1])
    return _cut(request, found, asked.limit, lambda row: f"{_stamp(row.published_at)},{row.slug}")


def _cut(request: HttpRequest, found: list[Any], limit: int, cursor_at: Any) -> Page:
    if len(found) <= limit:
        return found, None
    shown = found[:limit]
    asked = {**request.GET.dict(), "cursor": cursor_at(shown[-1])}
    return shown, request.build_absolute_uri(f"{request.path}?{urlencode(asked)}")


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat()


def _place(cursor: str) -> tuple[datetime, str]:
    text, _, slug = cursor.partition(",")
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise _bad_cursor() from error
    if at.tzinfo is not None or at.year not in YEARS or not SLUG.fullmatch(slug):
        raise _bad_cursor()
    return at.replace(tzinfo=UTC), slug


def _bad_cursor() -> BadRequest:
    return BadRequest("cursor", "Take it as it stands in “next” of the page before.")


def refuse_unknown(request: HttpRequest, asked: Schema) -> None:
    """A mistyped filter would answer with everything, and nobody would see why."""
    known = type(asked).model_fields
    for name in request.GET:
        if name not in known:
            raise BadRequest(name[:60], f"Not a parameter of this list, which has {', '.join(known)}.")
