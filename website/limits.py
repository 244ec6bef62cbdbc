"""How much a visitor may send at once. Django limits fields and forms, but writes any file to the disk."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

LARGEST = (
    16 * 1024 * 1024
)  # a picture of 10 MB, a body of a million characters, and what forms wrap round them


class BodyLimitMiddleware:
    """Refuses by the announced length, before a byte is read; what comes without one, nobody reads at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.headers.get("content-length") or "0"
        if announced.isdecimal() and (len(announced) > 12 or int(announced) > LARGEST):
            text = "This is more than the site takes at once: 16 MB. A picture may have 10 MB.\n"
            return HttpResponse(text, status=413, content_type="text/plain; charset=utf-8")
        return self.get_response(request)
