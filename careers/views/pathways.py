from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers import structured_data
from careers.models import Pathway
from careers.pathways import Way, drawn


@require_safe
def pathway_list(request: HttpRequest) -> HttpResponse:
    pathways = Pathway.objects.public().with_steps().select_related("role")
    absolute = request.build_absolute_uri
    rows = [(pathway.name, pathway.get_absolute_url()) for pathway in pathways]
    data = structured_data.item_list("Pathways", rows, absolute=absolute)
    context = {
        "pathways": [(pathway, sum(step.is_public for step in pathway.steps.all())) for pathway in pathways],
        "structured_data": structured_data.page_data(data, trail=[("Pathways", "")], absolute=absolute),
    }
    return TemplateResponse(request, "careers/pathway_list.html", context)


@require_safe
def pathway_detail(request: HttpRequest, slug: str) -> HttpResponse:
    found = Pathway.objects.public().with_steps().select_related("role")
    pathway = get_object_or_404(found, slug=slug)
    way = drawn(pathway, on=timezone.localdate(), prefix="pathway")
    context = {"pathway": pathway, "way": way, "structured_data": about(request, way)}
    return TemplateResponse(request, "careers/pathway_detail.html", context)


def about(request: HttpRequest, way: Way) -> structured_data.ScriptData:
    absolute = request.build_absolute_uri
    pages = {step.url: step.title for step in way.steps if step.url}
    data = structured_data.item_list(
        way.name, [(title, url) for url, title in pages.items()], absolute=absolute
    )
    trail = [("Pathways", reverse("careers:pathway-list")), (way.name, "")]
    return structured_data.page_data(data, trail=trail, absolute=absolute)
