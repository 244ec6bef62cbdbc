"""One page of a listing: ``?page=N``, and nothing else, is an address."""

from collections.abc import Callable
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

PER_PAGE: Final = 12

Keys = Callable[[range], list[Any]]  # of the rows on these places of a listing


def listing_page(
    request: HttpRequest,
    keys: Keys,
    *,
    count: int,
    read: Callable[[list[Any]], list[Any]],
    per_page: int = PER_PAGE,
) -> Page[Any]:
    """``read``: what is shown, by its keys, so that what comes before is passed over unread."""
    # A few stragglers make the page before them longer instead of one of their own.
    paginator = Paginator(range(count), per_page, orphans=per_page // 4)
    number = page_number(request.GET.get("page", "1"))
    if number > paginator.num_pages:
        raise Http404("The listing has fewer pages.")
    page = paginator.page(number)
    places: Any = page.object_list
    page.object_list = read(keys(places))
    return page


def keys_of(rows: QuerySet[Any]) -> Keys:
    """Of a listing that is asked for too seldom to have a query that is written once."""
    found = rows.prefetch_related(None).values_list("pk", flat=True)
    return lambda places: list(found[places.start : places.stop])


def page_number(text: str) -> int:
    """Plain digits only, so that one page has one address: not 01, +1, 1.0 or ١."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 6) or text.startswith("0"):
        raise Http404("Not a page number.")
    return int(text)
