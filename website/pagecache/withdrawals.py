"""A page that is taken from readers also leaves the copies that they would get while the database is away."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from website.twins import twin_address

from . import serving


def after_save(instance: Any, **kwargs: Any) -> None:
    if _concerns(instance) and _could_be_kept(instance) and not instance.is_public:
        _at_commit(instance)


def after_delete(instance: Any, **kwargs: Any) -> None:
    if _concerns(instance):
        _at_commit(instance)


def _concerns(instance: Any) -> bool:
    return settings.PAGE_CACHE and instance._meta.label in settings.PUBLIC_MODELS


def _could_be_kept(page: Any) -> bool:
    """Not a draft that no reader ever saw."""
    return getattr(page, "first_published_at", page) is not None


def _at_commit(page: Any) -> None:
    transaction.on_commit(partial(withdraw, page.get_absolute_url()))


def withdraw(path: str) -> None:
    for address in (path, twin_address(path)):
        if serving.current is not None:
            serving.current.withdraw(address)
        else:
            serving.copies().withdraw(address)
