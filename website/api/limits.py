"""How often one visitor may ask. Counted in each server process, unless the environment names a Redis."""

import logging
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone
from ninja.throttling import BaseThrottle

from website.logins import client_address

MINUTE = 60
log = logging.getLogger(__name__)


class PerMinute(BaseThrottle):
    """Keeps nothing of its own between requests: the library's throttles do, and threads share them."""

    def allow_request(self, request: HttpRequest) -> bool:
        most = settings.API_REQUESTS_PER_MINUTE
        return not most or _count(request, minute=_now() // MINUTE) <= most

    def wait(self) -> float:
        return MINUTE - _now() % MINUTE


def _now() -> int:
    return int(timezone.now().timestamp())


def _count(request: HttpRequest, *, minute: int) -> int:
    """This request included. No address is kept, only what is made of it for this minute."""
    key = sha256(f"{client_address(request)} {minute}".encode()).hexdigest()
    try:
        caches["api"].add(key, 0, timeout=MINUTE)
        return int(caches["api"].incr(key))
    except ValueError:  # pushed out by others in the meantime
        return 1
    except Exception:  # what a Redis that is away raises is known to its own library only
        log.exception("Nobody can be counted, so nobody is refused.")
        return 1
