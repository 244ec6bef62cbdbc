"""A changed address leaves one 301.

A redirect remembers the page, not where the page went: it is asked for its address when somebody comes by the
old one. So there are no chains and no loops, and nothing is said of a page that readers may not see.
``QuerySet.update()`` tells nobody and leaves no redirect: change addresses by ``save()``.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import reverse

from blog.models import Hashtag, HashtagMerge

from .models import Redirect, Signpost

MAX_PATH = 300


def before_save(instance: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Where readers find the page until now, if they ever could."""
    if _has_pages(instance) and (update_fields is None or "slug" in update_fields):
        before = type(instance)._base_manager.filter(pk=instance.pk).first() if instance.pk else None
        moves = before and before.slug != instance.slug and _was_public(before)
        instance.__dict__["_address_before"] = _address(before) if moves else ""


def after_save(instance: Any, **kwargs: Any) -> None:
    """The old address leads to the page, and its new address no longer to itself.

    Another page that had the new address before keeps its claim, for the day the newcomer leaves.
    """
    old = instance.__dict__.pop("_address_before", "")
    if old and old != _address(instance):
        Redirect.objects.update_or_create(old_path=old, defaults=target(instance))
        Redirect.objects.filter(old_path=_address(instance), **target(instance)).delete()


def after_delete(instance: Any, **kwargs: Any) -> None:
    if _has_pages(instance):
        Redirect.objects.filter(**target(instance)).delete()


def after_merge(instance: HashtagMerge, **kwargs: Any) -> None:
    """What led to the hashtag that is gone, and its own address, lead to the other; undone, back again."""
    gone, stays = (
        {"target_model": Hashtag._meta.label, "target_ref": key}
        for key in (instance.source_ref, instance.target_ref)
    )
    own = reverse("blog:tag-detail", args=[instance.kept["slug"]])
    if instance.undone_at is None:
        former = list(Redirect.objects.filter(**gone).values_list("old_path", flat=True))
        signs = list(Signpost.objects.filter(**gone).values_list("path", flat=True))
        type(instance).objects.filter(pk=instance.pk).update(addresses=[*former, *signs])
        Redirect.objects.filter(**gone).update(**stays)
        Signpost.objects.filter(**gone).update(**stays)
        Redirect.objects.update_or_create(old_path=own, defaults=stays)
    else:
        Redirect.objects.filter(old_path=own, **stays).delete()
        Redirect.objects.filter(old_path__in=instance.addresses, **stays).update(**gone)
        Signpost.objects.filter(path__in=instance.addresses, **stays).update(**gone)


def _has_pages(row: models.Model) -> bool:
    return row._meta.label in settings.PUBLIC_MODELS


def _was_public(page: Any) -> bool:
    return bool(getattr(page, "first_published_at", None) or page.is_public)


def _address(page: Any) -> str:
    return str(page.get_absolute_url())


def target(page: models.Model) -> dict[str, Any]:
    """How a redirect or a signpost names it."""
    return {"target_model": page._meta.label, "target_ref": page.pk}


def addresses_of(page: Any) -> list[str]:
    """Where readers can have it from: its address, and those it had before."""
    former = Redirect.objects.filter(**target(page)).values_list("old_path", flat=True)
    return [_address(page), *former]


# --- Answering --------------------------------------------------------------


def where_now(path: str) -> str | None:
    """Where the page that once had this address is today, if readers may see it."""
    found = _redirect(path)
    address = address_of(found.target_model, found.target_ref) if found else None
    return address if address != path else None


def address_of(label: str, key: int | None) -> str | None:
    """The address of a page, if readers may see it."""
    page = page_of(label, key)
    return _address(page) if page else None


def page_of(label: str, key: int | None) -> Any | None:
    return next(iter(pages_of(label, [key] if key else [])), None)


def pages_of(label: str, keys: Iterable[int]) -> list[Any]:
    """Those of a model's rows that readers may see."""
    if label not in settings.PUBLIC_MODELS:
        return []
    manager: Any = apps.get_model(label)._default_manager
    return list(manager.public().filter(pk__in=list(keys)))


def _redirect(path: str) -> Redirect | None:
    if not may_be_stored(path):
        return None
    return Redirect.objects.filter(old_path=path).first()


def may_be_stored(path: str) -> bool:
    """PostgreSQL refuses even the question after anything else."""
    return len(path) <= MAX_PATH and "\x00" not in path


def claimed_by(path: str, newcomer: models.Model) -> Any | None:
    """Another page that readers found here before, and still do unless ``newcomer`` is shown."""
    found = _redirect(path)
    page = page_of(found.target_model, found.target_ref) if found else None
    return None if page == newcomer else page
