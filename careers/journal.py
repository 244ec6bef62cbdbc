"""What changed in a fact: the fact with all its rows as it was before, compared with what it is after."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import ForeignKey, Model, Prefetch, QuerySet
from django.utils.formats import date_format

from careers.models import (
    Credential,
    ExamVersion,
    FieldChange,
    LifecycleEvent,
    Pathway,
    PreferenceStatement,
    Recommendation,
    Role,
    RoleSkill,
)

Parts = Mapping[str, Any]

# The rows that belong to a fact, and the rows that belong to those.
PARTS: dict[type[Model], Parts] = {
    Credential: {
        "versions": {"deliveries": {}, "fees": {}, "domains": {}},
        "fees": {},
        "conditions": {},
        "renewals": {},
        "events": {},
        "recommendations": {},
    },
    Role: {
        "titles": {},
        "tasks": {},
        "codes": {},
        "role_skills": {},
        "role_technologies": {},
        "dimension_values": {},
        "recommendations": {},
        "relations": {},
    },
    PreferenceStatement: {"weights": {}},
    Pathway: {"choices": {}, "steps": {}, "edges": {}},
}
LONGEST_NAME = 200


@dataclass(frozen=True)
class Seen:
    """A row as it was read: how it is called, and what its fields said."""

    name: str
    kind: str
    values: Mapping[str, str]


# The fact itself comes first; a row is known by its model and its key.
Snapshot = dict[tuple[str, int], Seen]


def root_of(row: Model) -> Model:
    """The fact whose history a row belongs to: an exam is a part of its certification."""
    if isinstance(row, Recommendation | RoleSkill):
        return row.role
    return row.credential if isinstance(row, ExamVersion | LifecycleEvent) else row


def label_of(fact: Model) -> str:
    return fact._meta.label


# --- Reading ----------------------------------------------------------------


def snapshot(fact: Model) -> Snapshot:
    """As the database has it now, in a number of queries that does not grow with the rows."""
    parts = PARTS.get(type(fact), {})
    rows = linked(type(fact)).prefetch_related(*prefetches(type(fact), parts))
    found = rows.filter(pk=fact.pk).first()
    return {} if found is None else dict(seen_rows(found, parts, name=""))


def linked(model: type[Model]) -> QuerySet[Any]:
    keys = [field.name for field in model._meta.fields if isinstance(field, ForeignKey) and field.editable]
    lists = [field.name for field in lists_of(model)]
    return model._default_manager.select_related(*keys).prefetch_related(*lists)


def lists_of(model: type[Model]) -> list[Any]:
    """The plain many-to-many fields; those with rows of their own are parts."""
    return [field for field in model._meta.many_to_many if is_automatic(field)]


def is_automatic(field: Any) -> bool:
    return bool(field.remote_field.through._meta.auto_created)


def prefetches(model: type[Model], parts: Parts) -> Iterator[Any]:
    for name, below in parts.items():
        related: Any = model._meta.get_field(name)
        rows = linked(related.related_model).prefetch_related(*prefetches(related.related_model, below))
        yield Prefetch(name, rows)


def seen_rows(
    row: Any, parts: Parts, *, name: str, within: str = ""
) -> Iterator[tuple[tuple[str, int], Seen]]:
    meta = type(row)._meta
    yield (meta.label, row.pk), Seen(name, str(meta.verbose_name), values_of(row, within=within))
    for part, below in parts.items():
        owner: Any = meta.get_field(part)
        for inner in getattr(row, part).all():
            words = f"{name}: {inner}" if name else str(inner)
            yield from seen_rows(inner, below, name=words[:LONGEST_NAME], within=owner.field.name)


def values_of(row: Any, *, within: str = "") -> dict[str, str]:
    """Every field in words, but not the fact that the row is within."""
    plain = [f for f in row._meta.fields if f.editable and not f.primary_key and f.name != within]
    values = {str(field.verbose_name): worded(row, field) for field in plain}
    for field in lists_of(type(row)):
        values[str(field.verbose_name)] = ", ".join(sorted(map(str, getattr(row, field.name).all())))
    return values


def worded(row: Any, field: "models.Field[Any, Any]") -> str:
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")() or "")
    return in_words(getattr(row, field.name))


def in_words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return date_format(value, "j F Y") if isinstance(value, date) else str(value)


# --- Comparing: plain values ------------------------------------------------


@dataclass(frozen=True)
class Difference:
    part: str
    field: str
    before: str
    after: str


def differences(before: Snapshot, after: Snapshot) -> list[Difference]:
    """Real changes only, rows that went first, then what changed or came."""
    gone = [
        Difference(seen.name, seen.kind, summary(seen) or "there", "")
        for key, seen in before.items()
        if key not in after
    ]
    return gone + [line for key, seen in after.items() for line in changed(before.get(key), seen)]


def changed(before: Seen | None, after: Seen) -> list[Difference]:
    if before is None:
        return [Difference(after.name, after.kind, "", summary(after) or "added")]
    return [
        Difference(after.name, field, before.values.get(field, ""), value)
        for field, value in after.values.items()
        if before.values.get(field, "") != value
    ]


def summary(seen: Seen) -> str:
    return "; ".join(f"{field}: {value}" for field, value in seen.values.items() if value)


# --- Writing ----------------------------------------------------------------


def record(
    fact: Model, before: Snapshot, after: Snapshot, *, by: Any, at: datetime, note: str = ""
) -> list[FieldChange]:
    """A line for each field that is not what it was."""
    rows = [
        FieldChange(
            fact_model=label_of(fact),
            fact_id=fact.pk,
            fact_name=str(fact)[:LONGEST_NAME],
            changed_at=at,
            changed_by=by,
            note=note[:300],
            **vars(difference),
        )
        for difference in differences(before, after)
    ]
    return FieldChange.objects.bulk_create(rows)


@contextmanager
def recorded(fact: Model, *, by: Any, at: datetime, note: str = "") -> Iterator[None]:
    """What is done to the fact and its rows inside is written down, or not done at all."""
    with transaction.atomic():
        before = snapshot(fact)
        yield
        record(fact, before, snapshot(fact), by=by, at=at, note=note)


def history_of(fact: Model) -> QuerySet[FieldChange]:
    return FieldChange.objects.filter(fact_model=label_of(fact), fact_id=fact.pk).select_related("changed_by")
