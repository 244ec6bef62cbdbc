"""Pages of the catalogue. Every list starts from what is public."""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import directory, facets
from careers.blocks import SLUG
from careers.comparison import FEWEST, MOST, address, compare
from careers.factsheet import factsheet
from careers.models import (
    Credential,
    Dimension,
    Provider,
    Recommendation,
    Role,
    RoleSkill,
    RoleTechnology,
    Skill,
    Source,
    Status,
    Technology,
)
from careers.profiles import profile, profiles

ROLE_IS_PUBLIC = Q(role__status=Status.PUBLISHED)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    entries = directory.entries(Credential.objects.public().with_exams(), on=timezone.localdate())
    context = {
        "roles": Role.objects.public(),
        "skills": Skill.objects.public(),
        "providers": providers_with_open(entries),
        "open_count": sum(not entry.is_retired for entry in entries),
    }
    return TemplateResponse(request, "careers/home.html", context)


def providers_with_open(entries: list[directory.Entry]) -> list[tuple[Provider, int]]:
    counts: dict[str, int] = {}
    for entry in entries:
        if not entry.is_retired:
            counts[entry.provider_slug] = counts.get(entry.provider_slug, 0) + 1
    return [(provider, counts.get(provider.slug, 0)) for provider in Provider.objects.public()]


# --- Roles ------------------------------------------------------------------


@require_safe
def role_list(request: HttpRequest) -> HttpResponse:
    roles = Role.objects.public().prefetch_related("titles")
    return TemplateResponse(request, "careers/role_list.html", {"roles": roles})


@require_safe
def role_detail(request: HttpRequest, slug: str) -> HttpResponse:
    roles = Role.objects.public().with_profile().prefetch_related("titles", "tasks", "sources")
    role = get_object_or_404(roles, slug=slug)
    tiers = directory.tiers(role.recommendations.all(), on=timezone.localdate())
    entries = [advice.entry for tier in tiers for advice in tier.advice]
    related = role.related.public().order_by("relations_from__order", "relations_from__pk")
    context = {
        "role": role,
        "profile": profile(role, Dimension.objects.all()),
        "tiers": tiers,
        "oldest": directory.oldest_check(entries),
        "is_unverified": any(not source.is_verified for source in role.sources.all()),
        "related": [(other, address([role.slug, other.slug])) for other in related],
    }
    return TemplateResponse(request, "careers/role_detail.html", context)


# --- Comparing --------------------------------------------------------------


@require_safe
def compare_picker(request: HttpRequest) -> HttpResponse:
    roles = Role.objects.public()
    asked = dict.fromkeys(slug for slug in request.GET.getlist("role") if slug)
    chosen = [role.slug for role in roles if role.slug in asked]
    problem = picking_problem(asked=len(asked), found=len(chosen))
    if asked and not problem:
        return redirect("careers:comparison", roles=address(chosen))
    context = {"roles": roles, "chosen": chosen, "problem": problem if request.GET.getlist("role") else ""}
    return TemplateResponse(request, "careers/compare.html", context)


def picking_problem(*, asked: int, found: int) -> str:
    if found < asked:
        return "One of the roles asked for is not in the catalogue. Choose from the list."
    if found < FEWEST:
        return "Choose at least two different roles."
    if found > MOST:
        return f"Choose at most four roles; {found} are chosen."
    return ""


@require_safe
def comparison(request: HttpRequest, roles: str) -> HttpResponse:
    slugs = roles.split("-vs-")
    if not FEWEST <= len(slugs) <= MOST or not all(SLUG.fullmatch(slug) for slug in slugs):
        raise Http404("A comparison's address names two to four roles.")
    found = {role.slug: role for role in Role.objects.public().filter(slug__in=slugs).with_profile()}
    if len(found) < len(slugs):
        raise Http404("One of the roles is not in the catalogue, or is named twice.")
    if roles != address(slugs):
        return redirect("careers:comparison", roles=address(slugs), permanent=True)
    ordered = [found[slug] for slug in slugs]
    columns = [directory.tiers(role.recommendations.all(), on=timezone.localdate()) for role in ordered]
    context = {
        "comparison": compare(profiles(ordered, list(Dimension.objects.all()))),
        "ladder": directory.ladder(columns),
        "names": [role.name for role in ordered],
    }
    return TemplateResponse(request, "careers/comparison.html", context)


# --- Skills and technologies ------------------------------------------------

KIND_HEADINGS: dict[str, str] = {
    Skill.Kind.KNOWLEDGE: "Knowledge",
    Skill.Kind.SKILL: "Practical skills",
    Skill.Kind.SOFTWARE: "Software and languages",
}


@require_safe
def skill_list(request: HttpRequest) -> HttpResponse:
    in_roles = Count("role_skills", filter=Q(role_skills__role__status=Status.PUBLISHED))
    skills = Skill.objects.public().annotate(role_count=in_roles).order_by("kind", Lower("name"))
    groups = [(KIND_HEADINGS[skills[0].kind], skills) for skills in by_kind(skills)]
    return TemplateResponse(request, "careers/skill_list.html", {"groups": groups})


def by_kind(skills: Iterable[Skill]) -> list[list[Skill]]:
    return [list(group) for _, group in groupby(skills, key=lambda skill: skill.kind)]


@require_safe
def skill_detail(request: HttpRequest, slug: str) -> HttpResponse:
    skill = get_object_or_404(Skill.objects.public(), slug=slug)
    needs = RoleSkill.objects.filter(ROLE_IS_PUBLIC, skill=skill).select_related("role")
    credentials = Credential.objects.public().filter(skills=skill).with_exams()
    context = {
        "skill": skill,
        "needs": needs.order_by("-importance", "-level", Lower("role__name")),
        "tiers": directory.levels(credentials, on=timezone.localdate()),
    }
    return TemplateResponse(request, "careers/skill_detail.html", context)


@require_safe
def technology_detail(request: HttpRequest, slug: str) -> HttpResponse:
    technology = get_object_or_404(Technology.objects.public(), slug=slug)
    uses = RoleTechnology.objects.filter(ROLE_IS_PUBLIC, technology=technology).select_related("role")
    context = {"technology": technology, "uses": uses.order_by("use", Lower("role__name"))}
    return TemplateResponse(request, "careers/technology_detail.html", context)


# --- Certifications ---------------------------------------------------------


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
    recommendations = Recommendation.objects.filter(ROLE_IS_PUBLIC, credential=credential)
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


@require_safe
def provider_detail(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_object_or_404(Provider.objects.public(), slug=slug)
    credentials = list(Credential.objects.public().filter(provider=provider).with_exams())
    entries = directory.entries(credentials, on=timezone.localdate())
    context = {
        "provider": provider,
        "tiers": directory.levels(credentials, on=timezone.localdate()),
        "retired": [entry for entry in entries if entry.is_retired],
        "oldest": directory.oldest_check(entries),
    }
    return TemplateResponse(request, "careers/provider_detail.html", context)
