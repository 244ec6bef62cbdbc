"""What after the question mark makes another page of an address. Everything else changes nothing."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_plus

from django.urls import Resolver404, resolve

from careers.facets import NAMES
from website.search.facets import FACETS
from website.twins import page_of

PAGE: Final = frozenset({"page"})
SEARCH: Final = frozenset({"q", "kind", *FACETS}) | PAGE
SITTING: Final = frozenset({"weeks", "by", "in"})
CHANGES: Final = frozenset({"provider", "role", "kind", "certification"}) | PAGE
CHOICE: Final = frozenset({"say", "role"})
NONE: Final[frozenset[str]] = frozenset()

# By the name of the address. A page that begins to read one is taught here; a test finds those missing.
TAKEN: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(
        [
            "blog:article-list",
            "blog:category-detail",
            "blog:author-detail",
            "blog:tag-detail",
            "blog:tag-combination",
            "blog:archive-year",
            "blog:archive-month",
        ],
        PAGE,
    ),
    "sitemap-section": frozenset({"p"}),
    "search": SEARCH,
    "search-suggest": frozenset({"q"}),
    "oembed": frozenset({"url", "format", "maxwidth", "maxheight"}),
    "careers:compare": frozenset({"role"}),
    "careers:comparison": frozenset({"show"}),
    "careers:choose": CHOICE,
    "careers:credential-list": SITTING | {"retired", "sort", *NAMES} | PAGE,
    "careers:credential-detail": SITTING,
    "careers:change-list": CHANGES,
    "careers:change-feed": CHANGES,
    "careers:calendar": CHANGES,
}
_FEEDS: Final = ("-feed", "-json-feed")


@lru_cache(maxsize=4096)
def taken_at(path: str) -> frozenset[str]:
    """The parameters that the page at ``path`` reads, or that its twin does."""
    try:
        name = resolve(page_of(path) if path.endswith(".md") else path).view_name
    except Resolver404:
        return NONE
    if name in TAKEN:
        return TAKEN[name]
    if name.startswith("search-"):
        return SEARCH
    return PAGE if name.endswith(_FEEDS) else NONE


@lru_cache(maxsize=4096)
def kept_at(path: str, query: str) -> str:
    return kept(query, taken_at(path))


def kept(query: str, names: Iterable[str]) -> str:
    """``query`` without what the page does not read; the rest as it was written."""
    taken = set(names)
    return "&".join(part for part in query.split("&") if unquote_plus(part.partition("=")[0]) in taken)
