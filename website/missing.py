"""Addresses readers ask for in vain, counted in memory and written down now and then.

A visitor must not be able to make the site write with every request, nor make the page cache begin anew again
and again. So each process keeps its counts, and writes them when they are many or old, but not twice in a
minute; what it has not written when it is killed is lost, which is no harm.
"""

import logging
import re
from collections import Counter
from datetime import datetime, timedelta
from threading import Lock

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from .models import MissingAddress
from .whereabouts import folded

LONGEST = 200
KEPT = 5_000  # rows; beyond them, those asked for least go first
AT_ONCE = 100  # different addresses in memory before they are written
IN_MEMORY = 2_000  # and no more of them than this
AT_SOONEST = timedelta(minutes=1)
AT_LATEST = timedelta(minutes=5)

# Asked by programs that look for somebody else's software; or of no use to mend; or somebody's own.
_NOISE = re.compile(
    r"""/(?:wp-|wordpress|xmlrpc|cgi-bin|phpmyadmin|pma/|vendor/|\.|_|admin/|static/|media/|preview/|api/
    |apple-touch-icon|browserconfig|ads\.txt|autodiscover|actuator|node_modules|solr/|boaform)
    |\.(?:php\d?|aspx?|jspx?|do|cgi|pl|env|sql|bak|old|zip|gz|tar|rar|7z|ini|ya?ml|log|map|js|css|git|exe|sh)/?$
    |//|\.\.|@|[<>"'`{}|\\^%\x00-\x20\x7f-\x9f]""",
    re.VERBOSE | re.IGNORECASE,
)
log = logging.getLogger(__name__)


class Tally:
    def __init__(self) -> None:
        self._times: Counter[str] = Counter()
        self._since: datetime | None = None
        self._taken_at: datetime | None = None
        self._lock = Lock()

    def count(self, path: str, *, now: datetime) -> bool:
        """Whether it is time to write."""
        with self._lock:
            self._since = self._since or now
            if path in self._times or len(self._times) < IN_MEMORY:
                self._times[path] += 1
            waited = now - self._since
            is_soon = self._taken_at is not None and now - self._taken_at < AT_SOONEST
            return (len(self._times) >= AT_ONCE and not is_soon) or waited >= AT_LATEST

    def take(self, *, now: datetime | None = None) -> Counter[str]:
        """All that was counted; the counting begins anew."""
        with self._lock:
            times, self._times, self._since, self._taken_at = self._times, Counter(), None, now
        return times


tally = Tally()


def note(path: str, *, now: datetime) -> None:
    if count(path, now=now):
        write_down(now=now)


def count(path: str, *, now: datetime) -> bool:
    """In memory only; whether it is time to write."""
    address = folded(path)
    return len(address) <= LONGEST and not is_noise(path) and tally.count(address, now=now)


def is_noise(path: str) -> bool:
    return bool(_NOISE.search(path)) or not path.isprintable()


def write_down(*, now: datetime) -> None:
    """In a fixed number of queries. A reader's page never fails over our counting."""
    times = tally.take(now=now)
    if not times:
        return
    try:
        with transaction.atomic():
            _add(times, now)
            _drop_the_least()
    except DatabaseError:
        log.warning("Missing addresses could not be written down; %s are forgotten.", len(times))


def _add(times: Counter[str], now: datetime) -> None:
    today = timezone.localdate(now)
    new = [MissingAddress(path=path, last_asked_on=today) for path in sorted(times)]
    MissingAddress.objects.bulk_create(new, ignore_conflicts=True)
    rows = list(MissingAddress.objects.filter(path__in=list(times)).order_by("path").select_for_update())
    for row in rows:
        row.times, row.last_asked_on = F("times") + times[row.path], today
    MissingAddress.objects.bulk_update(rows, ["times", "last_asked_on"])


def _drop_the_least() -> None:
    """Those ignored stay: else they would come back."""
    spare = MissingAddress.objects.count() - KEPT
    if spare > 0:
        least = MissingAddress.objects.filter(is_ignored=False).order_by("times", "last_asked_on", "pk")
        MissingAddress.objects.filter(pk__in=list(least.values_list("pk", flat=True)[:spare])).delete()
