"""What ``prefetch_related`` does, at less cost: the larger part of making a page went into it.

Django builds and filters a queryset for every row that gets related rows, in case that more is asked of it.
Here the rows are handed over as they are; a queryset is made once somebody asks for it. And the queries are
written once where the site can (see ``careers.asking``), but for rows that are chosen anew for every page.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, TypeVar

from django.db.models import (
    F,
    ForeignKey,
    ManyToManyField,
    ManyToManyRel,
    ManyToOneRel,
    Model,
    Prefetch,
    QuerySet,
    prefetch_related_objects,
)
from django.db.models.constants import LOOKUP_SEP

from careers.asking import Question

AnyModel = TypeVar("AnyModel", bound=Model)
# What else there is, such as relations to any kind of row, is left to Django.
PLAIN = {ForeignKey, ManyToManyField, ManyToManyRel, ManyToOneRel}
OWNER = "brought_for"
MOST_KEYS = 1_000  # in a query that is kept; the few larger ones are not worth the memory


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
        rows = getattr(self._owner, self._name)._apply_rel_filters(self._anew.all())
        rows._result_cache, rows._prefetch_done = self._rows, True
        return getattr(rows, name)


class BringingQuerySet(QuerySet[AnyModel]):
    """Brings what ``prefetch_related`` names in this cheaper way."""

    def _prefetch_related_objects(self) -> None:
        kept: Any = self
        bring(kept._result_cache, kept._prefetch_related_lookups)
        self._prefetch_done = True


def selected(way: str, rows: QuerySet[Any]) -> "Prefetch[Any]":
    """Rows of a relation, chosen in the same way each time. To be kept: what it asks is kept with it."""
    kept: Any = Prefetch(way, rows)
    kept.relations = {}
    return kept  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Relation:
    """``anew``: all rows that may be wanted, of whichever owner. ``ask`` gives those of the keys."""

    name: str
    field: Any
    anew: QuerySet[Any]
    ask: Callable[[list[Any]], list[Any]]

    def bring(self, owners: Sequence[Any]) -> list[Any]:
        """All that it leads to, each row once."""
        if self.field.many_to_one:
            self._bring_one(owners)
            each = (self.field.get_cached_value(owner) for owner in owners)
            found = [one for one in each if one is not None]
        else:
            self._bring_lists(owners)
            found = [one for owner in owners for one in owner._prefetched_objects_cache[self.name]]
        return list({id(one): one for one in found}.values())

    def _bring_one(self, owners: Sequence[Any]) -> None:
        asking = [owner for owner in owners if not self.field.is_cached(owner)]
        keys = dict.fromkeys(getattr(owner, self.field.attname) for owner in asking)
        found = {row.pk: row for row in self.ask([key for key in keys if key is not None])}
        for owner in asking:
            self.field.set_cached_value(owner, found.get(getattr(owner, self.field.attname)))

    def _bring_lists(self, owners: Sequence[Any]) -> None:
        for owner in owners:
            owner.__dict__.setdefault("_prefetched_objects_cache", {})
        asking = [owner for owner in owners if self.name not in owner._prefetched_objects_cache]
        back: Any = self.field.remote_field if self.field.one_to_many else None
        by_key: dict[Any, list[Any]] = {owner.pk: [] for owner in asking}
        for row in self.ask(list(by_key)):
            by_key[getattr(row, back.attname if back else OWNER)].append(row)
        for owner in asking:
            rows = by_key[owner.pk]
            owner._prefetched_objects_cache[self.name] = Brought(rows, owner, self.name, self.anew)
            for row in rows if back else ():
                if not back.is_cached(row):
                    back.set_cached_value(row, owner)


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
        for place, path in enumerate(paths):
            if here and type(here[0]._meta.get_field(names[place])) not in PLAIN:
                prefetch_related_objects(here, Prefetch(LOOKUP_SEP.join(names[place:]), named.queryset))
                break
            if path not in brought:
                last = named if path == paths[-1] else None
                brought[path] = _relation(type(here[0]), names[place], last).bring(here) if here else []
            here = brought[path]


def _relation(model: type[Model], name: str, named: Any) -> Relation:
    if named is None or named.queryset is None:
        return _whole(model, name)
    kept: dict[type[Model], Relation] | None = getattr(named, "relations", None)
    if kept is None:
        return _anew(model, name, named.queryset)
    if model not in kept:
        kept[model] = _written(model, name, named.queryset)
    return kept[model]


def _anew(model: type[Model], name: str, anew: QuerySet[Any]) -> Relation:
    field = model._meta.get_field(name)
    return Relation(name, field, anew, lambda keys: list(_rows(field, anew, keys)) if keys else [])


@cache
def _whole(model: type[Model], name: str) -> Relation:
    field: Any = model._meta.get_field(name)
    other = field.related_model
    return _written(model, name, (other._base_manager if field.many_to_one else other._default_manager).all())


def _written(model: type[Model], name: str, anew: Any) -> Relation:
    field: Any = model._meta.get_field(name)
    key = (field.related_model if field.many_to_one else model)._meta.pk
    question = Question(anew.model, partial(_rows, field, anew), keys=key)
    of_many = _anew(model, name, anew).ask

    def ask(keys: list[Any]) -> list[Any]:
        if len(keys) > MOST_KEYS:
            return of_many(keys)
        rows = question(keys=keys)
        bring(rows, anew._prefetch_related_lookups)
        return rows

    return Relation(name, field, anew, ask)


def _rows(field: Any, anew: QuerySet[Any], keys: list[Any]) -> QuerySet[Any]:
    if field.many_to_one:
        return anew.filter(pk__in=keys).order_by()
    back = field.remote_field.name
    rows = anew.filter(**{f"{back}__pk__in": keys})
    return rows if field.one_to_many else rows.annotate(**{OWNER: F(f"{back}__pk")})
