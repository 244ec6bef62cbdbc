from itertools import groupby

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import directory, facets
from careers.factsheet import factsheet
from careers.models import OF_A_PUBLIC_ROLE, Credential, Recommendation, Skill, Source


@require_safe
def credential_list(request: HttpRequest) -> HttpResponse:
    entries = directory.entries(Credential.objects.public().with_exams(), on=timezone.localdate())
    entries.sort(key=lambda entry: entry.provider.casefold())
    narrowed = facets.narrow(entries, request.GET)
    groups = groupby(narrowed.entries, key=lambda entry: (entry.provider, entry.provider_slug))
    context = {
        "narrowed": narrowed,
        "groups": [(name, slug, list(entries)) for (name, slug), entries in groups],
        "oldest": directory.oldest_check(narrowed.entries),
    }
    return TemplateResponse(request, "careers/credential_list.html", context)


@require_safe
def credential_detail(request: HttpRequest, slug: str) -> HttpResponse:
    on = timezone.localdate()
    credential = get_object_or_404(credentials_in_full(), slug=slug)
    recommendations = Recommendation.objects.filter(OF_A_PUBLIC_ROLE, credential=credential)
    context = {
        "credential": credential,
        "entry": directory.entry(credential, on=on),
        "sheet": factsheet(credential, on=on),
        "sources": sources_of(credential),
        "recommendations": recommendations.select_related("role").order_by(Lower("role__name")),
    }
    return TemplateResponse(request, "careers/credential_detail.html", context)


def sources_of(credential: Credential) -> list[Source]:
    """Every source of the credential and of its exams, each once."""
    of_exams = [source for version in credential.versions.all() for source in version.sources.all()]
    return list(dict.fromkeys([*credential.sources.all(), *of_exams]))


def credentials_in_full() -> QuerySet[Credential]:
    public: QuerySet[Credential] = Credential.objects.public()
    return (
        Credential.objects.public()
        .with_exams()
        .prefetch_related(
            "versions__sources",
            "versions__successor",
            "versions__validity_source",
            "renewals__source",
            "sources",
            Prefetch("skills", Skill.objects.public()),
            Prefetch("replaced_by", public),
            Prefetch("replaces", public),
        )
    )
