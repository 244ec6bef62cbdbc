"""What stands on which places of each listing of articles: the keys, by queries that are written once."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.db.models import Model

from . import counting
from .listings import Keys
from .models import Article, ArticleQuerySet, Author, Category, Hashtag
from .prepared import InPlaces
from .questions import KEY, NOW


def of_all(now: datetime) -> Keys:
    return partial(_all, now=now)


def of_category(category: Category, now: datetime) -> Keys:
    return partial(_in_category, now=now, category=category.pk)


def of_author(author: Author, count: int, now: datetime) -> Keys:
    """``count``: how many there are, here and below."""
    return partial(_by_author[counting.are_many(count, now)], now=now, first=author.pk)


def of_hashtags(hashtags: Iterable[Hashtag], count: int, now: datetime) -> Keys:
    """Of the articles that carry every one of them."""
    carried: dict[str, Any] = counting.by_place(hashtags)
    return partial(_with_hashtags[counting.are_many(count, now)], now=now, **carried)


def _keys(rows: ArticleQuerySet) -> Any:
    return rows.values_list("pk", flat=True)


def _joined(model: type[Model], *, are_many: bool) -> InPlaces[int]:
    def make(now: Any, **rows: Any) -> Any:
        return _keys(counting.joined(Article.objects.public(now), model, rows.values(), are_many=are_many))

    return InPlaces(Article, make, now=NOW, first=KEY, second=KEY, third=KEY)


_all: Final[InPlaces[int]] = InPlaces(Article, lambda now: _keys(Article.objects.public(now)), now=NOW)
_in_category: Final[InPlaces[int]] = InPlaces(
    Article,
    lambda now, category: _keys(Article.objects.public(now).filter(category__pk=category)),
    now=NOW,
    category=KEY,
)
_by_author: Final = {are_many: _joined(Author, are_many=are_many) for are_many in (True, False)}
_with_hashtags: Final = {are_many: _joined(Hashtag, are_many=are_many) for are_many in (True, False)}
