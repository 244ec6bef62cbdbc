"""The catalogue as it is now, as entries: a query for each kind of row, however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from careers.models import Comparison, SlugAlias

from .nouns import (
    BY_NAME,
    FORMER,
    NOUNS,
    AnyField,
    Data,
    Model,
    Noun,
    Part,
    columns,
    in_order,
    is_link,
    key_field,
    lists,
    nested,
    related,
)
from .values import is_empty, plain

Keys = dict[Model, dict[int, str]]


class Catalogue:
    """Everything, read once."""

    def __init__(self) -> None:
        self.rows: dict[Model, list[Any]] = {}
        self.within: dict[Model, dict[tuple[str, int], list[Any]]] = {}
        self.keys: Keys = {}
        self.joined: dict[AnyField, dict[int, list[str]]] = {}
        self.former: dict[tuple[int, int], list[str]] = defaultdict(list)
        self.read()

    def read(self) -> None:
        for noun in NOUNS:
            self.read_rows(noun.model)
            for _, _, model, owner in nested(noun.model, noun.parts):
                self.read_rows(model)
                self.group(model, owner)
        for model in self.rows:
            for field in lists(model):
                self.joined[field] = self.read_list(field)
        for alias in SlugAlias.objects.order_by("slug"):
            self.former[alias.content_type_id, alias.object_id].append(alias.slug)

    def read_rows(self, model: Model) -> None:
        if model in self.rows:
            return
        self.rows[model] = list(model._base_manager.order_by("pk"))
        if model is not Comparison and any(field.name == key_field(model) for field in model._meta.fields):
            self.keys[model] = {row.pk: getattr(row, key_field(model)) for row in self.rows[model]}

    def group(self, model: Model, owner: str) -> None:
        groups = self.within.setdefault(model, defaultdict(list))
        for row in self.rows[model]:
            groups[owner, getattr(row, f"{owner}_id")].append(row)

    def read_list(self, field: AnyField) -> dict[int, list[str]]:
        pairs = field.remote_field.through._base_manager.values_list(
            field.m2m_column_name(), field.m2m_reverse_name()
        )
        found: dict[int, list[str]] = defaultdict(list)
        for row, target in pairs:
            found[row].append(self.keys[field.related_model][target])
        return found

    # --- As entries ---------------------------------------------------------

    def entries(self, noun: Noun) -> list[tuple[Any, Data]]:
        """Each row and its entry, in the order in which files list them."""
        found = [(row, self.entry(row, noun.parts)) for row in self.rows[noun.model]]
        return sorted(found, key=lambda pair: noun.key_of(pair[1])) if noun.key else found

    def entry(self, row: Any, parts: Iterable[Part], owner: str = "") -> Data:
        model: Any = type(row)
        data = {field.name: self.value(row, field) for field in self.telling(row, owner)}
        data |= {
            field.name: self.joined[field][row.pk] for field in lists(model) if row.pk in self.joined[field]
        }
        data |= dict(self.former_slugs(row)) | dict(self.parts(row, parts))
        return in_order(model, parts, data)

    def telling(self, row: Any, owner: str) -> Iterator[AnyField]:
        model: Any = type(row)
        for field in columns(model, owner):
            if not is_empty(field, getattr(row, field.attname)):
                yield field

    def value(self, row: Any, field: AnyField) -> Any:
        value = getattr(row, field.attname)
        return self.keys[field.related_model][value] if is_link(field) else plain(value)

    def parts(self, row: models.Model, parts: Iterable[Part]) -> Iterator[tuple[str, list[Data]]]:
        for part in parts:
            model, owner = related(type(row), part)
            rows = self.within[model].get((owner, row.pk), [])
            if rows:
                yield part.name, [self.entry(inner, part.parts, owner) for inner in rows]

    def former_slugs(self, row: Any) -> Iterator[tuple[str, list[str]]]:
        if hasattr(row, "slug_aliases"):
            slugs = self.former.get((ContentType.objects.get_for_model(row).pk, row.pk))
            if slugs:
                yield FORMER, slugs


def known_keys(noun: Noun) -> set[str]:
    """By which names the catalogue knows its entries, or knew them."""
    if noun.model is Comparison:
        found = Comparison.objects.prefetch_related("roles__slug_aliases")
        return {key for row in found for key in names_of(row)}
    keys = set(noun.model._default_manager.values_list(noun.key, flat=True))
    if noun.is_fact:
        kind = ContentType.objects.get_for_model(noun.model)
        keys |= set(SlugAlias.objects.filter(content_type=kind).values_list("slug", flat=True))
    return keys


def names_of(comparison: Comparison) -> Iterator[str]:
    """One for each way of naming its roles by the slugs they have or had."""
    roles = comparison.roles.all()
    for slugs in product(*([role.slug, *(old.slug for old in role.slug_aliases.all())] for role in roles)):
        yield BY_NAME["comparisons"].key_of({"roles": slugs})
