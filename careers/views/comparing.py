from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import directory
from careers.blocks import SLUG
from careers.comparison import FEWEST, MOST, address, compare
from careers.models import Dimension, Role
from careers.profiles import profiles


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
    columns = directory.ladders(ordered, on=timezone.localdate())
    context = {
        "comparison": compare(profiles(ordered, list(Dimension.objects.all()))),
        "ladder": directory.ladder(columns),
        "names": [role.name for role in ordered],
    }
    return TemplateResponse(request, "careers/comparison.html", context)
