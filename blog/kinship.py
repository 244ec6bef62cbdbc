"""Which articles are near another: by what they are about, and by their hashtags."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.db.models import Count, F, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from .models import Article, ArticleHashtag, ArticleQuerySet, Hashtag

CONSIDERED: Final = 60  # the nearest, before it is asked which of them are the newest
SHARING: Final = 300  # those that share most
NEWEST: Final = 100  # of each hashtag and subject
SUBJECT_WEIGHS: Final = 2  # hashtags

Shared = Iterable[Any]


class Tie(NamedTuple):
    """What joins articles to one kind of thing that they may share, and what sharing one weighs."""

    shared: type[Model]
    articles: str  # from the shared thing to its articles
    rows: type[Model]
    thing: str  # column of ``rows``
    article: str  # column of ``rows``
    weight: int


def ties() -> dict[str, Tie]:
    roles, credentials = Article.roles, Article.credentials
    return {
        "hashtags": Tie(
            Hashtag, "article_hashtags__content_object", ArticleHashtag, "tag", "content_object", 1
        ),
        "roles": Tie(roles.rel.model, "articles", roles.through, "role", "article", SUBJECT_WEIGHS),
        "credentials": Tie(
            credentials.rel.model, "articles", credentials.through, "credential", "article", SUBJECT_WEIGHS
        ),
    }


def related(articles: ArticleQuerySet, article: Article, *, most: int, **shared: Shared) -> list[Article]:
    """Those of ``articles`` that share one of these with ``article``, the nearest first, then the newest.

    ``shared``: by the name of their tie.
    """
    known = ties()
    ways = [_sharing(known[name], _keys(things)) for name, things in shared.items() if _may_be(things)]
    if not ways:
        return []
    together = ways[0].union(*ways[1:], all=True) if len(ways) > 1 else ways[0]
    nearness: Counter[int] = Counter()
    for key, weight in together.order_by("-weight", "-near")[:SHARING]:
        nearness[key] += weight
    del nearness[article.pk]
    return _newest(articles, nearness, most)


def _may_be(things: Shared) -> bool:
    """Whether there are any, as far as is known without asking."""
    return isinstance(things, QuerySet) or bool(things)


def _keys(things: Shared) -> Any:
    return things if isinstance(things, QuerySet) else [thing.pk for thing in things]


def _sharing(tie: Tie, keys: Any) -> QuerySet[Any, Any]:
    """By index alone: whether readers may see them is asked of the nearest only.

    Of a thing that many share only the newest count, from one on that is found first; so that it costs the
    same however many there are.
    """
    newest = tie.rows._default_manager.filter(**{tie.thing: OuterRef("pk")}).order_by(f"-{tie.article}")
    first = Coalesce(Subquery(newest.values(tie.article)[NEWEST - 1 : NEWEST]), 0)
    rows = tie.shared._default_manager.filter(pk__in=keys, **{f"{tie.articles}__gte": first})
    weights: QuerySet[Any, Any] = rows.order_by().values(near=F(tie.articles))
    weights = weights.annotate(weight=tie.weight * Count("pk"))
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
