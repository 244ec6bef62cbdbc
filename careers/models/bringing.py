"""What ``prefetch_related`` does, without a queryset of its own for every row that gets its related rows.

Django builds and filters one for each, in case that more is asked of it, which was half of what a list of
certifications cost. Here the rows are handed over as they are; a queryset is made once somebody asks for it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects
from django.db.models.constants import LOOKUP_SEP

AnyModel = TypeVar("AnyModel", bound=Model)


class Brought:
    """What ``all()`` of a relation gives: its rows, and for all else the queryset that Django would give."""

    __slots__ = ("_anew", "_name", "_owner", "_rows")

    def __init__(self, rows: list[Any], owner: Model, name: str, anew: QuerySet[Any]) -> None:
        self._rows, self._owner, self._name, self._anew = rows, owner, name, anew

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: Any) -> Any:
        return self._rows[place]

    def __getattr__(self, name: str) -> Any:
        rows = getattr(self._owner, self._name)._apply_rel_filters(self._anew)
        rows._result_cache, rows._prefetch_done = self._rows, True
        return getattr(rows, name)


class BringingQuerySet(QuerySet[AnyModel]):
    """Brings what ``prefetch_related`` names in this cheaper way."""

    def _prefetch_related_objects(self) -> None:
        kept: Any = self
        bring(kept._result_cache, kept._prefetch_related_lookups)
        self._prefetch_done = True


def bring(rows: list[Any], lookups: Iterable["str | Prefetch[Any]"]) -> None:
    """What is there already stays. Each relation is brought once, under its own name."""
    brought: dict[str, list[Any]] = {}
    for lookup in lookups if rows and isinstance(rows[0], Model) else ():
        named: Any = lookup if isinstance(lookup, Prefetch) else Prefetch(lookup)
        names = named.prefetch_through.split(LOOKUP_SEP)
        paths = [LOOKUP_SEP.join(names[: length + 1]) for length in range(len(names))]
        if named.prefetch_to != paths[-1] or (named.queryset is not None and paths[-1] in brought):
            raise ValueError(f"“{paths[-1]}” is brought once, as itself: say there which of its rows.")
        here = rows
        for name, path in zip(names, paths, strict=True):
            if path not in brought:
                brought[path] = _related(here, name, named.queryset if path == paths[-1] else None)
            here = brought[path]


def _related(owners: Sequence[Any], name: str, queryset: QuerySet[Any] | None) -> list[Any]:
    """All that the relation leads to, each row once."""
    if not owners:
        return []
    if hasattr(getattr(type(owners[0]), name), "get_prefetch_querysets"):
        prefetch_related_objects(owners, Prefetch(name, queryset))
        found = [one for owner in owners if (one := getattr(owner, name, None)) is not None]
    else:
        _bring_lists(owners, name, queryset)
        found = [one for owner in owners for one in owner._prefetched_objects_cache[name]]
    return list({id(one): one for one in found}.values())


def _bring_lists(owners: Sequence[Any], name: str, queryset: QuerySet[Any] | None) -> None:
    for owner in owners:
        owner.__dict__.setdefault("_prefetched_objects_cache", {})
    asking = [owner for owner in owners if name not in owner._prefetched_objects_cache]
    if not asking:
        return
    manager = getattr(asking[0], name)
    anew = manager.model._default_manager.all() if queryset is None else queryset
    found, key_of, key_of_owner, _, cache, _ = manager.get_prefetch_querysets(asking, [anew])
    by_key: dict[Any, list[Any]] = {}
    for row in found:
        by_key.setdefault(key_of(row), []).append(row)
    for owner in asking:
        rows = by_key.get(key_of_owner(owner), [])
        owner._prefetched_objects_cache[cache] = Brought(rows, owner, name, anew)
