"""Cards of articles, each drawn once for all it says: the same few are on most pages, and cost the most."""

from operator import attrgetter
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .models import Article
from .models.articles import BYLINE, CARD

MOST: Final = 2_000  # of about two kilobytes each
TEMPLATE: Final = "blog/_article_card.html"

_COVER: Final = attrgetter(*(name.removeprefix("cover__") for name in CARD if name.startswith("cover__")))
_AUTHOR: Final = attrgetter(*(name.replace("__", ".") for name in BYLINE if name.startswith("author__")))
_REST: Final = attrgetter(
    "pk", "category_id", *(name.replace("__", ".") for name in CARD if not name.startswith("cover__"))
)
_drawn: dict[Any, SafeString] = {}


def card(article: Article, **options: bool) -> SafeString:
    """``options``: what the template shows of what not every card does."""
    key = _said(article), tuple(options.items())
    found = _drawn.get(key)
    if found is None:
        if len(_drawn) >= MOST:
            _drawn.clear()
        found = _drawn[key] = render_to_string(TEMPLATE, {"article": article, **options})
    return found


def _said(article: Article) -> Any:
    """All columns that a card is asked for with, so that nothing else can be on it."""
    cover = _COVER(article.cover) if article.cover else None
    return _REST(article), cover, tuple(_AUTHOR(byline) for byline in article.bylines.all())
