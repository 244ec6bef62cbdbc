"""Where an article stands, as plain values: what readers have, what waits, its dates and its review.

Kept before many articles change their state at once, so that ``publishing.put_back`` can bring it back.
"""

from collections.abc import Iterable
from typing import Any

from . import snapshots
from .models import Article, Revision

Standing = dict[str, Any]

COLUMNS = ("state", "live_version", "assigned_to_id", "approved_version", "approved_by_id")
MOMENTS = (
    "published_at",
    "expires_at",
    "first_published_at",
    "updated_at",
    "scheduled_at",
    "submitted_at",
    "returned_at",
)
WAITING = ("draft_id", "scheduled_id")


def of(articles: Iterable[Article]) -> dict[int, Standing]:
    """As the database has them now. ``shown`` is what readers have, where something else waits over it."""
    rows = Article.objects.filter(pk__in=[article.pk for article in articles])
    return {article.pk: _standing(article) for article in rows}


def _standing(article: Article) -> Standing:
    return {
        "version": article.version,
        **{name: getattr(article, name) for name in (*COLUMNS, *WAITING)},
        **{name: snapshots.as_text(getattr(article, name)) for name in MOMENTS},
        "shown": snapshots.of(article) if waits(article) else None,
    }


def waits(article: Article) -> bool:
    return bool(article.draft_id or article.scheduled_id)


def put(article: Article, standing: Standing) -> None:
    """Into memory, except what waits."""
    for name in COLUMNS:
        setattr(article, name, standing[name])
    for name in MOMENTS:
        setattr(article, name, snapshots.as_moment(standing[name]))
    article.scheduled_at = None


def waiting(article: Article, standing: Standing) -> dict[str, Any]:
    """What waited over what readers have, as columns."""
    kept = Revision.objects.filter(article=article).in_bulk([standing[name] for name in WAITING])
    draft, scheduled = (kept.get(standing[name]) for name in WAITING)
    moment = snapshots.as_moment(standing["scheduled_at"]) if scheduled else None
    return {"draft": draft, "scheduled": scheduled, "scheduled_at": moment}
