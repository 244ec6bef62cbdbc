"""Articles as lists show them: by what their cards say, without making a row of each.

A card that is drawn already needs no more than that. Whatever else is asked of one is read for all of its
list at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import Any, Final

from . import questions
from .models import Article, ArticleAuthor
from .models.columns import BYLINE, CARD
from .models.paths import path_of
from .prepared import Prepared
from .questions import KEY, NOW

OWN: Final = ("pk", "category_id", *(name for name in CARD if not name.startswith("cover__")))
COVER: Final = tuple(name for name in CARD if name.startswith("cover__"))
AUTHOR: Final = tuple(name for name in BYLINE if name.startswith("author__"))
_TITLE, _SLUG = OWN.index("title"), OWN.index("slug")

Said = tuple[tuple[Any, ...], tuple[Any, ...] | None, tuple[tuple[Any, ...], ...]]


def _attributes(names: Iterable[str], *, of: str = "") -> Any:
    return attrgetter(*(name.removeprefix(of).replace("__", ".") for name in names))


_own, _cover = _attributes(OWN), _attributes(COVER, of="cover__")
author_said: Final = _attributes(AUTHOR)


def said_of(article: Article) -> Said:
    """All columns that a card is asked for with, so that nothing else can be on it."""
    cover = _cover(article.cover) if article.cover else None
    return _own(article), cover, tuple(map(author_said, article.bylines.all()))


@dataclass(eq=False)
class Together:
    """The articles of one list."""

    keys: list[int]
    now: datetime

    @cached_property
    def rows(self) -> dict[int, Article]:
        return {article.pk: article for article in questions.cards(self.keys, self.now)}


@dataclass(eq=False, slots=True)
class Listed:
    """Stands for its article: whatever is not on its card is asked of that."""

    said: Said
    together: Together

    @property
    def pk(self) -> int:
        key: int = self.said[0][0]
        return key

    @property
    def row(self) -> Article | None:
        """None if it is gone since the list was asked for."""
        return self.together.rows.get(self.pk)

    def get_absolute_url(self) -> str:
        return path_of("blog:article-detail", self.said[0][_SLUG])

    def __str__(self) -> str:
        return str(self.said[0][_TITLE])

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Listed | Article) and other.pk == self.pk

    def __hash__(self) -> int:
        return hash(self.pk)


def _some(keys: Any, now: Any) -> Any:
    rows = Article.objects.public(now).filter(pk__in=keys).order_by()
    return rows.values_list(*OWN, "cover", *COVER)


def _names(articles: Any) -> Any:
    return ArticleAuthor.objects.filter(article__pk__in=articles).values_list("article", *AUTHOR)


_rows = Prepared(Article, _some, keys=KEY, now=NOW)
_authors = Prepared(ArticleAuthor, _names, articles=KEY)


def listed(keys: Sequence[int], now: datetime) -> list[Listed]:
    """Those that are public, in the order of their keys."""
    found = {row[0]: row for row in _rows(keys=list(keys), now=now)}
    shown = [key for key in keys if key in found]
    together, authors = Together(shown, now), _authors_of(shown)
    return [Listed(_said(found[key], authors[key]), together) for key in shown]


def _said(row: tuple[Any, ...], authors: list[tuple[Any, ...]]) -> Said:
    own, cover = row[: len(OWN)], row[len(OWN) :]
    return own, cover[1:] if cover[0] is not None else None, tuple(authors)


def _authors_of(keys: list[int]) -> dict[int, list[tuple[Any, ...]]]:
    """In their order, which is that of their rows."""
    found: dict[int, list[tuple[Any, ...]]] = {key: [] for key in keys}
    for key, *author in _authors(articles=keys):
        found[key].append(tuple(author))
    return found
