"""The addresses of rows. A page has some fifty of them, and finding one in the table of addresses is slow."""

from functools import lru_cache
from typing import Final

from django.conf import settings
from django.urls import get_script_prefix, reverse

MOST: Final = 20_000


def path_of(view: str, slug: str) -> str:
    return _path_of(view, slug, get_script_prefix(), settings.ROOT_URLCONF)


@lru_cache(MOST)
def _path_of(view: str, slug: str, prefix: str, urlconf: str) -> str:
    """``prefix`` and ``urlconf``: what else ``reverse`` looks at; no request here has a table of its own."""
    return reverse(view, args=[slug])
