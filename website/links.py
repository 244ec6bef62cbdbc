"""Which addresses of the site lead somewhere: asked for many at once, in a number of queries that stays."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404, resolve, reverse

from blog.hashtag_names import key_of
from blog.models import Hashtag

from .models import Redirect
from .public import public_models

MAX_PATH = 300


def leading_nowhere(addresses: Iterable[str], *, now: datetime) -> set[str]:
    """Those at which a reader would find nothing at ``now``. An address in another case or without its
    last slash is none the worse for it."""
    paths = {address: _pages(_path(address)) for address in addresses}
    slugs = {path: _slug(path) for pages in paths.values() for path in pages}
    moved = dict(_moved(path for path, slug in slugs.items() if slug != ""))
    asked = {slug for slug in slugs.values() if slug}
    alive = _addresses(asked, set(moved.values()), now=now) if asked or moved else {}
    alive_paths = {path for path, slug in slugs.items() if _leads(path, slug, moved, alive)}
    return {address for address, pages in paths.items() if not alive_paths.issuperset(pages)}


def _leads(path: str, slug: str | None, moved: dict[str, tuple[str, int]], alive: dict[Any, Any]) -> bool:
    """An empty slug: an address that names no page of its own, such as a list. None: no address at all."""
    if slug == "" or moved.get(path) in alive:
        return True
    return slug is not None and any(path.startswith(address) for address in alive.get(slug, ()))


def _pages(path: str) -> list[str]:
    """A combination of hashtags leads somewhere if each of them does; any other page stands for itself."""
    try:
        slugs = resolve(path).kwargs.get("slugs")
    except Resolver404:
        return [path]
    return [reverse("blog:tag-detail", args=[slug]) for slug in slugs.split("+")] if slugs else [path]


def _path(address: str) -> str:
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return ""
    return path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/"


def _slug(path: str) -> str | None:
    if path.startswith((str(settings.STATIC_URL), str(settings.MEDIA_URL))):
        return ""
    try:
        return str(resolve(path).kwargs.get("slug", ""))
    except Resolver404:
        return None


def _moved(paths: Iterable[str]) -> Iterable[tuple[str, tuple[str, int]]]:
    fit = [path for path in paths if 0 < len(path) <= MAX_PATH and "\x00" not in path]
    rows = Redirect.objects.filter(old_path__in=fit) if fit else Redirect.objects.none()
    return ((row.old_path, (row.target_model, row.target_ref)) for row in rows)


def _addresses(slugs: set[str], moved: set[tuple[str, int]], *, now: datetime) -> dict[Any, Any]:
    """The addresses of pages that readers may see: by slug, and by what a redirect names."""
    found: dict[Any, Any] = {}
    for model in public_models():
        label = model._meta.label
        keys = [key for target, key in moved if target == label]
        for page in _public(model, now).filter(Q(slug__in=slugs) | Q(pk__in=keys)):
            address = page.get_absolute_url()
            found.setdefault(page.slug, []).append(address)
            found[label, page.pk] = address
    for slug in _hashtags_by_another_name(slugs, now=now):
        found.setdefault(slug, []).append(reverse("blog:tag-detail", args=[slug]))
    return found


def _hashtags_by_another_name(slugs: set[str], *, now: datetime) -> set[str]:
    """Spellings that lead on to a hashtag's own address."""
    keys = {key_of(slug): slug for slug in slugs}
    spelt = Hashtag.objects.public(now).filter(Q(key__in=keys) | Q(aliases__key__in=keys))
    pairs = spelt.values_list("key", "aliases__key")
    return {keys[key] for pair in pairs for key in pair if key in keys}


def _public(model: Any, now: datetime) -> Any:
    """Facts are public whatever the time; stories tell by it."""
    rows = model._default_manager
    return rows.public(now) if hasattr(rows.model, "visible_spans") else rows.public()
