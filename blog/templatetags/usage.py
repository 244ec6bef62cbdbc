"""For the admin of the catalogue: which articles a change of a fact touches, and which hold it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.db.models import Model
from django.utils import timezone
from django.utils.safestring import SafeString

from blog import usage
from blog.admin.columns import pill
from blog.models import Article, Hashtag, Mention

register = template.Library()


@register.simple_tag
def uses_of(row: Any) -> list[usage.Use]:
    """Of a fact, or of the certification that an exam belongs to."""
    return usage.articles_showing(getattr(row, "credential", None) or row)


@register.simple_tag
def mentions_of(row: Any) -> list[Mention]:
    """With their articles, without the texts of those."""
    rows = usage.mentions_of(getattr(row, "credential", None) or row).select_related("article")
    return list(rows.defer(*(f"article__{name}" for name in Article.LONG_FIELDS)))


@register.simple_tag
def holding(*facts: Model) -> list[tuple[Model, list[Article]]]:
    return usage.holding(facts)


@register.simple_tag
def holding_any(facts: Iterable[Model]) -> list[tuple[Model, list[Article]]]:
    return usage.holding(facts)


@register.simple_tag
def articles_seen_with(hashtags: Hashtag | Iterable[Hashtag]) -> int:
    """How many that readers can see carry it, or one of them."""
    several = [hashtags] if isinstance(hashtags, Hashtag) else hashtags
    return Article.objects.public().filter(article_hashtags__tag__in=several).distinct().count()


@register.filter
def standing(article: Article, now: datetime | None = None) -> SafeString:
    return pill(article.standing_at(now or timezone.now()))
