"""Which articles are near another: by what they are about, and by their hashtags."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Count, F, QuerySet

from .models import Article, ArticleHashtag, ArticleQuerySet

CONSIDERED: Final = 60  # the nearest, before it is asked which of them are the newest
SHARING: Final = 300  # in one way at least
SUBJECT_WEIGHS: Final = 2  # hashtags

Shared = Iterable[Any]


def related(
    articles: ArticleQuerySet,
    article: Article,
    *,
    roles: Shared,
    credentials: Shared,
    hashtags: Shared,
    most: int,
) -> list[Article]:
    """Those of ``articles`` that share one of these with ``article``, the nearest first, then the newest."""
    about_role = Article.roles.through._default_manager.filter(role__in=roles)
    about_credential = Article.credentials.through._default_manager.filter(credential__in=credentials)
    tagged = ArticleHashtag.objects.filter(tag__in=hashtags)
    ways = _sharing(tagged, "content_object", 1).union(
        _sharing(about_role, "article", SUBJECT_WEIGHS),
        _sharing(about_credential, "article", SUBJECT_WEIGHS),
        all=True,
    )
    nearness: Counter[int] = Counter()
    for key, weight in ways.order_by("-weight", "-near")[:SHARING]:
        nearness[key] += weight
    del nearness[article.pk]
    return _newest(articles, nearness, most)


def _sharing(rows: QuerySet[Any], column: str, weight: int) -> QuerySet[Any, Any]:
    """By index alone: whether readers may see them is asked of the nearest only."""
    weights: QuerySet[Any, Any] = rows.order_by().values(near=F(column)).annotate(weight=weight * Count("pk"))
    return weights.values_list("near", "weight")


def _newest(articles: ArticleQuerySet, nearness: Counter[int], most: int) -> list[Article]:
    near = sorted(nearness, key=lambda key: (nearness[key], key), reverse=True)[:CONSIDERED]
    dated = articles.filter(pk__in=near).prefetch_related(None).order_by().values_list("published_at", "pk")
    ranked = sorted(dated, key=lambda one: (nearness[one[1]], *one), reverse=True)
    return articles.in_order([key for _, key in ranked[:most]])


def related_to(articles: ArticleQuerySet, article: Article, *, most: int) -> list[Article]:
    """The same for an article of which nothing has been asked yet."""
    return related(
        articles,
        article,
        roles=article.roles.public(),
        credentials=article.credentials.public(),
        hashtags=article.hashtags.all(),
        most=most,
    )
