"""Addresses readers ask for in vain, counted as ``tally`` does."""

import re
from collections import Counter
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from .models import MissingAddress
from .tally import Tally
from .whereabouts import folded

LONGEST = 200
ASKED_AGAIN = "waymark.asked_again"  # in a WSGI environment: this is not the request that is answered
KEPT = 5_000  # rows; beyond them, those asked for least go first

# Asked by programs that look for somebody else's software; or of no use to mend; or somebody's own.
_NOISE = re.compile(
    r"""/(?:wp-|wordpress|xmlrpc|cgi-bin|phpmyadmin|pma/|vendor/|\.|_|admin/|static/|media/|preview/|api/
    |apple-touch-icon|browserconfig|ads\.txt|autodiscover|actuator|node_modules|solr/|boaform)
    |\.(?:php\d?|aspx?|jspx?|do|cgi|pl|env|sql|bak|old|zip|gz|tar|rar|7z|ini|ya?ml|log|map|js|css|git|exe|sh)/?$
    |//|\.\.|@|[<>"'`{}|\\^%\x00-\x20\x7f-\x9f]""",
    re.VERBOSE | re.IGNORECASE,
)


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
    tally.write_down(now=now)


def _add(times: Counter[str], now: datetime) -> None:
    today = timezone.localdate(now)
    new = [MissingAddress(path=path, last_asked_on=today) for path in sorted(times)]
    MissingAddress.objects.bulk_create(new, ignore_conflicts=True)
    rows = list(MissingAddress.objects.filter(path__in=list(times)).order_by("path").select_for_update())
    for row in rows:
        row.times, row.last_asked_on = F("times") + times[row.path], today
    MissingAddress.objects.bulk_update(rows, ["times", "last_asked_on"])
    _drop_the_least()


def _drop_the_least() -> None:
    """Those ignored stay: else they would come back."""
    spare = MissingAddress.objects.count() - KEPT
    if spare > 0:
        least = MissingAddress.objects.filter(is_ignored=False).order_by("times", "last_asked_on", "pk")
        MissingAddress.objects.filter(pk__in=list(least.values_list("pk", flat=True)[:spare])).delete()


tally = Tally(_add, of="Missing addresses")
