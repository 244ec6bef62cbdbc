"""What stands in frames of other sites: one block, when it was checked, and the way to the whole page.

No other pages may be framed by others. These have no script, and nothing on them acts for a reader.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from careers import comparison, directory, sitting
from careers.blocks.comparisons import oldest
from careers.models import Credential, Dimension, Precision, Role, RoleSkill
from careers.profiles import is_shown, profiles
from careers.succession import heirs
from careers.views.comparing import JOIN, loaded, named, picking_problem

MOST_SKILLS = 5
POLICY = {**settings.SECURE_CSP, "frame-ancestors": ["*"]}


@require_safe
@xframe_options_exempt
def role_frame(request: HttpRequest, slug: str) -> HttpResponse:
    role = get_object_or_404(Role.objects.public().prefetch_related("role_skills__skill"), slug=slug)
    skills = [
        needed.skill
        for needed in role.role_skills.all()
        if is_shown(needed) and needed.relation == RoleSkill.Relation.ESSENTIAL
    ]
    found = {"role": role, "skills": skills[:MOST_SKILLS], "checked_on": role.checked_on}
    return _frame(request, "role", role.get_absolute_url(), found)


@require_safe
@xframe_options_exempt
def certification_frame(request: HttpRequest, slug: str) -> HttpResponse:
    on = timezone.localdate()
    credential = get_object_or_404(Credential.objects.public().with_exams(), slug=slug)
    found = {
        "credential": credential,
        "entry": directory.entry(credential, on=on),
        "stands": sitting.stands(credential, on=on),
        "instead": heirs([credential], on=on).get(credential.pk, ()),
        "checked_on": credential.checked_on,
        "precision": credential.checked_on_precision,
    }
    return _frame(request, "certification", credential.get_absolute_url(), found)


@require_safe
@xframe_options_exempt
def comparison_frame(request: HttpRequest, roles: str) -> HttpResponse:
    compared = roles_of(roles)
    if not compared:
        raise Http404("There is no such comparison.")
    address = comparison.address(role.slug for role in compared)
    if roles != address:
        return redirect("embed-comparison", roles=address, permanent=True)
    whole = comparison.compare(profiles(loaded(compared), list(Dimension.objects.all())))
    found = {"comparison": whole, "checked_on": oldest(compared), "is_oldest": True}
    return _frame(request, "comparison", reverse("careers:comparison", args=[address]), found)


def roles_of(address: str) -> list[Role]:
    """The roles of a comparison's address, in any order; none where there is no such comparison."""
    slugs = address.split(JOIN)
    found = named(slugs[: comparison.MOST + 1])
    return [] if picking_problem(asked=len(slugs), found=len(found)) else found


def _frame(request: HttpRequest, kind: str, page: str, found: dict[str, Any]) -> HttpResponse:
    context = {"precision": Precision.DAY, **found, "page": request.build_absolute_uri(page)}
    response = render(request, f"website/embed_{kind}.html", context)
    response._csp_config = POLICY  # type: ignore[attr-defined]
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
