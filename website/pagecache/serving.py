"""The page cache as the site uses it: one for a process."""

from django.conf import settings
from django.db import connections
from django.utils import timezone

from website import missing
from website.makers import made_by, makers
from website.search import asked

from .boundaries import horizon
from .copies import Copies
from .tokens import tokens_of
from .wrapper import Application, PageCache

MEGABYTE = 1024 * 1024
current: PageCache | None = None


def cached(application: Application) -> Application:
    """``application`` in its makers, and behind a page cache unless the settings turn that off."""
    global current
    ours = makers()
    application = made_by(ours, application)
    if not settings.PAGE_CACHE:
        return application
    current = PageCache(
        application,
        tokens=tokens_of(connections["default"]),
        horizon=horizon,
        limit=settings.PAGE_CACHE_MEGABYTES * MEGABYTE,
        copies=copies(),
        made_by=ours,
        on_missing=lambda path: missing.count(path, now=timezone.now()),
        on_asked=lambda path, query: asked.again(path, query, now=timezone.now()),
    )
    return current


def copies() -> Copies:
    return Copies(settings.PAGE_COPIES, settings.PAGE_COPIES_MEGABYTES * MEGABYTE)
