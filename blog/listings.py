"""One page of a listing: ``?page=N``, and nothing else, is an address."""

from collections.abc import Callable
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

PER_PAGE: Final = 12
FIRST: Final = 25  # rows of a first page at most: of a feed, with its stragglers


def listing_page(
    request: HttpRequest,
    rows: Callable[[], QuerySet[Any]],
    *,
    first: Callable[[], list[int]] | None = None,
    count: int,
    read: Callable[[list[int]], list[Any]],
    per_page: int = PER_PAGE,
) -> Page[Any]:
    """``first``: the keys of the first ``FIRST`` rows, without a query that has to be built. ``read``: what
    is shown, by its keys."""
    page = _page_of(request, count, per_page)
    keys = first()[: len(page.object_list)] if first and page.number == 1 else _keys(rows(), page)
    page.object_list = read(keys)
    return page


def _page_of(request: HttpRequest, count: int, per_page: int) -> Page[Any]:
    """Of places, not yet of rows."""
    # A few stragglers make the page before them longer instead of one of their own.
    paginator = Paginator(range(count), per_page, orphans=per_page // 4)
    number = page_number(request.GET.get("page", "1"))
    if number > paginator.num_pages:
        raise Http404("The listing has fewer pages.")
    return paginator.page(number)


def _keys(rows: QuerySet[Any], page: Page[Any]) -> list[Any]:
    """Found first, so that what comes before is passed over unread."""
    places: Any = page.object_list
    part = rows.prefetch_related(None).values_list("pk", flat=True)
    return list(part[places.start : places.stop])


def page_number(text: str) -> int:
    """Plain digits only, so that one page has one address: not 01, +1, 1.0 or ١."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 6) or text.startswith("0"):
        raise Http404("Not a page number.")
    return int(text)
