from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import directory
from careers.comparison import address
from careers.models import Dimension, Role
from careers.profiles import profile


@require_safe
def role_list(request: HttpRequest) -> HttpResponse:
    roles = Role.objects.public().prefetch_related("titles")
    return TemplateResponse(request, "careers/role_list.html", {"roles": roles})


@require_safe
def role_detail(request: HttpRequest, slug: str) -> HttpResponse:
    roles = Role.objects.public().with_profile().prefetch_related("titles", "tasks", "sources")
    role = get_object_or_404(roles, slug=slug)
    (tiers,) = directory.ladders([role], on=timezone.localdate())
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
