"""What the keys in snapshots are called: one question a table, however many snapshots."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from .models import Article, Author, Category, Picture
from .snapshots import MOMENTS, Snapshot

MODELS: dict[str, Any] = {
    "category": Category,
    "cover": Picture,
    "authors": Author,
    "roles": Article.roles.rel.model,
    "credentials": Article.credentials.rel.model,
}


def names_in(*snapshots: Snapshot) -> dict[str, Mapping[Any, str]]:
    found: dict[str, Mapping[Any, str]] = {
        name: _rows(model, _keys(name, snapshots)) for name, model in MODELS.items()
    }
    return found | {name: _moments(_keys(name, snapshots)) for name in MOMENTS}


def _rows(model: Any, keys: set[Any]) -> dict[Any, str]:
    known = {row.pk: str(row) for row in model._default_manager.filter(pk__in=keys)} if keys else {}
    return {key: known.get(key, "(no longer there)") for key in keys}


def _moments(texts: set[str]) -> dict[str, str]:
    return {text: said(text) for text in texts}


def said(text: str) -> str:
    moment = parse_datetime(text)
    return timezone.localtime(moment).strftime("%-d %b %Y, %H:%M %Z") if moment else text


def _keys(name: str, snapshots: Iterable[Snapshot]) -> set[Any]:
    keys: set[Any] = set()
    for snapshot in snapshots:
        value = snapshot.get(name)
        keys |= set(value) if isinstance(value, list) else {value}
    return keys - {None, ""}
