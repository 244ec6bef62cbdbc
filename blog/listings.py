"""One page of a listing: ``?page=N``, and nothing else, is an address."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

PER_PAGE = 12


def listing_page(
    request: HttpRequest,
    rows: QuerySet[Any],
    *,
    per_page: int = PER_PAGE,
    count: int | None = None,
    read: Callable[[list[Any]], list[Any]] | None = None,
) -> Page[Any]:
    """``count``: how many rows there are, where that is known. ``read``: what is shown, by its keys."""
    # A few stragglers make the page before them longer instead of one of their own.
    paginator = Paginator(rows, per_page, orphans=per_page // 4)
    if count is not None:
        paginator.count = count
    number = page_number(request.GET.get("page", "1"))
    if number > paginator.num_pages:
        raise Http404("The listing has fewer pages.")
    page = paginator.page(number)
    # The keys are found first, so that what comes before is passed over unread.
    part: Any = page.object_list
    keys = list(part.prefetch_related(None).values_list("pk", flat=True))
    page.object_list = read(keys) if read else in_full(rows, keys)
    return page


def in_full(rows: QuerySet[Any], keys: list[Any]) -> list[Any]:
    by_key = {row.pk: row for row in rows.filter(pk__in=keys).order_by()}
    return [by_key[key] for key in keys if key in by_key]


def page_number(text: str) -> int:
    """Plain digits only, so that one page has one address: not 01, +1, 1.0 or ١."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 6) or text.startswith("0"):
        raise Http404("Not a page number.")
    return int(text)
