"""What a public page promises, so that search, sitemap, redirects and caches need to know no model."""

from collections.abc import Iterator
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.db import models


class PublicPage(Protocol):
    """A row with an address of its own. Its manager answers ``public()``: the rows a reader may see now.

    A page that comes and goes with time also tells its ``visible_spans()``: search knows them ahead.
    """

    pk: Any

    def get_absolute_url(self) -> str: ...

    @property
    def is_public(self) -> bool: ...

    def search_text(self) -> dict[str, str]:
        """Plain text, never markup, by weight: ``title``, ``keywords``, ``summary``, ``body``."""
        ...


def public_models() -> Iterator[type[models.Model]]:
    for label in settings.PUBLIC_MODELS:
        yield apps.get_model(label)
