"""The API's addresses, its description for programs, and the page about it for people."""

import json
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from . import articles, certifications, roles, subjects
from .answers import PROBLEM, new_api, read_only

PREFIX: Final = "/api/"

TOO_MANY: Final = {
    "description": "Too Many Requests",
    "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    "headers": {
        "Retry-After": {"description": "Seconds until you may ask again.", "schema": {"type": "integer"}}
    },
}

api = new_api()
api.add_router("articles", articles.router)
api.add_router("roles", roles.router)
api.add_router("certifications", certifications.router)
api.add_router("", subjects.router)


@cache
def description() -> dict[str, Any]:
    """OpenAPI 3.1, with what the library cannot know.

    Problems have a media type of their own, and anyone may have asked too often.
    """
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX)))
    for way in found["paths"].values():
        answers = way["get"]["responses"]
        for status, answer in answers.items():
            if status != "200":
                answer["content"] = {PROBLEM: answer["content"]["application/json"]}
        answers["429"] = TOO_MANY
    return found


def openapi(request: HttpRequest) -> HttpResponse:
    return HttpResponse(json.dumps(description()), content_type="application/json")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    found = description()["paths"].items()
    ways = [{"path": address, "is_list": "{" not in address, **way["get"]} for address, way in found]
    origin = f"{request.scheme}://{request.get_host()}"
    context = {"ways": ways, "origin": origin, "per_minute": settings.API_REQUESTS_PER_MINUTE}
    return render(request, "website/api.html", context)


def _patterns() -> list[URLPattern]:
    """Without the library's own start page, which tells nobody anything."""
    made = [found for found in api.urls[0] if isinstance(found, URLPattern) and found.name != "api-root"]
    return [URLPattern(one.pattern, read_only(one.callback), name=one.name) for one in made]


app_name = "api"
urlpatterns = [
    path("", about, name="about"),
    path("openapi.json", read_only(openapi), name="openapi"),
    *_patterns(),
]
