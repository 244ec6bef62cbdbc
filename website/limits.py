"""How much a visitor may send at once, and how many may be sending.

Django limits fields and forms, but writes any file to the disk.
"""

from collections.abc import Callable
from threading import BoundedSemaphore

from django.http import HttpRequest, HttpResponse

# A picture of 10 MB, a body of a million characters, and what forms wrap round them.
LARGEST = 16 * 1024 * 1024
# In each server process, of its 64 threads: whoever sends byte by byte holds one, and readers need the rest.
SENDERS = 24


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


class SendersMiddleware:
    """Nobody waits for a place, since waiting would hold a thread, too.

    Not 503, of which each would be a line in the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._places = BoundedSemaphore(SENDERS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _sends_something(request):
            return self.get_response(request)
        if not self._places.acquire(blocking=False):
            text = "Too many visitors are sending something at this moment. Please go back and try again.\n"
            headers = {"Retry-After": "10", "Cache-Control": "no-store"}
            return HttpResponse(text, status=429, headers=headers, content_type="text/plain; charset=utf-8")
        try:
            return self.get_response(request)
        finally:
            self._places.release()


def _sends_something(request: HttpRequest) -> bool:
    return (
        request.headers.get("content-length", "") not in ("", "0") or "transfer-encoding" in request.headers
    )
