"""Small parts of pages, each drawn once for all it says: the same few are on most pages."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .models import Article, ArticleAuthor, Category, Hashtag
from .models.articles import BYLINE, CARD

MOST: Final = 2_000  # of one kind; a card has about two kilobytes, the others less

_COVER: Final = attrgetter(*(name.removeprefix("cover__") for name in CARD if name.startswith("cover__")))
_AUTHOR: Final = attrgetter(*(name.replace("__", ".") for name in BYLINE if name.startswith("author__")))
_REST: Final = attrgetter(
    "pk", "category_id", *(name.replace("__", ".") for name in CARD if not name.startswith("cover__"))
)
_TILE: Final = attrgetter("pk", "name", "slug", "description", "article_count")


class Drawn:
    """What ``template`` makes of one thing; asked for with all of it that can be seen there."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._kept: dict[Any, SafeString] = {}

    def __call__(self, said: Any, **context: Any) -> SafeString:
        found = self._kept.get(said)
        if found is None:
            if len(self._kept) >= MOST:
                self._kept.clear()
            found = self._kept[said] = render_to_string(self._template, context)
        return found


_card: Final = Drawn("blog/_article_card.html")
_chip: Final = Drawn("blog/_hashtag_chip.html")
_tile: Final = Drawn("blog/_category_tile.html")
_byline: Final = Drawn("blog/_byline.html")
_way: Final = Drawn("blog/_careers_way.html")


def card(article: Article, **options: bool) -> SafeString:
    """``options``: what the template shows of what not every card does."""
    return _card((_said(article), tuple(options.items())), article=article, **options)


def chip(hashtag: Hashtag) -> SafeString:
    """With how often it is used, where that was counted."""
    count = getattr(hashtag, "article_count", None)
    return _chip((hashtag.name, hashtag.slug, count), hashtag=hashtag)


def tile(category: Category) -> SafeString:
    return _tile(_TILE(category), category=category)


def byline(bylines: Iterable[ArticleAuthor], by: str = "") -> SafeString:
    """“By Ada Byron and Grace Hopper”; ``by`` stands before the names."""
    shown = list(bylines)
    return _byline((by, tuple(map(_AUTHOR, shown))), bylines=shown, by=by)


def careers_way(roles: Sequence[Any], comparisons: Sequence[Article]) -> SafeString:
    """From reading into the catalogue."""
    said = (
        tuple((role.slug, role.name) for role in roles),
        tuple((article.slug, article.title) for article in comparisons),
    )
    return _way(said, roles=roles, comparisons=comparisons)


def _said(article: Article) -> Any:
    """All columns that a card is asked for with, so that nothing else can be on it."""
    cover = _COVER(article.cover) if article.cover else None
    return _REST(article), cover, tuple(_AUTHOR(byline) for byline in article.bylines.all())
