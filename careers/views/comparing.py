from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import comparison, directory, structured_data
from careers.blocks import SLUG
from careers.comparison import FEWEST, MOST, address
from careers.gaps import both_ways
from careers.models import Comparison, Dimension, Role
from careers.profiles import profiles
from careers.spreadsheets import csv_response

JOIN = "-vs-"


@require_safe
def compare_picker(request: HttpRequest) -> HttpResponse:
    asked = dict.fromkeys(slug for slug in request.GET.getlist("role") if slug)
    found = named(list(asked)[: MOST + 1])
    problem = picking_problem(asked=len(asked), found=len(found))
    if asked and not problem:
        return redirect("careers:comparison", roles=address(role.slug for role in found))
    return picker(request, found, problem if request.GET.getlist("role") else "")


def named(slugs: Sequence[str]) -> list[Role]:
    """The published roles of those slugs, old ones too, each once."""
    return list(Role.objects.public().named(slug for slug in slugs if SLUG.fullmatch(slug)))


def picker(request: HttpRequest, chosen: Sequence[Role], problem: str, status: int = 200) -> HttpResponse:
    context = {"roles": Role.objects.public(), "chosen": [role.slug for role in chosen], "problem": problem}
    return TemplateResponse(request, "careers/compare.html", context, status=status)


def picking_problem(*, asked: int, found: int) -> str:
    if asked > MOST:
        return f"Choose at most four roles; {asked} are chosen."
    if found < asked:
        return "One of the roles asked for is not in the catalogue. Choose from the list."
    return "Choose at least two different roles." if found < FEWEST else ""


# --- One comparison ----------------------------------------------------------


@require_safe
def comparison_page(request: HttpRequest, roles: str) -> HttpResponse:
    slugs = roles.split(JOIN)
    ordered = named(slugs[: MOST + 1])
    problem = picking_problem(asked=len(slugs), found=len(ordered))
    if problem:
        return picker(request, ordered, problem, status=404)
    if roles != address(role.slug for role in ordered):
        return redirect("careers:comparison", roles=address(role.slug for role in ordered), permanent=True)
    return TemplateResponse(request, "careers/comparison.html", compared(request, loaded(ordered)))


def loaded(roles: Sequence[Role]) -> list[Role]:
    """In the order of their address."""
    keys = [role.pk for role in roles]
    rows = Role.objects.public().filter(pk__in=keys).with_profile().prefetch_related("sources")
    return sorted(rows, key=lambda role: role.slug)


def compared(request: HttpRequest, roles: Sequence[Role]) -> dict[str, object]:
    said = Comparison.objects.public().filter(key=Comparison.key_of(roles)).first()
    chosen = list(said.dimensions.all()) if said else []
    whole = comparison.compare(profiles(roles, chosen or list(Dimension.objects.all())))
    shows_all = request.GET.get("show") == "all"
    names = [role.name for role in roles]
    return {
        "comparison": whole if shows_all else comparison.differences(whole),
        "same": comparison.count_of_same(whole),
        "shows_all": shows_all,
        "ladder": directory.ladder(directory.ladders(roles, on=timezone.localdate())),
        "said": said,
        "roles": roles,
        "names": names,
        "moves": both_ways(whole.roles),
        "address": address(role.slug for role in roles),
        "here": request.build_absolute_uri(request.path),
        "is_unverified": any(not source.is_verified for role in roles for source in role.sources.all()),
        "structured_data": about(request, roles, " vs ".join(names)),
    }


def about(request: HttpRequest, roles: Sequence[Role], names: str) -> structured_data.ScriptData:
    absolute = request.build_absolute_uri
    rows = [(role.name, role.get_absolute_url()) for role in roles]
    data = structured_data.item_list(names, rows, absolute=absolute)
    trail = [("Compare roles", reverse("careers:compare")), (names, "")]
    return structured_data.page_data(data, trail=trail, absolute=absolute)


@require_safe
def comparison_csv(request: HttpRequest, roles: str) -> HttpResponse:
    slugs = roles.split(JOIN)
    ordered = named(slugs[: MOST + 1])
    if picking_problem(asked=len(slugs), found=len(ordered)):
        return picker(request, ordered, "There is no such comparison to download.", status=404)
    whole = comparison.compare(profiles(loaded(ordered), list(Dimension.objects.all())))
    return csv_response(address(role.slug for role in ordered), comparison.table(whole))
