"""Counting all articles anew, should what the database keeps of their number ever be wrong.

The triggers keep it exact. A table that was loaded past them, or twice, is what they cannot know of.
"""

from collections import Counter
from datetime import UTC
from typing import Final

from django.db import connection, transaction
from django.db.models import Count
from django.db.models.functions import TruncMonth

from .counting import JOINED, numbers_by
from .models import Article, ArticleCount

Key = tuple[str, int]
ALONE: Final = "LOCK TABLE blog_articlecount IN SHARE ROW EXCLUSIVE MODE"


@transaction.atomic
def recount() -> int:
    """How many numbers were wrong and are right now. Meanwhile nobody else writes what is counted."""
    if connection.vendor == "postgresql":  # SQLite has one writer, who has begun
        with connection.cursor() as cursor:
            cursor.execute(ALONE)
    kept, found = _kept(), _found()
    wrong = {key for key in kept.keys() | found.keys() if kept[key] != found[key]}
    for kind, key in wrong:
        ArticleCount.objects.of(kind).filter(key=key).delete()
    ArticleCount.objects.bulk_create(
        ArticleCount(kind=kind, key=key, number=found[kind, key]) for kind, key in wrong if found[kind, key]
    )
    return len(wrong)


def _kept() -> Counter[Key]:
    totals = {kind: ArticleCount.objects.of(kind).totals() for kind in ArticleCount.Kind.values}
    return Counter({(kind, key): total for kind in totals for key, total in totals[kind].items()})


def _found() -> Counter[Key]:
    counts: Counter[Key] = Counter()
    for joining, column, _, kind in JOINED.values():
        numbers = numbers_by(column, joining._default_manager.order_by())
        counts.update({(kind, key): number for key, number in numbers})
    dated = Article.objects.filter(published_at__isnull=False).order_by()
    months = dated.annotate(month=TruncMonth("published_at", tzinfo=UTC)).values_list("month")
    for month, number in months.annotate(number=Count("pk")):
        counts[ArticleCount.Kind.MONTH.value, 100 * month.year + month.month] = number
    return counts
