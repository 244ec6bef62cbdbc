"""A page that is taken from readers also leaves the copies that they would get while the database is away."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from website.redirects import addresses_of
from website.twins import with_twin

from . import serving


def after_save(instance: Any, **kwargs: Any) -> None:
    if _concerns(instance) and _could_be_kept(instance) and not instance.is_public:
        _at_commit(instance)


def before_delete(instance: Any, **kwargs: Any) -> None:
    """Before, while it is still known where it once was."""
    if _concerns(instance):
        _at_commit(instance)


def _concerns(instance: Any) -> bool:
    return settings.PAGE_CACHE and instance._meta.label in settings.PUBLIC_MODELS


def _could_be_kept(page: Any) -> bool:
    """Not a draft that no reader ever saw."""
    return getattr(page, "first_published_at", page) is not None


def _at_commit(page: Any) -> None:
    """Also at its former addresses: a copy from before it moved may still lie there."""
    for path in addresses_of(page):
        transaction.on_commit(partial(withdraw, path))


def withdraw(path: str) -> None:
    for address in with_twin(path):
        if serving.current is not None:
            serving.current.withdraw(address)
        else:
            serving.copies().withdraw(address)
