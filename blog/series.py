"""Where an article stands in its series, as readers see it: parts that are not public do not count."""

from dataclasses import dataclass
from datetime import datetime

from .models import Article, ArticleQuerySet, Series


@dataclass(frozen=True)
class Standing:
    series: Series
    number: int
    count: int
    before: Article | None
    after: Article | None


def parts_of(series: Series, now: datetime) -> ArticleQuerySet:
    """In the order they are read in."""
    parts = Article.objects.public(now).filter(series_part__series=series)
    return parts.order_by("series_part__order", "series_part__pk")


def standing(article: Article, now: datetime) -> Standing | None:
    part = getattr(article, "series_part", None)
    if part is None:
        return None
    series = part.series
    parts = list(parts_of(series, now).only("title", "slug"))
    if article not in parts:
        return None
    here = parts.index(article)
    before = parts[here - 1] if here else None
    after = parts[here + 1] if here + 1 < len(parts) else None
    return Standing(series, here + 1, len(parts), before, after)
