"""What a rule says: how grave, where, in which words, and how it can be mended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Final

from blog.rendering import KnownFacts

from .stories import CODE, Passage, Story

EXCERPT: Final = 80


class Severity(StrEnum):
    """The gravest first: a block keeps the story from readers, a warning does not, an info is advice."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True)
class Place:
    """A field of the form; in the body also which outermost block, below which heading, which words."""

    field: str
    block: int | None = None
    heading: str = ""
    excerpt: str = ""


@dataclass(frozen=True)
class Fix:
    """One click. ``apply`` makes a new story; done twice it does no more than done once."""

    label: str
    apply: Callable[[Story], Story]


@dataclass(frozen=True)
class Note:
    """A finding before its rule has put its name and its gravity to it."""

    place: Place
    message: str
    fix: Fix | None = None


@dataclass(frozen=True)
class Finding:
    rule: str
    severity: Severity
    place: Place
    message: str
    fix: Fix | None = None

    @property
    def key(self) -> str:
        """Names it as long as it says the same: not by where it stands, which moves as one writes."""
        parts = (self.rule, self.place.field, self.place.heading, self.place.excerpt, self.message)
        return f"{self.rule}-{sha256(repr(parts).encode('utf-8', 'replace')).hexdigest()[:10]}"


def shortened(text: str) -> str:
    line = " ".join(text.replace(CODE, "").split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1]}…"


def in_body(passage: Passage, excerpt: str = "") -> Place:
    return Place("body", passage.number, shortened(passage.heading), shortened(excerpt or passage.words))


@dataclass(frozen=True)
class Known:
    """What a rule may ask besides the story: the catalogue, the day, the links that lead nowhere."""

    facts: KnownFacts
    on: date
    dead_links: frozenset[str] = frozenset()
