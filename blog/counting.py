"""How many public articles a hashtag, a category, an author or a series has; and which hashtags are popular.

Without a look at the articles: nearly all of them are public. The database keeps how many there are of each
thing (``ArticleCount``), and the few that are hidden are taken off.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from django.db.models import Count, Exists, IntegerField, Model, OuterRef, QuerySet, Subquery, Value

from .models import (
    Article,
    ArticleAuthor,
    ArticleCount,
    ArticleHashtag,
    ArticleQuerySet,
    Author,
    Category,
    Hashtag,
    Series,
    SeriesPart,
)
from .prepared import Prepared
from .questions import KEY, NOW

KIND: Final = ArticleCount.Kind
# The rows that join articles to something, the columns of both, and as what they are counted.
JOINED: Final[dict[type[Model], tuple[type[Model], str, str, str]]] = {
    Category: (Article, "category", "pk", KIND.CATEGORY),
    Author: (ArticleAuthor, "author", "article", KIND.AUTHOR),
    Hashtag: (ArticleHashtag, "tag", "content_object", KIND.HASHTAG),
    Series: (SeriesPart, "series", "article", KIND.SERIES),
}
LATELY: Final = 200  # articles, the newest
MOST_POPULAR: Final = 30  # hashtags
MOST_WITH: Final = 1_000  # articles that are counted of several hashtags; nobody turns more pages of them
MANY: Final = 300  # articles: the newest of so many are met soon on the way from the newest of all
FEW: Final = 40  # articles: soon sorted


def counted(rows: Iterable[Any], now: datetime) -> list[Any]:
    """The same rows, each with its ``article_count``."""
    rows = list(rows)
    counts = counts_of(type(rows[0]), now, [row.pk for row in rows]) if rows else {}
    for row in rows:
        row.article_count = counts.get(row.pk, 0)
    return rows


def used(model: type[Any], rows: QuerySet[Any], now: datetime) -> list[Any]:
    """Those of all rows of a model that are on a public article, each with its ``article_count``."""
    counts = counts_of(model, now)
    found = [row for row in rows if counts.get(row.pk)]
    for row in found:
        row.article_count = counts[row.pk]
    return found


@dataclass(frozen=True)
class Number:
    """``is_all``: there are no more."""

    value: int
    is_all: bool = True


class NumberOf(Subquery):
    """How many rows a queryset has, as a column of another."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"


def counts_of(model: type[Model], now: datetime, keys: Sequence[int] | None = None) -> dict[int, int]:
    """By key; of all rows that have any, or of ``keys`` only."""
    some = {} if keys is None else {"keys": list(keys)}
    every = Counter(dict(_kept[model](**some)))
    every.subtract(dict(_hidden_by[model](now=now, **some)))
    return +every  # what was counted wrong is never fewer than none


def count_of(row: Model, now: datetime) -> int:
    return counts_of(type(row), now, [row.pk]).get(row.pk, 0)


def _kept_of(model: type[Model]) -> Prepared[tuple[int, int]]:
    *_, kind = JOINED[model]

    def make(keys: Any = None) -> QuerySet[Any, Any]:
        rows = ArticleCount.objects.of(kind)
        return (rows if keys is None else rows.filter(key__in=keys)).by_key()

    return Prepared(ArticleCount, make, keys=KEY)


def _hidden_of(model: type[Model]) -> Prepared[tuple[int, int]]:
    joining, column, article, _ = JOINED[model]

    def make(now: Any, keys: Any = None) -> Any:
        rows = joining._default_manager.filter(**{f"{article}__in": hidden(now)}).order_by()
        return numbers_by(column, rows if keys is None else rows.filter(**{f"{column}__pk__in": keys}))

    return Prepared(joining, make, now=NOW, keys=KEY)


def numbers_by(column: str, rows: Any) -> Any:
    """Pairs of a key in ``column`` and how many of ``rows`` have it."""
    return rows.values_list(column).annotate(number=Count("pk"))


def number(now: datetime) -> int:
    """How many public articles there are."""
    found: int = sum(number for _, number in _kept[Category]()) - sum(_all_hidden(now=now))
    return max(0, found)


def are_many(count: int, now: datetime) -> bool:
    """Whether the newest of so many articles are met soon enough on the way from the newest of all that going
    there costs less than to sort them: by measurement on SQLite. PostgreSQL does not mind."""
    return count > MANY or (count > FEW and count * count > 4 * number(now))


def joined(
    articles: ArticleQuerySet, model: type[Model], keys: Iterable[Any], *, are_many: bool
) -> ArticleQuerySet:
    """Those that are joined to each row. Of many, the newest are found from the newest article on."""
    joining, column, article, _ = JOINED[model]
    for key in keys:
        rows = joining._default_manager.filter(**{f"{column}__pk": key})
        if are_many:
            articles = articles.filter(Exists(rows.filter(**{article: OuterRef("pk")})))
        else:
            articles = articles.filter(pk__in=rows.values(article))
    return articles


def number_with(hashtags: Sequence[Any], now: datetime) -> Number:
    """How many public articles carry all of them, each with its ``article_count``; soonest told if the rarest
    comes first."""
    if len(hashtags) == 1:
        return Number(hashtags[0].article_count)
    keys = by_place(hashtags)
    found, hidden = sum(_with_all(**keys)), sum(_hidden_with_all(now=now, **keys))
    return Number(max(0, min(found, MOST_WITH) - hidden), is_all=found <= MOST_WITH)


def by_place(hashtags: Iterable[Hashtag]) -> dict[str, int]:
    """The keys of up to three under the names that prepared queries have for them."""
    return dict(zip(("first", "second", "third"), (tag.pk for tag in hashtags), strict=False))


def rarest_first(hashtags: Iterable[Hashtag]) -> list[Hashtag]:
    """By their ``article_count``."""
    return sorted(hashtags, key=attrgetter("article_count"))


def _carrying(keys: Iterable[Any], article: str) -> list[Exists]:
    return [
        Exists(ArticleHashtag.objects.filter(tag__pk=key, content_object=OuterRef(article))) for key in keys
    ]


def _all_carrying(first: Any, **others: Any) -> Any:
    rows = ArticleHashtag.objects.filter(*_carrying(others.values(), "content_object"), tag__pk=first)
    number = NumberOf(rows.order_by().values("pk")[: MOST_WITH + 1], output_field=IntegerField())
    return Hashtag.objects.order_by().values_list(number, flat=True)[:1]


def _hidden_carrying(now: Any, **keys: Any) -> Any:
    return _number_of(Article.objects.filter(*_carrying(keys.values(), "pk"), pk__in=hidden(now)))


def hidden(now: datetime) -> QuerySet[Any]:
    """The keys of all that readers may not see: asked by what hides them, so that an index has the few."""
    first, *others = [rows.order_by().values("pk") for rows in Article.objects.hidden(now)]
    return first.union(*others)


_kept: Final = {model: _kept_of(model) for model in JOINED}
_hidden_by: Final = {model: _hidden_of(model) for model in JOINED}


def _number_of(rows: Any) -> Any:
    """One row with how many there are, or none."""
    all_alike = rows.order_by().values(all=Value(1))
    return all_alike.annotate(number=Count("pk")).values_list("number", flat=True)


_all_hidden: Final[Prepared[int]] = Prepared(
    Article, lambda now: _number_of(Article.objects.filter(pk__in=hidden(now))), now=NOW
)
_with_all: Final[Prepared[int]] = Prepared(ArticleHashtag, _all_carrying, first=KEY, second=KEY, third=KEY)
_hidden_with_all: Final[Prepared[int]] = Prepared(
    Article, _hidden_carrying, now=NOW, first=KEY, second=KEY, third=KEY
)


def lately(articles: ArticleQuerySet, number: int) -> QuerySet[Any]:
    """The keys of the newest: enough to tell what they are about, however many there are."""
    return articles.order_by("-published_at", "-pk").values("pk")[:number]


def popular(now: datetime, number: int) -> list[Any]:
    """Of the hashtags on the newest articles those on most, each with the ``article_count`` of all times.

    ``number``: of them, up to ``MOST_POPULAR``.
    """
    keys = [tag for tag, _ in _ranked(now=now)[:number]]
    found = counted(_called(keys=keys), now)
    return sorted(found, key=lambda hashtag: (-hashtag.article_count, hashtag.key))


def _uses_among(newest: int, now: Any) -> Any:
    articles = lately(Article.objects.public(now), newest)
    return numbers_by("tag", ArticleHashtag.objects.filter(content_object__in=articles).order_by())


def _by_uses(now: Any) -> Any:
    return _uses_among(LATELY, now).order_by("-number", "tag")[:MOST_POPULAR]


_uses = Prepared(ArticleHashtag, lambda now: _uses_among(LATELY, now), now=NOW)
_ranked = Prepared(ArticleHashtag, _by_uses, now=NOW)
_called = Prepared(Hashtag, lambda keys: Hashtag.objects.filter(pk__in=keys).defer("description"), keys=KEY)


def uses_lately(now: datetime) -> Counter[int]:
    """Of each hashtag, how many of the newest articles carry it."""
    return Counter(dict(_uses(now=now)))
