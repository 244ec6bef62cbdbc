"""What several kinds of answers have in common."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Schema

from careers.models import Source


class Link(Schema):
    """Something with a page of its own."""

    slug: str
    name: str
    url: str


class Origin(Schema):
    """Where a fact was read. What was read nowhere is general knowledge, and unverified."""

    title: str
    url: str
    kind: str
    is_verified: bool


def link(request: HttpRequest, row: Any) -> Link:
    return Link(slug=row.slug, name=str(row), url=url_of(request, row))


def links(request: HttpRequest, rows: Iterable[Any]) -> list[Link]:
    return [link(request, row) for row in rows]


def url_of(request: HttpRequest, row: Any) -> str:
    return request.build_absolute_uri(row.get_absolute_url())


def origin(source: Source | None) -> Origin | None:
    if source is None:
        return None
    return Origin(title=source.title, url=source.url, kind=source.kind, is_verified=source.is_verified)


def origins(sources: Iterable[Source]) -> list[Origin]:
    return [found for source in sources if (found := origin(source))]


def day(on: date | None, precision: str) -> str | None:
    """As much of a date as is known: 2026-03-31, 2026-03, 2026-Q1 or 2026."""
    if on is None:
        return None
    forms = {"month": f"{on:%Y-%m}", "quarter": f"{on:%Y}-Q{(on.month + 2) // 3}", "year": f"{on:%Y}"}
    return forms.get(precision, on.isoformat())
