"""When what readers see changes by itself, without a commit: something is published, expires, a day ends."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db.models import DateTimeField, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from blog.models import Article
from blog.prepared import Prepared
from website.twins import with_twin

LONGEST: Final = timedelta(hours=1)  # for what changes by a clock that nobody thought of
KNOWN_AHEAD: Final = timedelta(hours=25)  # as long as a copy may be shown while the database is down


@dataclass(frozen=True, slots=True)
class Horizon:
    """Pages stand until ``until``; those in ``ending`` are not to be shown after a moment of their own."""

    until: float
    ending: dict[str, float] = field(default_factory=dict)


def horizon(since: datetime) -> Horizon:
    """In two queries, by index."""
    ending = dict(_ending(since=since, until=since + KNOWN_AHEAD))
    starts = _starting(since=since, until=since + LONGEST)
    moments = [
        *ending.values(),
        *(moment for row in starts for moment in row),
        midnight(since),
        since + LONGEST,
    ]
    return Horizon(
        until=min(moment for moment in moments if moment and moment > since).timestamp(),
        ending={
            address: moment.timestamp()
            for slug, moment in ending.items()
            if moment
            for address in with_twin(_address(slug))
        },
    )


def _which_end(since: Any, until: Any) -> QuerySet[Article, Any]:
    ends = Q(expires_at__gt=since, expires_at__lte=until)
    return (
        Article.objects.filter(ends, state=Article.State.PUBLISHED)
        .order_by()
        .values_list("slug", "expires_at")
    )


def _which_start(since: Any, until: Any) -> QuerySet[Article, Any]:
    coming = Q(state=Article.State.PUBLISHED, published_at__gt=since, published_at__lte=until)
    coming |= Q(scheduled_at__gt=since, scheduled_at__lte=until)
    return Article.objects.filter(coming).order_by().values_list("published_at", "scheduled_at")


_ending: Final = Prepared(Article, _which_end, since=DateTimeField(), until=DateTimeField())
_starting: Final = Prepared(Article, _which_start, since=DateTimeField(), until=DateTimeField())


def midnight(since: datetime) -> datetime:
    """When the next day begins where the site is at home."""
    tomorrow = timezone.localdate(since) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


def _address(slug: str) -> str:
    return reverse("blog:article-detail", args=[slug])
