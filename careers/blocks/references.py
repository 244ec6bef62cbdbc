"""What an article asks for, what it gets, and how a kind of block says what it needs."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.text import Truncator

from .catalogue import Catalogue

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,120}")


@dataclass(frozen=True)
class Reference:
    """What an article asks for, as its writer left it."""

    kind: str
    ref: str
    by: str = ""
    heading: str = ""
    field: str = ""


@dataclass(frozen=True)
class Filled:
    """What it gets. ``html`` is empty when a reader should see nothing; ``problem`` tells the editor why."""

    html: str = ""
    heading: str = ""
    anchor: str = ""
    text: str = ""
    problem: str = ""
    note: str = ""


@dataclass(frozen=True)
class Content:
    """A block before it has a place in an article: what its template needs, and the same in plain words."""

    heading: str = ""
    text: str = ""
    problem: str = ""
    note: str = ""
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """One kind of live part. ``noun`` says what its slugs name: a noun of ``catalogue.SHELVES``, or nothing.

    ``instead`` is what stands in a sentence whose live part cannot be shown; blocks of their own need none.
    """

    slug: str
    label: str
    content: Callable[[Reference, Catalogue, date], Content]
    noun: Callable[[Reference], str]
    instead: str = ""

    @property
    def is_inline(self) -> bool:
        return bool(self.instead)


def readable(text: object, length: int = 60) -> str:
    """One line without control characters, fit for a heading or a message."""
    words = "".join(char if char.isprintable() else " " for char in str(text or "")[:2000]).split()
    return Truncator(" ".join(words)).chars(length)


def slugs(reference: Reference) -> list[str]:
    """The slugs named, each once."""
    parts = str(reference.ref or "")[:2000].split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def possible_slugs(reference: Reference) -> list[str]:
    """What cannot be a slug stays out of the queries."""
    return [slug for slug in slugs(reference) if SLUG.fullmatch(slug)]
