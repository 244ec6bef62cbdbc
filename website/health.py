"""Two plain answers for whatever watches over the site, without session, host name or redirect."""

from collections.abc import Callable

from django.db import Error, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return plain("ok")


def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers, and has its tables. A failure says no more than that: anyone may ask."""
    try:
        is_ready = MigrationRecorder(connection).migration_qs.exists()
    except Error:
        is_ready = False
    return plain("ready") if is_ready else plain("not ready", status=503)


class HealthMiddleware:
    """Answers before anything asks for the host name, which a health probe rarely gets right."""

    answers = {"/healthz": healthz, "/readyz": readyz}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answers.get(request.path_info, self.get_response)(request)


def plain(text: str, *, status: int = 200) -> HttpResponse:
    response = HttpResponse(text + "\n", status=status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
