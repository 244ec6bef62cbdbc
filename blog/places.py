"""What stands on which places of each listing of articles: the keys, by queries that are written once."""

from typing import Any, Final

from django.db.models import Model

from . import counting
from .models import Article, ArticleQuerySet, Author, Hashtag
from .prepared import InPlaces
from .questions import KEY, NOW

Keys = InPlaces[int]


def _keys(rows: ArticleQuerySet) -> Any:
    return rows.values_list("pk", flat=True)


def _of_category(now: Any, category: Any) -> Any:
    return _keys(Article.objects.public(now).filter(category__pk=category))


def _joined(model: type[Model], *, are_many: bool) -> Keys:
    def make(now: Any, **rows: Any) -> Any:
        return _keys(counting.joined(Article.objects.public(now), model, rows.values(), are_many=are_many))

    return InPlaces(Article, make, now=NOW, first=KEY, second=KEY, third=KEY)


of_all: Final[Keys] = InPlaces(Article, lambda now: _keys(Article.objects.public(now)), now=NOW)
of_category: Final[Keys] = InPlaces(Article, _of_category, now=NOW, category=KEY)
of_author: Final = {are_many: _joined(Author, are_many=are_many) for are_many in (True, False)}
of_hashtags: Final = {are_many: _joined(Hashtag, are_many=are_many) for are_many in (True, False)}
