"""A page that is the same for everyone may be kept by any cache: by a browser, which asks before it shows it
again, and for some seconds by a CDN, which may go on showing it while we cannot answer.

Each is told by itself (RFC 9213): ``stale-while-revalidate`` said to all would let browsers, too, show what
was there before.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header, patch_cache_control

DAY = 24 * 3600


class CachingMiddleware:
    """Outside the session's middleware: whether a page is everyone's shows in what it has become."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_for_everyone(request, response):
            if settings.SESSION_COOKIE_NAME in request.COOKIES:
                # The same page; but who works on it sees at once what became of it.
                patch_cache_control(response, private=True, no_cache=True)
            else:
                patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
                response.headers["CDN-Cache-Control"] = for_a_cdn()
        return response


def for_a_cdn() -> str:
    fresh, old = settings.CDN_SECONDS, settings.CDN_STALE_SECONDS
    return f"public, max-age={fresh}, stale-while-revalidate={old}, stale-if-error={DAY}"


def is_for_everyone(request: HttpRequest, response: HttpResponse) -> bool:
    """Not if it is a person's own, and not if somebody said already how long it may be kept."""
    is_own = bool(response.cookies) or has_vary_header(response, "Cookie")
    # Told nothing, a browser keeps a 301 for good, and could never be told of a second move.
    is_answer = request.method in ("GET", "HEAD") and response.status_code in (200, 301, 304)
    return is_answer and not is_own and not response.has_header("Cache-Control")
