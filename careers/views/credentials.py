from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import directory, evidence, sitting
from careers.bringing import selected
from careers.changes import Change, sorted_out
from careers.costs import total_cost
from careers.factsheet import language
from careers.lifecycle import OPEN
from careers.models import (
    OF_A_PUBLIC_ROLE,
    Condition,
    Credential,
    ExamVersion,
    Recommendation,
    Skill,
    Source,
    Status,
)
from careers.prerequisites import ways
from careers.structured_data import ScriptData, educational_credential, page_data
from careers.succession import heirs
from careers.timeline import timeline

QUESTION = ("weeks", "by", "in")


@require_safe
def credential_detail(request: HttpRequest, slug: str) -> HttpResponse:
    on = timezone.localdate()
    credential = get_object_or_404(credentials_in_full(), slug=slug)
    entry = directory.entry(credential, on=on)
    checks = evidence.checks(credential, on=on)
    context = {
        "credential": credential,
        "entry": entry,
        "stands": sitting.stands(credential, on=on),
        "instead": heirs([credential], on=on).get(credential.pk, ()),
        "sheet": evidence.sheet(credential, on=on),
        "checks": checks,
        "freshness": evidence.freshness(checks, credential) if checks else None,
        "ways": ways(credential),
        "cost": None if entry.is_retired else total_cost(credential, on=on),
        **changes_of(credential, on=on),
        "timeline": timeline(credential, credential.events.all(), on=on),
        "sources": sources_of(credential),
        "recommendations": recommendations_of(credential),
        "structured_data": data_of(request, credential, entry),
        **asked_of(request, credential),
    }
    return TemplateResponse(request, "careers/credential_detail.html", context)


def asked_of(request: HttpRequest, credential: Credential) -> dict[str, Any]:
    """“Can I still sit it?”: what was asked, and the answer."""
    codes = sitting.languages_of(credential)
    reading = sitting.read(request.GET.dict(), codes, on=timezone.localdate())
    question = reading.question
    return {
        "languages": [(code, language(code)) for code in codes],
        "reading": reading,
        "reply": sitting.reply(credential, question) if question else None,
        "is_asked": any(name in request.GET for name in QUESTION),
    }


def recommendations_of(credential: Credential) -> QuerySet[Recommendation]:
    """What is recommended to more people comes first, then by the name of the role."""
    rows = Recommendation.objects.filter(OF_A_PUBLIC_ROLE, credential=credential)
    return rows.select_related("role", "for_skill").order_by(Lower("role__name"))


def sources_of(credential: Credential) -> list[Source]:
    """Every source of the credential and of its exams, each once."""
    of_exams = [source for version in credential.versions.all() for source in version.sources.all()]
    return list(dict.fromkeys([*credential.sources.all(), *of_exams]))


def data_of(request: HttpRequest, credential: Credential, entry: directory.Entry) -> ScriptData:
    absolute = request.build_absolute_uri
    open_exams = [exam.version for exam in entry.exams if exam.status in OPEN]
    thing = educational_credential(
        credential, skills=credential.skills.all(), versions=open_exams, absolute=absolute
    )
    trail = [("Certifications", reverse("careers:credential-list")), (credential.name, "")]
    return page_data(thing, trail=trail, absolute=absolute)


def changes_of(credential: Credential, *, on: date) -> dict[str, tuple[Change, ...]]:
    """What comes next, and what has no day yet; by itself, what should have come."""
    found = sorted_out(credential.events.all(), on=on)
    return {"changes": (*found.coming, *found.undated), "overdue": tuple(found.overdue)}


OF_A_PUBLIC_ONE = Q(credential__status=Status.PUBLISHED)
TO_SOMETHING_PUBLIC = (Q(target_credential=None) | Q(target_credential__status=Status.PUBLISHED)) & (
    Q(target_skill=None) | Q(target_skill__status=Status.PUBLISHED)
)
CONDITIONS = Condition.objects.select_related("target_credential", "target_skill", "source")
IN_FULL = (
    "versions__sources",
    "versions__validity_source",
    "versions__domains__source",
    "versions__field_checks__source",
    selected("versions__successor", ExamVersion.objects.filter(OF_A_PUBLIC_ONE)),
    "field_checks__source",
    "fees__source",
    "renewals__source",
    "events__version",
    "events__source",
    "sources",
    selected("conditions", CONDITIONS.filter(TO_SOMETHING_PUBLIC)),
    selected("conditions_on", CONDITIONS.filter(OF_A_PUBLIC_ONE).select_related("credential")),
    selected("skills", Skill.objects.public()),
    selected("replaced_by", Credential.objects.public()),
    selected("replaces", Credential.objects.public()),
)


def credentials_in_full() -> QuerySet[Credential]:
    return Credential.objects.public().with_exams().prefetch_related(*IN_FULL)
