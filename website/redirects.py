"""A changed address leaves one 301.

A redirect remembers the page, not where the page went: it is asked for its address when somebody comes by the
old one. So there are no chains and no loops, and nothing is said of a page that readers may not see.
``QuerySet.update()`` tells nobody and leaves no redirect: change addresses by ``save()``.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import patch_cache_control

from .models import Redirect

MAX_PATH = 300
MAX_AGE = 24 * 3600  # a browser that may keep a 301 for ever could never be told of a second move


def before_save(instance: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Where readers find the page until now, if they ever could."""
    if _has_pages(instance) and (update_fields is None or "slug" in update_fields):
        before = type(instance)._base_manager.filter(pk=instance.pk).first() if instance.pk else None
        moves = before and before.slug != instance.slug and _was_public(before)
        instance.__dict__["_address_before"] = _address(before) if moves else ""


def after_save(instance: Any, **kwargs: Any) -> None:
    """The old address leads to the page, and its new address leads nowhere else."""
    old = instance.__dict__.pop("_address_before", "")
    if old and old != _address(instance):
        Redirect.objects.update_or_create(old_path=old, defaults=_target(instance))
        Redirect.objects.filter(old_path=_address(instance)).delete()


def after_delete(instance: Any, **kwargs: Any) -> None:
    if _has_pages(instance):
        Redirect.objects.filter(**_target(instance)).delete()


def _has_pages(row: models.Model) -> bool:
    return row._meta.label in settings.PUBLIC_MODELS


def _was_public(page: Any) -> bool:
    return bool(getattr(page, "first_published_at", None) or page.is_public)


def _address(page: Any) -> str:
    return str(page.get_absolute_url())


def _target(page: models.Model) -> dict[str, Any]:
    return {"target_model": page._meta.label, "target_ref": page.pk}


# --- Answering --------------------------------------------------------------


def where_now(path: str) -> str | None:
    """Where the page that once had this address is today, if readers may see it."""
    found = _redirect(path if path.endswith("/") else f"{path}/")
    if found is None or found.target_model not in settings.PUBLIC_MODELS:
        return None
    manager: Any = apps.get_model(found.target_model)._default_manager
    page = manager.public().filter(pk=found.target_ref).first()
    return _address(page) if page and _address(page) != path else None


def _redirect(path: str) -> Redirect | None:
    if len(path) > MAX_PATH or "\x00" in path:  # PostgreSQL refuses the question
        return None
    return Redirect.objects.filter(old_path=path).first()


class RedirectMiddleware:
    """Asks only when nothing else answered, so that a healthy page pays nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        address = where_now(request.path)
        return _moved(address) if address else response


def _moved(address: str) -> HttpResponse:
    response = HttpResponsePermanentRedirect(address)
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response
