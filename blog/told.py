"""The public articles that tell of a fact, for its page, by queries that are written once for its model."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property, partial, reduce
from operator import or_
from typing import Any, Final

from django.db.models import Exists, IntegerField, Model, OuterRef, Q, QuerySet

from . import counting
from .listed import Listed, listed
from .models import Article
from .prepared import Prepared
from .questions import KEY, NOW
from .usage import rows_naming, rows_telling_of, together

MOST: Final = 6  # on the page of the fact


@dataclass(frozen=True)
class Kind:
    """Facts of one model; with ``in_words`` the articles that only name them are asked for."""

    label: str
    in_lists: bool
    in_words: bool

    def rows(self, key: Any) -> list[QuerySet[Any]]:
        """What joins articles to the fact."""
        return [rows_naming(self.label, key)] if self.in_words else self._telling(key)

    def besides(self, key: Any) -> list[QuerySet[Any]]:
        """What joins articles to it that are not meant."""
        return self._telling(key) if self.in_words else []

    def _telling(self, key: Any) -> list[QuerySet[Any]]:
        return rows_telling_of(self.label, key, in_lists=self.in_lists)


class Asked:
    """What is asked about every fact of a kind."""

    def __init__(self, kind: Kind) -> None:
        def beyond(key: Any) -> Any:
            return together(kind.rows(key), is_every=True)[counting.MANY : counting.MANY + 1]

        def newest(*, are_many: bool, now: Any, key: Any) -> Any:
            return _newest(kind.rows(key), kind.besides(key), now, are_many=are_many)

        def number(now: Any, key: Any) -> Any:
            return _number(kind.rows(key), now)

        self._beyond: Prepared[int] = Prepared(Article, beyond, key=KEY)
        self._newest: list[Prepared[int]] = [
            Prepared(Article, partial(newest, are_many=many), key=KEY, now=NOW) for many in (False, True)
        ]
        self._number: Prepared[tuple[int, int]] = Prepared(Article, number, key=KEY, now=NOW)

    def newest(self, key: int, now: datetime) -> list[int]:
        """The keys of one more than are shown."""
        return self._newest[bool(self._beyond(key=key))](key=key, now=now)

    def number(self, key: int, now: datetime) -> int:
        """How many public articles there are, without a look at them: nearly all are public."""
        found = self._number(key=key, now=now)
        return found[0][0] - found[0][1] if found else 0


def _newest(
    rows: list[QuerySet[Any]], besides: list[QuerySet[Any]], now: Any, *, are_many: bool
) -> QuerySet[Any]:
    """Of many, the newest are found from the newest article on."""
    found = reduce(or_, map(_has, rows)) if are_many else Q(pk__in=together(rows, is_every=True))
    articles = Article.objects.public(now).filter(found)
    for some in besides:
        articles = articles.exclude(_has(some))
    return articles.values_list("pk", flat=True)[: MOST + 1]


def _has(rows: QuerySet[Any]) -> Q:
    return Q(Exists(rows.order_by().filter(article=OuterRef("pk"))))


def _number(rows: list[QuerySet[Any]], now: Any) -> QuerySet[Any]:
    """In one row, if there are articles at all: of all that are joined, and of those that nobody may see."""
    hidden = [some.filter(article__in=counting.hidden(now)) for some in rows]
    numbers = [counting.NumberOf(together(some), output_field=IntegerField()) for some in (rows, hidden)]
    return Article.objects.order_by().values_list(*numbers)[:1]


asked_of: Final = cache(Asked)


@dataclass(frozen=True)
class Told:
    """The public articles that tell of one fact, or only name it."""

    kind: Kind
    key: int
    now: datetime

    @property
    def newest(self) -> list[Listed]:
        return self._one_more[:MOST]

    @property
    def are_more(self) -> bool:
        return len(self._one_more) > MOST

    @cached_property
    def _one_more(self) -> list[Listed]:
        return listed(asked_of(self.kind).newest(self.key, self.now), self.now)

    @cached_property
    def number(self) -> int:
        return asked_of(self.kind).number(self.key, self.now)


def articles_of(fact: Model, now: datetime, *, in_lists: bool = True, in_words: bool = False) -> Told:
    return Told(Kind(fact._meta.label, in_lists, in_words), fact.pk, now)
