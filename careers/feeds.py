"""The changes for feed readers (Atom, RFC 4287) and for calendars (iCalendar, RFC 5545)."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from icalendar import Calendar, Event, vText

from careers.changes import Certainty, Change
from careers.models import Precision

Absolute = Callable[[str], str]
# Of a feed in which nothing has happened yet.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def stable_id(key: str) -> str:
    """Names an event for good, wherever the site is and whatever becomes of the event's date."""
    return uuid5(NAMESPACE_URL, f"waymark:event:{key}").urn


class ChangeFeed(Atom1Feed):
    """As old as its newest entry: an empty one must not be new at every look."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=BEGINNING)


def atom(rows: Sequence[Change], *, name: str, page: str, here: str, absolute: Absolute) -> str:
    """``page`` and ``here``: the absolute addresses of the page and of the feed."""
    title = f"What is changing: {name}" if name else "What is changing in certifications"
    feed = ChangeFeed(
        title=title, link=page, description="", feed_url=here, feed_guid=here, author_name="Waymark"
    )
    for row in rows:
        feed.add_item(
            title=row.headline,
            link=absolute(row.event.get_absolute_url()),
            description=escape(row.sentence),  # the feed says that it is HTML
            unique_id=stable_id(row.event.key),
            pubdate=row.event.created_at,
            updateddate=row.event.updated_at,
            categories=[row.event.credential.provider.name],
        )
    return feed.writeString("utf-8")


# --- Calendar ---------------------------------------------------------------


def calendar(rows: Sequence[Change], *, name: str, absolute: Absolute) -> bytes:
    """All-day events. One of which only the month, quarter or year is known has no day to stand on."""
    title = f"Certifications: {name}" if name else "Certifications"
    found = Calendar()
    found.add("prodid", "-//Waymark//Careers//EN")
    found.add("version", "2.0")
    for key, text in [("calname", title), ("caldesc", "Only changes of which the day is known.")]:
        # Not with add(): it escapes nothing in what is no part of the standard.
        found[f"x-wr-{key}"] = vText(text)
    for row in rows:
        if has_day(row):
            found.add_component(entry(row, absolute=absolute))
    return bytes(found.to_ical())


def has_day(row: Change) -> bool:
    return row.event.happens_on is not None and row.event.happens_on_precision == Precision.DAY


def entry(row: Change, *, absolute: Absolute) -> Event:
    event, day = row.event, row.event.happens_on or date.max
    found = Event()
    found.add("uid", f"{stable_id(event.key)}@waymark")
    found.add("dtstamp", event.updated_at.astimezone(UTC))
    found.add("dtstart", day)
    found.add("dtend", min(day, date.max - timedelta(days=1)) + timedelta(days=1))  # the first day after
    found.add("summary", row.headline)
    found.add("description", row.sentence)
    found.add("url", absolute(event.get_absolute_url()))
    found.add("status", "CONFIRMED" if event.certainty == Certainty.CONFIRMED else "TENTATIVE")
    found.add("transp", "TRANSPARENT")  # nobody is busy because an exam ends
    return found
