"""A page of a feed in the two languages that feed readers speak: Atom (RFC 4287, paged as in RFC 5005) and
JSON Feed 1.1. Plain values in, text out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import StringIO
from typing import Any, Final

from django.conf import settings
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from careers.feeds import BEGINNING, ChangeFeed, plain

KEPT: Final = 200  # entries, of which each has its text twice


@dataclass(frozen=True)
class Person:
    name: str
    url: str


@dataclass(frozen=True)
class Entry:
    id: str
    url: str
    title: str
    summary: str
    content: str  # HTML, with addresses that are understood anywhere
    published_at: datetime
    updated_at: datetime
    authors: tuple[Person, ...]
    subjects: tuple[str, ...]
    picture: str = ""


@dataclass(frozen=True)
class Feed:
    id: str
    title: str
    description: str
    page_url: str
    url: str
    entries: Sequence[Entry]
    newer_url: str = ""
    older_url: str = ""

    @property
    def updated_at(self) -> datetime:
        """As new as its newest entry: an empty feed must not be new at every look."""
        return max((entry.updated_at for entry in self.entries), default=BEGINNING)


# --- Atom ---------------------------------------------------------------------


class ArticleFeed(ChangeFeed):
    """What Django's leaves out: the pages around this one. Its entries are written already."""

    def latest_post_date(self) -> datetime:
        updated_at: datetime = self.feed["updated_at"]
        return updated_at

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for rel in ("previous", "next"):
            if self.feed[rel]:
                handler.addQuickElement("link", "", {"rel": rel, "href": self.feed[rel]})

    def write_items(self, handler: Any) -> None:
        for text in self.feed["entries"]:
            handler.ignorableWhitespace(text)  # which alone is written as it is


class _OneEntry(ChangeFeed):
    """What Django's leaves out of an entry: the text itself, and further authors."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for person in item["people"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", plain(person.name))
            handler.addQuickElement("uri", person.url)
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html"})


def atom(feed: Feed) -> str:
    written = ArticleFeed(
        title=plain(feed.title),
        link=feed.page_url,
        description=plain(feed.description),
        subtitle=plain(feed.description) or None,
        language=settings.LANGUAGE_CODE,
        feed_url=feed.url,
        feed_guid=feed.id,
        author_name=settings.SITE_NAME,
        previous=feed.newer_url,
        next=feed.older_url,
        entries=map(_written, feed.entries),
        updated_at=feed.updated_at,
    )
    return written.writeString("utf-8")


@lru_cache(KEPT)
def _written(entry: Entry) -> str:
    """Of one text more, a feed has the others as they were."""
    alone = _OneEntry(title="", link="", description="")
    alone.add_item(
        title=plain(entry.title),
        link=entry.url,
        # The feed says that it is HTML. None, which the stubs do not know, writes nothing.
        description=escape(plain(entry.summary)) or None,  # type: ignore[arg-type]
        unique_id=entry.id,
        pubdate=entry.published_at,
        updateddate=entry.updated_at,
        categories=[plain(subject) for subject in entry.subjects],
        people=entry.authors,
        content=plain(entry.content),
    )
    text = StringIO()
    alone.write_items(SimplerXMLGenerator(text, "utf-8", short_empty_elements=True))
    return text.getvalue()


# --- JSON Feed ----------------------------------------------------------------


def as_json(feed: Feed) -> str:
    found = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": plain(feed.title),
        "description": plain(feed.description),
        "home_page_url": feed.page_url,
        "feed_url": feed.url,
        "next_url": feed.older_url,
        "language": settings.LANGUAGE_CODE,
        "authors": [{"name": settings.SITE_NAME}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(_said(found), ensure_ascii=False)


def _item(entry: Entry) -> dict[str, Any]:
    return _said(
        {
            "id": entry.id,
            "url": entry.url,
            "title": plain(entry.title),
            "summary": plain(entry.summary),
            # All that a reader shows of a text without one.
            "content_html": plain(entry.content) or escape(plain(entry.title)),
            "image": entry.picture,
            "date_published": entry.published_at.isoformat(),
            "date_modified": entry.updated_at.isoformat(),
            "authors": [{"name": plain(person.name), "url": person.url} for person in entry.authors],
            "tags": [plain(subject) for subject in entry.subjects],
        }
    )


def _said(fields: dict[str, Any]) -> dict[str, Any]:
    """Without what there is nothing to say of: the format knows no empty texts. A list may be empty."""
    return {name: value for name, value in fields.items() if value != ""}
