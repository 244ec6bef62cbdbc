"""The changes for feed readers (Atom, RFC 4287) and for calendars (iCalendar, RFC 5545)."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from icalendar import Calendar, Event, vText

from careers.changes import Certainty, Change
from careers.models import Precision

Absolute = Callable[[str], str]
# Of a feed in which nothing has happened yet.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
# Neither format has a place for these: most make a feed unreadable, some end a line of a calendar.
UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    return UNSPEAKABLE.sub("", re.sub(r"\r\n?", "\n", text))


def stable_id(key: str, *, what: str = "event") -> str:
    """Names an event for good, wherever the site is and whatever becomes of the event's date."""
    return uuid5(NAMESPACE_URL, f"waymark:{what}:{key}").urn


class ChangeFeed(Atom1Feed):
    """As old as its newest entry: an empty one must not be new at every look."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=BEGINNING)


def atom(rows: Sequence[Change], *, name: str, page: str, query: str, absolute: Absolute) -> str:
    """``page``: the address of the page; the feed lies one below. ``query``: what both were asked."""
    feed = ChangeFeed(
        title=plain(f"What is changing: {name}" if name else "What is changing in certifications"),
        link=absolute(f"{page}{query}"),
        description="",
        language=settings.LANGUAGE_CODE,
        feed_url=absolute(f"{page}feed/{query}"),
        feed_guid=stable_id(query, what="changes"),
        author_name=settings.SITE_NAME,
    )
    for row in rows:
        feed.add_item(
            title=plain(row.headline),
            link=absolute(row.event.get_absolute_url()),
            description=escape(plain(row.sentence)),  # the feed says that it is HTML
            unique_id=stable_id(row.event.key),
            pubdate=row.event.created_at,
            updateddate=row.event.updated_at,
            categories=_categories(row),
        )
    return feed.writeString("utf-8")


def _categories(row: Change) -> list[str]:
    provider = row.event.credential.shown_provider
    return [plain(provider.name)] if provider else []


# --- Calendar ---------------------------------------------------------------


def calendar(rows: Sequence[Change], *, name: str, absolute: Absolute) -> bytes:
    """All-day events. One of which only the month, quarter or year is known has no day to stand on."""
    title = f"Certifications: {name}" if name else "Certifications"
    found = Calendar()
    found.add("prodid", "-//Waymark//Careers//EN")
    found.add("version", "2.0")
    # RFC 7986: how often to ask again.
    found.add("refresh-interval", timedelta(days=1), parameters={"value": "DURATION"})
    for key, text in [("calname", title), ("caldesc", "Only changes of which the day is known.")]:
        # Not with add(): it escapes nothing in what is no part of the standard.
        found[f"x-wr-{key}"] = vText(plain(text))
    for row in rows:
        if has_day(row):
            found.add_component(entry(row, absolute=absolute))
    return bytes(found.to_ical())


def has_day(row: Change) -> bool:
    return row.event.happens_on is not None and row.event.happens_on_precision == Precision.DAY


def entry(row: Change, *, absolute: Absolute) -> Event:
    """No SEQUENCE: it would have to count changes, and start anew with each import; the time stamps tell."""
    event, day = row.event, row.event.happens_on or date.max
    found = Event()
    found.add("uid", f"{stable_id(event.key)}@waymark")
    found.add("dtstamp", event.updated_at.astimezone(UTC))
    found.add("last-modified", event.updated_at.astimezone(UTC))
    found.add("dtstart", day)
    found.add("dtend", min(day, date.max - timedelta(days=1)) + timedelta(days=1))  # the first day after
    found.add("summary", plain(row.headline))
    found.add("description", plain(row.sentence))
    found.add("url", absolute(event.get_absolute_url()))
    found.add("status", "CONFIRMED" if event.certainty == Certainty.CONFIRMED else "TENTATIVE")
    found.add("transp", "TRANSPARENT")  # nobody is busy because an exam ends
    return found
