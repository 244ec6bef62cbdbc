from collections.abc import Iterable
from itertools import groupby

from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from careers.models import OF_A_PUBLIC_ROLE, RoleTechnology, Technology
from careers.structured_data import ScriptData, described_term, item_list, page_data

Use = RoleTechnology.Use
HEADINGS: dict[str, str] = {
    Use.CORE: "At the core of the work",
    Use.COMMON: "Commonly used",
    Use.SITUATIONAL: "Used now and then",
}
SHOWN_BESIDE = 12


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
        "uses": by_use(uses),
        "roles": [use.role for use in uses],
        "beside": beside(technology, uses),
        "structured_data": data_of(request, technology, uses),
    }
    return TemplateResponse(request, "careers/technology_detail.html", context)


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
        trail=[(name, "")],
        absolute=absolute,
    )
