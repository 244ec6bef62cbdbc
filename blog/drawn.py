"""Small parts of pages, each drawn once for all it says: the same few are on most pages."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .listed import Listed, author_said, said_of
from .models import Article, ArticleAuthor, Category, Hashtag

MOST: Final = 2_000  # of one kind; a card has about two kilobytes, the others less

_TILE: Final = attrgetter("pk", "name", "slug", "description", "article_count")


class Drawn:
    """What ``template`` makes of one thing; asked for with all of it that can be seen there."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._kept: dict[Any, SafeString] = {}

    def known(self, said: Any) -> SafeString | None:
        return self._kept.get(said)

    def __call__(self, said: Any, **context: Any) -> SafeString:
        found = self._kept.get(said)
        if found is None:
            if len(self._kept) >= MOST:
                self._kept.clear()
            found = self._kept[said] = render_to_string(self._template, context)
        return found


_card: Final = Drawn("blog/_article_card.html")
_lead: Final = Drawn("blog/_lead.html")
_chip: Final = Drawn("blog/_hashtag_chip.html")
_tile: Final = Drawn("blog/_category_tile.html")
_byline: Final = Drawn("blog/_byline.html")
_way: Final = Drawn("blog/_careers_way.html")


def card(article: Article | Listed, **options: bool) -> SafeString:
    """``options``: what the template shows of what not every card does."""
    return _of(article, _card, options)


def lead(article: Article | Listed) -> SafeString:
    """The largest card, at the top of home."""
    return _of(article, _lead, {})


def _of(article: Article | Listed, draw: Drawn, options: dict[str, bool]) -> SafeString:
    chosen = tuple(options.items())
    if isinstance(article, Listed):
        found = draw.known((article.said, chosen))
        if found is not None or article.row is None:
            return found or SafeString("")
        article = article.row
    return draw((said_of(article), chosen), article=article, **options)


def chip(hashtag: Hashtag) -> SafeString:
    """With how often it is used, where that was counted."""
    count = getattr(hashtag, "article_count", None)
    return _chip((hashtag.name, hashtag.slug, count), hashtag=hashtag)


def tile(category: Category) -> SafeString:
    return _tile(_TILE(category), category=category)


def byline(bylines: Iterable[ArticleAuthor], by: str = "") -> SafeString:
    """“By Ada Byron and Grace Hopper”; ``by`` stands before the names."""
    shown = list(bylines)
    return _byline((by, tuple(map(author_said, shown))), bylines=shown, by=by)


def careers_way(roles: Sequence[Any], comparisons: Sequence[Article]) -> SafeString:
    """From reading into the catalogue."""
    said = (
        tuple((role.slug, role.name) for role in roles),
        tuple((article.slug, article.title) for article in comparisons),
    )
    return _way(said, roles=roles, comparisons=comparisons)
