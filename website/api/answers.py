"""How every answer of the API is given: to whom, under which headers, and what is said when there is none."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from website.any_site import for_any_site

from .limits import PerMinute

PROBLEM: Final = "application/problem+json"
ALLOWED: Final = "GET, HEAD, OPTIONS"
A_DAY: Final = "86400"

View = Callable[..., HttpResponse]


class Fault(Schema):
    parameter: str
    message: str


class Problem(Schema):
    """Why there is no other answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


class BadRequest(Exception):
    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.fault = {"parameter": parameter, "message": message}


class Readable(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}


def problem(status: int, detail: str, faults: list[dict[str, str]] | None = None) -> HttpResponse:
    title = HTTPStatus(status).phrase
    said = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body = json.dumps({**said, "errors": faults} if faults else said, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=PROBLEM)


def new_api() -> NinjaAPI:
    api = NinjaAPI(
        title=settings.SITE_NAME,
        version="1",
        description="Articles, hashtags, categories, authors, roles and certifications, as readers see them.",
        openapi_url=None,
        docs_url=None,
        renderer=Readable(),
        throttle=PerMinute(),
        urls_namespace="api",
    )
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(BadRequest, lambda request, refusal: _bad([refusal.fault]))
    api.add_exception_handler(HttpError, _refused)
    return api


def _not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(404, "There is nothing at this address that readers can see.")


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    return _bad([{"parameter": str(one["loc"][-1]), "message": str(one["msg"])} for one in error.errors])


def _bad(faults: list[dict[str, str]]) -> HttpResponse:
    return problem(400, "A parameter makes no sense. See “errors”.", faults)


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    response = problem(error.status_code, str(error))
    response["Cache-Control"] = "no-store"
    return response


def read_only(view: View) -> Callable[..., HttpResponseBase]:
    """Answers to who asks, from wherever; and to a browser that asks first whether its page may ask."""

    def answer(request: HttpRequest, **where: Any) -> HttpResponseBase:
        if request.method in ("GET", "HEAD"):
            return for_any_site(request, _as_get(view, request, where))
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = ALLOWED
            response["Access-Control-Allow-Headers"] = "If-None-Match"
            response["Access-Control-Max-Age"] = A_DAY
        else:
            response = problem(405, "This can only be read.")
        response["Allow"] = ALLOWED
        return for_any_site(request, response)

    return answer


def _as_get(view: View, request: HttpRequest, where: dict[str, Any]) -> HttpResponse:
    """The library knows no HEAD. The server leaves the body out."""
    method, request.method = request.method, "GET"
    try:
        return view(request, **where)
    finally:
        request.method = method
