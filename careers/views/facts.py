"""How facts come into the catalogue, where they were read, and how it stands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from careers.models import Credential, FieldCheck, Provider, Role, Skill, Source, Status, Technology
from careers.sayings import Field
from careers.standing import LIMITS

NOUNS: list[tuple[Any, str, str]] = [
    (Role, "role", "roles"),
    (Skill, "skill", "skills"),
    (Technology, "technology", "technologies"),
    (Credential, "certification", "certifications"),
    (Provider, "provider", "providers"),
]
OF_SOMETHING_PUBLIC = (
    Q(role__status=Status.PUBLISHED)
    | Q(credential__status=Status.PUBLISHED)
    | Q(version__credential__status=Status.PUBLISHED)
)


@dataclass(frozen=True)
class Reading:
    """What was read at one source of what readers can see, and when last."""

    source: Source
    number: int
    last_on: date


@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    rows = readings()
    context = {
        "counts": [(model.objects.public().count(), one, many) for model, one, many in NOUNS],
        "readings": rows,
        "number": sum(row.number for row in rows),
        "last_on": max((row.last_on for row in rows), default=None),
        "status_days": LIMITS[Field.STATUS],
        "price_days": LIMITS[Field.PRICE],
    }
    return TemplateResponse(request, "careers/facts.html", context)


def readings() -> list[Reading]:
    """The sources read most come first, in two queries."""
    checks = FieldCheck.objects.filter(OF_SOMETHING_PUBLIC).order_by().values_list("source")
    found = list(checks.annotate(Count("pk"), Max("checked_on")))
    sources = Source.objects.in_bulk([key for key, _, _ in found])
    rows = [Reading(sources[key], number, last_on) for key, number, last_on in found]
    return sorted(rows, key=lambda row: (-row.number, row.source.title))
