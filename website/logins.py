"""Who is knocking, and what a visitor is told who has knocked too often. django-axes does the counting."""

import math
from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.http import HttpRequest, HttpResponse


def client_address(request: HttpRequest) -> str:
    """The visitor's address. Behind our own proxies it is the one the outermost of them saw."""
    seen = str(request.META.get("REMOTE_ADDR", ""))
    hops = settings.PROXY_HOPS
    if hops:
        forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",")]
        seen = forwarded[-hops] if len(forwarded) >= hops and forwarded[-hops] else seen
    return seen


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    wait = get_cool_off(request)
    seconds = math.ceil(wait.total_seconds()) if wait else 0
    answer = HttpResponse(
        "Too many wrong passwords for this name from your address. "
        f"Please wait {math.ceil(seconds / 60)} minutes, then try again.",
        status=429,
        content_type="text/plain; charset=utf-8",
    )
    answer.headers["Retry-After"] = str(seconds)
    answer.headers["Cache-Control"] = "no-store"
    return answer
