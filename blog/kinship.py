"""Which articles are near another: by what they are about, and by their hashtags."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import Count, F, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from careers.prepared import Prepared

from .models import Article, ArticleHashtag, Hashtag
from .questions import KEY, NOW, cards, credentials_of, hashtags_of, roles_of

CONSIDERED: Final = 60  # the nearest, before it is asked which of them are the newest
SHARING: Final = 300  # those that share most
NEWEST: Final = 100  # of each hashtag and subject
SUBJECT_WEIGHS: Final = 2  # hashtags


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


def related(article: Article, now: datetime, *, most: int, **shared: Iterable[Any]) -> list[Article]:
    """Those that are public and share one of these with ``article``, the nearest first, then the newest.

    ``shared``: by the name of their tie.
    """
    keys = {name: [thing.pk for thing in things] for name, things in shared.items()}
    keys = {name: some for name, some in keys.items() if some}
    nearness: Counter[int] = Counter()
    for key, weight in _near(**keys) if keys else ():
        nearness[key] += weight
    del nearness[article.pk]
    return _newest(nearness, now, most)


def _sharing_any(**keys: Any) -> QuerySet[Any, Any]:
    first, *others = [_sharing(ties()[name], some) for name, some in keys.items()]
    together = first.union(*others, all=True) if others else first
    return together.order_by("-weight", "-near")[:SHARING]


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


def _dates(keys: Any, now: Any) -> QuerySet[Any, Any]:
    return Article.objects.public(now).filter(pk__in=keys).order_by().values_list("published_at", "pk")


_near = Prepared(Article, _sharing_any, hashtags=KEY, roles=KEY, credentials=KEY)
_dated = Prepared(Article, _dates, keys=KEY, now=NOW)


def _newest(nearness: Counter[int], now: datetime, most: int) -> list[Article]:
    near = sorted(nearness, key=lambda key: (nearness[key], key), reverse=True)[:CONSIDERED]
    dated = _dated(keys=near, now=now)
    ranked = sorted(dated, key=lambda one: (nearness[one[1]], *one), reverse=True)
    return cards([key for _, key in ranked[:most]], now)


def related_to(article: Article, now: datetime, *, most: int) -> list[Article]:
    """The same for an article of which nothing has been asked yet."""
    return related(
        article,
        now,
        roles=roles_of(article=article.pk),
        credentials=credentials_of(article=article.pk),
        hashtags=hashtags_of(article=article.pk),
        most=most,
    )
