"""Everything of a fact that can be checked: what is said, and who read it last."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from careers.models import Credential, FieldCheck, Role, Source
from careers.sayings import SAYINGS, Field, value_now
from careers.upkeep import KINDS, Subject, kind_of, last_source

CHECKS = ("field_checks__source", "field_checks__checked_by", "sources")
EXAM = ("credential", "successor", "deliveries", "fees__source", "domains", *CHECKS)
LISTS: dict[str, tuple[str, ...]] = {
    "version": EXAM,
    "credential": (
        "skills",
        "replaced_by",
        "fees__source",
        "renewals",
        "conditions__target_credential",
        "conditions__target_skill",
        *CHECKS,
        *(f"versions__{name}" for name in EXAM),
    ),
    "role": ("role_skills__skill", "role_technologies__technology", "tasks", "titles", "codes", *CHECKS),
}

# Where in its form a fact is changed: a field, or the rows of a part.
PLACES = {
    Field.PRICE: "fees-group",
    Field.LANGUAGES: "deliveries-group",
    Field.MINUTES: "deliveries-group",
    Field.ITEMS: "deliveries-group",
    Field.PASS_MARK: "deliveries-group",
    Field.DOMAINS: "domains-group",
    Field.VALIDITY: "id_validity_months",
    Field.LAST_EXAM: "id_last_exam_on",
    Field.PREREQUISITES: "conditions-group",
    Field.RENEWAL: "renewals-group",
    Field.TASKS: "tasks-group",
    Field.TITLES: "titles-group",
    Field.CODES: "codes-group",
    Field.TECHNOLOGIES: "role_technologies-group",
}


@dataclass(frozen=True)
class Line:
    """One thing to check, of the fact itself or of one of its exams."""

    kind: str
    pk: int
    of: str
    field: str
    label: str
    value: str
    last: FieldCheck | None
    source: Source | None
    place: str


def subjects(kind: str) -> QuerySet[Subject]:
    """Facts of one kind with all that a checklist reads, in a fixed number of queries."""
    return KINDS[kind]._default_manager.prefetch_related(*LISTS[kind])


def checklist(fact: Subject) -> list[Line]:
    """What is known first; what is not known cannot be confirmed, and comes last."""
    found = list(lines_of(fact))
    if isinstance(fact, Credential):
        found += [line for version in fact.versions.all() for line in lines_of(version)]
    return sorted(found, key=lambda line: not line.value)


def lines_of(subject: Subject) -> Iterator[Line]:
    for field in SAYINGS[type(subject)]:
        yield line_of(subject, field)


def line_of(subject: Subject, field: str) -> Line:
    checks = [found for found in subject.field_checks.all() if found.field == field]
    return Line(
        kind=kind_of(subject),
        pk=subject.pk,
        of=str(subject),
        field=field,
        label=str(Field(field).label),
        value=value_now(subject, field),
        last=max(checks, key=lambda found: (found.checked_on, found.pk), default=None),
        source=last_source(subject, field),
        place=place_of(subject, field),
    )


def place_of(subject: Subject, field: str) -> str:
    if field == Field.SUCCESSOR and isinstance(subject, Credential):
        return "id_replaced_by"
    if field == Field.SKILLS and isinstance(subject, Role):
        return "role_skills-group"
    return PLACES.get(Field(field), f"id_{field}")
