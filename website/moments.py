"""What was to go live by now does, before anything is shown: nothing waits for a worker to have run."""

import logging
import time
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from blog import publishing

NOT_OF_ARTICLES = ("/static/", "/media/", "/favicon.ico", "/healthz", "/readyz")
RESTS = 1.0  # seconds in which nobody waits in vain once more
log = logging.getLogger(__name__)


class CatchUpMiddleware:
    """One question of an index, and no more, while nothing is due."""

    def __init__(
        self,
        get_response: Callable[[HttpRequest], HttpResponse],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.get_response = get_response
        self._clock, self._rests_until = clock, 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(NOT_OF_ARTICLES) or self.has_caught_up():
            return self.get_response(request)
        response = self.get_response(request)
        response.setdefault(
            "Cache-Control", "no-store"
        )  # or it would stand for as long as if nothing were due
        return response

    def has_caught_up(self) -> bool:
        """A database that cannot be written to still shows readers what they saw a moment ago."""
        if self._clock() < self._rests_until:
            return False
        try:
            publishing.catch_up(timezone.now())
        except DatabaseError:
            log.exception("Scheduled changes could not go live; a request in a second tries again.")
            self._rests_until = self._clock() + RESTS
            return False
        return True
