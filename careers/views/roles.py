from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import directory, evidence, structured_data
from careers.comparison import RoleProfile, address
from careers.dates import partial_date_text
from careers.gaps import Move, moves
from careers.models import Dimension, Pathway, Precision, Role, joined
from careers.profiles import profile, profiles
from careers.sayings import SAYINGS
from careers.skill_picture import pictures
from careers.standing import badge, standing


@require_safe
def role_list(request: HttpRequest) -> HttpResponse:
    roles = Role.objects.public().prefetch_related("titles")
    absolute = request.build_absolute_uri
    rows = [(role.name, role.get_absolute_url()) for role in roles]
    data = structured_data.item_list("Roles", rows, absolute=absolute)
    page_data = structured_data.page_data(data, trail=[("Roles", "")], absolute=absolute)
    context = {"roles": roles, "structured_data": page_data}
    return TemplateResponse(request, "careers/role_list.html", context)


@require_safe
def role_detail(request: HttpRequest, slug: str) -> HttpResponse:
    on = timezone.localdate()
    parts = ("titles", "tasks", "sources", "codes__source", "field_checks__source")
    role = get_object_or_404(Role.objects.public().with_profile().prefetch_related(*parts), slug=slug)
    (tiers,) = directory.ladders([role], on=on)
    shown = profile(role, Dimension.objects.all())
    context = {
        "role": role,
        "profile": shown,
        "pictures": pictures(shown.skills),
        "tiers": tiers,
        "oldest": directory.oldest_check([advice.entry for tier in tiers for advice in tier.advice]),
        "is_unverified": any(not source.is_verified for source in role.sources.all()),
        "ways": ways_from(role, shown),
        "pathways": Pathway.objects.public().filter(role=role),
        "freshness": freshness(role, on=on),
        "structured_data": about(request, role, shown),
    }
    return TemplateResponse(request, "careers/role_detail.html", context)


@dataclass(frozen=True)
class Way:
    """A move, with the address under which both roles are compared."""

    move: Move
    comparison: str


def ways_from(role: Role, shown: RoleProfile) -> list[Way]:
    near = role.related.public().order_by("relations_from__order", "relations_from__pk")
    others = profiles(near.prefetch_related(joined("role_skills", "skill")), dimensions=[])
    return [Way(move, address([role.slug, move.slug])) for move in moves(shown, others)]


def freshness(role: Role, *, on: date) -> evidence.Freshness:
    state = badge(standing(role, field, on=on) for field in SAYINGS[Role])
    return evidence.told(state, f"on {partial_date_text(state.oldest, Precision.DAY)}")


def about(request: HttpRequest, role: Role, shown: RoleProfile) -> structured_data.ScriptData:
    absolute = request.build_absolute_uri
    data = structured_data.occupation(role, shown.skills, absolute=absolute)
    trail = [("Roles", reverse("careers:role-list")), (role.name, "")]
    return structured_data.page_data(data, trail=trail, absolute=absolute)
