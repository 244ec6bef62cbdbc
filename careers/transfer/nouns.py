"""What the catalogue is made of: nouns, the rows within them, and the keys they go by in files.

An entry is what a file says of one row: plain values, other rows by their keys, rows within it in lists.
A field that is not there is empty: not known, none, or as the model has it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db import models

from careers.models import (
    Comparison,
    Credential,
    Dimension,
    ExamVersion,
    Fact,
    FieldCheck,
    LifecycleEvent,
    Pathway,
    PathwayChoice,
    PathwayStep,
    PreferenceStatement,
    Provider,
    Role,
    Skill,
    Source,
    Technology,
)

Data = dict[str, Any]
Model = type[models.Model]
AnyField = Any

# Of this database and its accounts, not of the catalogue.
LEFT_OUT = {"created_at", "updated_at", "checked_by"}
# Worked out from others whenever a row is saved.
DERIVED = {(ExamVersion, "provider"), (Comparison, "key")}
FORMER = "former_slugs"
# Steps of a pathway name each other within it only.
LOCAL: tuple[Model, ...] = (PathwayChoice, PathwayStep)


@dataclass(frozen=True)
class Part:
    """Rows within a row. ``names`` tell those of one owner apart; where nothing does, their place does."""

    name: str
    names: tuple[str, ...] = ()
    sort: str = ""  # the field that orders them; else they keep the order they were made in
    key: str = ""  # by which other rows point at them
    is_kept: bool = False  # what the file does not name stays: more than the owner hangs on it
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True)
class Noun:
    """One kind of entry, and the file it is told in."""

    name: str
    model: Model
    key: str = "slug"
    parts: tuple[Part, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.name}.json"

    @cached_property
    def is_fact(self) -> bool:
        return issubclass(self.model, Fact)

    def key_of(self, data: Data) -> str:
        if self.model is Comparison:
            return "-vs-".join(sorted(map(str, data.get("roles", []))))
        return str(data.get(self.key, "")) if self.key else ""


FEES = Part("fees", ("kind", "currency", "region"))
NOUNS = (
    Noun("sources", Source, "key"),
    Noun("providers", Provider),
    Noun("skills", Skill),
    Noun("technologies", Technology),
    Noun("dimensions", Dimension, "key"),
    Noun(
        "roles",
        Role,
        parts=(
            Part("titles", ("title",), sort="title"),
            Part("tasks", ("text",), sort="order"),
            Part("codes", ("framework", "code"), sort="code"),
            Part("role_skills", ("skill",), sort="skill"),
            Part("role_technologies", ("technology",), sort="order"),
            Part("dimension_values", ("dimension",), sort="dimension"),
            Part("relations", ("to_role",), sort="order"),
            Part("recommendations", ("credential",), sort="order"),
        ),
    ),
    Noun(
        "credentials",
        Credential,
        parts=(
            Part(
                "versions",
                ("key",),
                key="key",
                is_kept=True,
                parts=(Part("deliveries"), FEES, Part("domains", ("name",), sort="order")),
            ),
            FEES,
            Part("renewals"),
            Part("conditions", ("relation", "group", "target_credential", "target_skill", "text")),
        ),
    ),
    Noun("statements", PreferenceStatement, parts=(Part("weights", ("role",)),)),
    Noun("comparisons", Comparison, "key"),
    Noun(
        "pathways",
        Pathway,
        parts=(
            Part("choices", ("key",), key="key"),
            Part("steps", ("key",), sort="order", key="key"),
            Part("edges", ("from_step", "to_step")),
        ),
    ),
    Noun("events", LifecycleEvent, "key"),
    Noun("checks", FieldCheck, ""),
)
BY_NAME = {noun.name: noun for noun in NOUNS}


@dataclass(frozen=True)
class Entry:
    """What is to be of one row: new where there is no ``row`` yet. ``place`` is where the file says it."""

    noun: Noun
    data: Data
    place: str
    row: Any = None


# --- Their fields -----------------------------------------------------------


def key_field(model: Model) -> str:
    """The field that other rows name it by."""
    return "slug" if issubclass(model, (Fact, PreferenceStatement)) else "key"


def related(model: Model, part: Part) -> tuple[Model, str]:
    """The model of a part, and its field that names the owner."""
    relation: Any = model._meta.get_field(part.name)
    return relation.related_model, relation.field.name


@cache
def columns(model: Any, owner: str = "") -> tuple[AnyField, ...]:
    """The fields that an entry tells."""
    return tuple(
        field
        for field in model._meta.concrete_fields
        if not field.primary_key
        and field.name not in LEFT_OUT
        and field.name != owner
        and (model, field.name) not in DERIVED
    )


@cache
def lists(model: Any) -> tuple[AnyField, ...]:
    """The plain many-to-many fields; those with rows of their own are parts."""
    return tuple(f for f in model._meta.many_to_many if f.remote_field.through._meta.auto_created)


def is_link(field: AnyField) -> bool:
    return isinstance(field, models.ForeignKey)


def points_at_its_own(field: AnyField) -> bool:
    """Such a row can be named only once all of its kind are there."""
    return is_link(field) and field.related_model is field.model


def allowed(model: Model, parts: Iterable[Part], owner: str = "") -> set[str]:
    named = {field.name for field in (*columns(model, owner), *lists(model))} | {part.name for part in parts}
    return named | ({FORMER} if issubclass(model, Fact) else set())


# --- One form for one content -----------------------------------------------


def in_order(model: Model, parts: Iterable[Part], data: Data) -> Data:
    """The same entry with its lists in the order in which they are always written."""
    tidy = dict(data)
    for field in lists(model):
        if field.name in tidy:
            tidy[field.name] = sorted(set(tidy[field.name]))
    if FORMER in tidy:
        tidy[FORMER] = sorted(set(tidy[FORMER]))
    for part in parts:
        if part.name in tidy:
            inner, _ = related(model, part)
            rows = [in_order(inner, part.parts, row) for row in tidy[part.name]]
            tidy[part.name] = sorted(rows, key=sort_key(inner, part)) if part.sort else rows
    return tidy


def sort_key(model: Model, part: Part) -> Callable[[Data], Any]:
    field: Any = model._meta.get_field(part.sort)
    if part.sort == "order":
        return lambda row: row.get("order", field.get_default())
    return lambda row: tuple(str(row.get(name, "")) for name in (*part.names, part.sort))


def nested(model: Model, parts: Iterable[Part]) -> Iterator[tuple[Model, Part, Model, str]]:
    """Every part at any depth: the owner's model, the part, its model, its field that names the owner."""
    for part in parts:
        inner, owner = related(model, part)
        yield model, part, inner, owner
        yield from nested(inner, part.parts)
