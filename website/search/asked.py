"""What readers search for, counted as ``website.tally`` does, and kept without anything of who asked.

Words that may be somebody's own – an address, a telephone or account number – are not kept at all; what was
asked too seldom, or on one day only, is forgotten after a month, and everything after half a year.
"""

import re
import unicodedata
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet, Sum
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from website.models import SearchCount
from website.tally import Tally
from website.twins import twin_address

from .facets import FACETS
from .words import clean

LONGEST = 80  # characters that are kept of a query
LOOKED_AT = 1_000  # and that are looked at for what is somebody's own
KEPT = 20_000  # rows; beyond them, those asked for least go first
MINUTE = 60  # seconds
REMEMBERED = 5_000  # searches of which this process knows whether they were in vain
RARE_FOR = timedelta(days=30)
FEWEST, FEWEST_DAYS = 3, 2  # times and days below which a query is rare
LONGEST_AGO = timedelta(days=181)  # the longest period, and the one before it to compare with

_OWN = re.compile(
    r"""@|\(at\)|\[at\]|://|\bwww\.       # addresses of people and of pages
    |\d(?:[\s().+/_:-]*\d){7,}            # eight digits: a telephone, a card, a birthday; exams have fewer
    |(?:[0-9a-f]{0,4}:){3}                # a machine's address
    |(?=\S*\d)(?=\S*[^\W\d])\S{24,}       # a key or a token""",
    re.VERBOSE | re.IGNORECASE,
)


class Asking(NamedTuple):
    text: str
    day: date
    is_in_vain: bool


def note(typed: str, *, found: int, now: datetime) -> None:
    """Once for each search as it was typed, not for each page or narrowing of its results."""
    text = folded(typed)
    if text and not is_somebodys_own(typed):
        _remember(text, is_in_vain=not found)
        tally.note(Asking(text, timezone.localdate(now), not found), now=now)


def again(path: str, query: str, *, now: datetime) -> None:
    """The same where the answer was kept in memory. Repeating a search makes nothing be written."""
    text = _searched(path, query)
    is_in_vain = _in_vain.get(text)
    if is_in_vain is not None:
        day = _day_of(int(now.timestamp()) // MINUTE, settings.TIME_ZONE)
        tally.count(Asking(text, day, is_in_vain), now=now)


@lru_cache(maxsize=2)
def _day_of(minute: int, zone: str) -> date:
    """Where the site is at home: finding it out takes three times as long as all else about a kept page.

    No day begins in the middle of a minute.
    """
    return timezone.localdate(datetime.fromtimestamp(minute * MINUTE, UTC))


@lru_cache(maxsize=4096)
def _searched(path: str, query: str) -> str:
    """What counts as searched for at this address; nothing, for most. Readers of kept pages wait for it."""
    if not _is_search(path):
        return ""
    sent = QueryDict(query)
    typed = sent.get("q", "")
    return "" if _is_narrowed(sent) or is_somebodys_own(typed) else folded(typed)


def _is_search(path: str) -> bool:
    page = reverse("search")
    return path in (page, twin_address(page))


def _is_narrowed(sent: QueryDict) -> bool:
    return any(sent.get(name) for name in ("kind", *FACETS)) or sent.get("page", "1") != "1"


def _remember(text: str, *, is_in_vain: bool) -> None:
    """Each answer that this process keeps in memory was made by it, so it has seen what was found."""
    with _lock:
        _in_vain.pop(text, None)
        _in_vain[text] = is_in_vain
        if len(_in_vain) > REMEMBERED:
            del _in_vain[next(iter(_in_vain))]


def folded(typed: str) -> str:
    """One spelling for what differs in case and spaces only."""
    plain = unicodedata.normalize("NFKC", clean(typed[:LOOKED_AT])).casefold()
    return " ".join(plain.split())[:LONGEST].rstrip()


def is_somebodys_own(typed: str) -> bool:
    """Judged before it is cut: half a telephone number does not look like one."""
    plain = unicodedata.normalize("NFKC", clean(typed[:LOOKED_AT]))
    text = " ".join(plain.split())
    return len(typed) > LOOKED_AT or not text.isprintable() or bool(_OWN.search(text))


def write_down(*, now: datetime) -> None:
    tally.write_down(now=now)


def _add(times: Counter[Asking], now: datetime) -> None:
    total: Counter[tuple[str, date]] = Counter()
    in_vain: Counter[tuple[str, date]] = Counter()
    for (text, day, is_in_vain), number in times.items():
        total[text, day] += number
        in_vain[text, day] += number * is_in_vain
    new = [SearchCount(text=text, day=day) for text, day in sorted(total)]
    SearchCount.objects.bulk_create(new, ignore_conflicts=True)
    texts, days = zip(*total, strict=True)
    near = SearchCount.objects.filter(text__in=set(texts), day__in=set(days))
    rows = [row for row in near.order_by("text", "day").select_for_update() if (row.text, row.day) in total]
    for row in rows:
        row.times = F("times") + total[row.text, row.day]
        row.in_vain = F("in_vain") + in_vain[row.text, row.day]
    SearchCount.objects.bulk_update(rows, ["times", "in_vain"])
    forget(on=timezone.localdate(now))


def forget(*, on: date) -> None:
    """What is old, what is rare, and what is too much."""
    every = SearchCount.objects.order_by()
    every.filter(Q(day__lt=on - LONGEST_AGO) | Q(day__lt=on - RARE_FOR, text__in=_rare())).delete()
    spare = every.count() - KEPT
    if spare > 0:
        least = every.order_by("times", "day", "pk").values_list("pk", flat=True)[:spare]
        every.filter(pk__in=list(least)).delete()


def _rare() -> QuerySet[SearchCount, str]:
    often = SearchCount.objects.order_by().values("text").annotate(total=Sum("times"), days=Count("pk"))
    rare = often.filter(Q(total__lt=FEWEST) | Q(days__lt=FEWEST_DAYS))
    return rare.values_list("text", flat=True)


def settle(text: str) -> None:
    """Somebody saw to it: what was in vain before is no reason to look again."""
    SearchCount.objects.filter(text=folded(text)).update(in_vain=0)


tally = Tally(_add, of="Searches")
_in_vain: dict[str, bool] = {}
_lock = Lock()
