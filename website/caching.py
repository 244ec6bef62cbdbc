"""A page that is the same for everyone may be kept by any cache, which asks before it shows it again."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header, patch_cache_control


class CachingMiddleware:
    """Outside the session's middleware: whether a page is everyone's shows in what it has become."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_for_everyone(request, response):
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response


def is_for_everyone(request: HttpRequest, response: HttpResponse) -> bool:
    """Not if it is a person's own, and not if somebody said already how long it may be kept."""
    is_own = bool(response.cookies) or has_vary_header(response, "Cookie")
    # Told nothing, a browser keeps a 301 for good, and could never be told of a second move.
    is_answer = request.method in ("GET", "HEAD") and response.status_code in (200, 301)
    return is_answer and not is_own and not response.has_header("Cache-Control")
