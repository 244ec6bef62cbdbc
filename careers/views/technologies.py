from collections.abc import Iterable
from itertools import groupby

from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst, get_text_list
from django.views.decorators.http import require_safe

from careers.models import OF_A_PUBLIC_ROLE, RoleTechnology, Skill, Status, Technology
from careers.structured_data import ScriptData, described_term, item_list, page_data

Use = RoleTechnology.Use
HEADINGS: dict[str, str] = {
    Use.CORE: "At the core of the work",
    Use.COMMON: "Commonly used",
    Use.SITUATIONAL: "Used now and then",
}
KIND_HEADINGS: dict[str, str] = {
    Technology.Kind.TECHNOLOGY: "Technologies and techniques",
    Technology.Kind.TOOL: "Tools",
}
SHOWN_BESIDE = 12
NAMED = 3  # roles in a description


@require_safe
def technology_list(request: HttpRequest) -> HttpResponse:
    of_public = Q(role_technologies__role__status=Status.PUBLISHED)
    technologies = (
        Technology.objects.public()
        .annotate(role_count=Count("role_technologies", filter=of_public, distinct=True))
        .order_by("kind", Lower("name"))
    )
    by_kind = groupby(technologies, key=lambda technology: technology.kind)
    groups = [(kind, KIND_HEADINGS[kind], list(rows)) for kind, rows in by_kind]
    context = {"groups": groups, "structured_data": list_data(request, technologies)}
    return TemplateResponse(request, "careers/technology_list.html", context)


def list_data(request: HttpRequest, technologies: Iterable[Technology]) -> ScriptData:
    absolute, label = request.build_absolute_uri, "Technologies"
    rows = [(capfirst(row.name), row.get_absolute_url()) for row in technologies]
    return page_data(item_list(label, rows, absolute=absolute), trail=[(label, "")], absolute=absolute)


@require_safe
def technology_detail(request: HttpRequest, slug: str) -> HttpResponse:
    technology = get_object_or_404(Technology.objects.public(), slug=slug)
    uses = list(
        RoleTechnology.objects.filter(OF_A_PUBLIC_ROLE, technology=technology)
        .select_related("role")
        .order_by(Lower("role__name"))
    )
    context = {
        "technology": technology,
        "description": technology.summary or described(technology, uses),
        "twin": Skill.objects.public().filter(name__iexact=technology.name).first(),
        "uses": by_use(uses),
        "roles": [use.role for use in uses],
        "beside": beside(technology, uses),
        "structured_data": data_of(request, technology, uses),
    }
    return TemplateResponse(request, "careers/technology_detail.html", context)


def described(technology: Technology, uses: list[RoleTechnology]) -> str:
    """From what is known of it, those roles first that use it most."""
    roles = [row.role.name for _, _, rows in by_use(uses) for row in rows]
    kind = f"{technology.get_kind_display().lower()}{technology.vendor and f' by {technology.vendor}'}"
    about = f"{capfirst(technology.name)}, a {kind}"
    if not roles:
        return f"{about}. No role in the catalogue names it yet."
    named, more = roles[:NAMED], len(roles) - NAMED
    if more > 0:
        named.append(f"{more} more role{'s' if more > 1 else ''}")
    return f"Who works with {about}: {get_text_list(named, 'and')}. And what they use beside it."


def by_use(uses: Iterable[RoleTechnology]) -> list[tuple[str, str, list[RoleTechnology]]]:
    order = list(HEADINGS)
    ordered = sorted(uses, key=lambda row: order.index(row.use))
    return [(use, HEADINGS[use], list(rows)) for use, rows in groupby(ordered, key=lambda row: row.use)]


def beside(technology: Technology, uses: list[RoleTechnology]) -> Iterable[Technology]:
    """What the same roles work with."""
    roles = [row.role_id for row in uses]
    others = Technology.objects.public().filter(role_technologies__role__in=roles)
    return others.exclude(pk=technology.pk).distinct()[:SHOWN_BESIDE]


def data_of(request: HttpRequest, technology: Technology, uses: Iterable[RoleTechnology]) -> ScriptData:
    absolute, name = request.build_absolute_uri, capfirst(technology.name)
    roles = [row.role for _, _, rows in by_use(uses) for row in rows]
    rows = [(role.name, role.get_absolute_url()) for role in roles]
    return page_data(
        described_term(technology, name=name, absolute=absolute),
        item_list("Roles that work with it", rows, absolute=absolute),
        trail=[("Technologies", reverse("careers:technology-list")), (name, "")],
        absolute=absolute,
    )
