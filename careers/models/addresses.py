"""Where the page of a fact is. Lists and comparisons ask for hundreds of addresses, of few facts."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

MOST = 4_000


def address(page: str, slug: str) -> str:
    """As ``reverse`` says it: it depends on nothing but what is named here."""
    return _reversed(page, slug, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(MOST)
def _reversed(page: str, slug: str, urls: Any, prefix: str) -> str:
    return reverse(page, urls, args=[slug])
