"""The one chip that says where an article stands: the same words in every list, form and filter."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet

from .models import Article

STANDINGS = {
    "draft": "Draft",
    "review": "In review",
    "scheduled": "Scheduled",
    "live": "Live",
    "live-draft": "Live + draft",
    "live-scheduled": "Live + scheduled",
    "expired": "Expired",
    "archived": "Archived",
    "bin": "In the bin",
}
Articles = QuerySet[Article]
_NARROWED: dict[str, Callable[[datetime], Articles]] = {
    "draft": lambda now: Article.objects.drafts().filter(submitted_at=None),
    "review": lambda now: Article.objects.drafts().exclude(submitted_at=None),
    "scheduled": lambda now: Article.objects.scheduled(now),
    "live": lambda now: Article.objects.public(now).filter(draft=None, scheduled=None),
    "live-draft": lambda now: Article.objects.public(now).filter(scheduled=None).exclude(draft=None),
    "live-scheduled": lambda now: Article.objects.public(now).exclude(scheduled=None),
    "expired": lambda now: Article.objects.expired(now),
    "archived": lambda now: Article.objects.filter(state=Article.State.ARCHIVED),
    "bin": lambda now: Article.objects.filter(state=Article.State.BIN),
}


def those(standing: str, now: datetime) -> Articles | None:
    """The articles that ``Article.standing_at`` says this of; None for a word that is none."""
    narrowed = _NARROWED.get(standing)
    return narrowed(now) if narrowed else None
