"""What the templates ask that is no fact of a row: where the reader is, how long ago, which colour."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone

from blog.models import Article, ArticleQuerySet

register = template.Library()

TONES = 8
TERRAINS = 6
ABOUT = 6


@register.filter
def current(path: str, address: str) -> str:
    """The value of ``aria-current`` for a way to ``address``, on the page at ``path``."""
    if path == address:
        return "page"
    return "true" if path.startswith(address) else ""


@register.filter
def tone(pk: int) -> str:
    """The colour class of a category: by key, so that it stays when names and order change."""
    return f"tone-{pk % TONES}"


@register.filter
def terrain(pk: int) -> str:
    """Which of the drawn landscapes an article without a cover picture gets."""
    return f"terrain-{pk % TERRAINS}"


@register.filter
def ago(moment: datetime, now: datetime) -> str:
    """In whole days at the finest, so that a page stays the same for as long as caches like."""
    days = (now - moment).days
    if days < 1:
        return "within the last day"
    for unit, length in [("year", 365), ("month", 30), ("week", 7)]:
        if days >= length * 2 or (unit == "year" and days >= length):
            return _counted(days // length, unit)
    return "yesterday" if days == 1 else _counted(days, "day")


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'} ago"


@register.simple_tag
def articles_about(**subject: Any) -> ArticleQuerySet:
    """The newest public articles about a role or a certification, for the pages of the catalogue:
    ``{% articles_about role=role as articles %}``."""
    fields = {"role": "roles", "credential": "credentials"}
    return (
        Article.objects.public(timezone.now())
        .filter(**{fields[name]: row for name, row in subject.items()})
        .listed()[:ABOUT]
    )
