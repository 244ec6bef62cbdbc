"""Which facts the words of a body name: outside code, and outside links that lead elsewhere."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from .canonical import Block
from .inline_text import PLACE, Live, Run

HEADINGS = ("h2", "h3", "h4")
WITHOUT_LINKS = (*HEADINGS, "caption", "figure")  # a caption cannot hold one; elsewhere it reads badly
CONTEXT = 30
LONGEST_HEADING = 200


class Fact(Protocol):
    """A fact as the catalogue tells what it is called."""

    @property
    def noun(self) -> str: ...
    @property
    def pk(self) -> int: ...
    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def is_public(self) -> bool: ...
    @property
    def former_slugs(self) -> tuple[str, ...]: ...
    @property
    def address(self) -> str: ...


class Spot(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def facts(self) -> Sequence[Fact]: ...


class Vocabulary(Protocol):
    @property
    def facts(self) -> Sequence[Fact]: ...
    def find(self, text: str) -> Sequence[Spot]: ...


@dataclass(frozen=True)
class Place:
    """Where a link could be made: the words, and what stands around them in the same paragraph."""

    before: str
    said: str
    after: str


@dataclass
class Mention:
    """A fact that a body names. ``leads`` when no likelier fact of the same name is meant everywhere."""

    fact: Fact
    first_heading: str = ""
    count: int = 0
    is_linked: bool = False
    leads: bool = False
    place: Place | None = None


def mentions(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[Mention]:
    """In the order in which they are first named."""
    search = _Search(vocabulary)
    for block in _texts(blocks):
        search.read(block)
    for mention in search.found.values():
        mention.is_linked = mention.is_linked or key(mention.fact) in search.linked
    return list(search.found.values())


def key(fact: Fact) -> tuple[str, int]:
    return (fact.noun, fact.pk)


def _texts(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.runs and block.tag != "pre":
            yield block
        yield from _texts(block.children)


Link = tuple[int, int, Fact | None]  # from where to where, and to which fact if to one


@dataclass
class _Search:
    vocabulary: Vocabulary
    heading: str = ""
    found: dict[tuple[str, int], Mention] = field(default_factory=dict)
    linked: set[tuple[str, int]] = field(default_factory=set)
    by_slug: dict[str, list[Fact]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for fact in self.vocabulary.facts:
            for slug in (fact.slug, *fact.former_slugs):
                self.by_slug.setdefault(slug, []).append(fact)

    def read(self, block: Block) -> None:
        if block.tag in HEADINGS:
            self.heading = block.text.replace(PLACE, "…")[:LONGEST_HEADING]
        text, links = block.text, list(self.links(block.runs))
        self.linked |= {key(fact) for _, _, fact in links if fact}
        for spot in self.vocabulary.find(_readable(block.runs)):
            self.take(spot, links, None if block.tag in WITHOUT_LINKS else text)
        for live in (run.live for run in block.runs if run.live):
            self.take_live(live)

    def take(self, spot: Spot, links: Sequence[Link], text: str | None) -> None:
        """``text`` is what the spot is in, where that can hold a link."""
        over = [fact for _, _, fact in links[_after(links, spot.start) : _before(links, spot.end)]]
        leads_there = any(fact in spot.facts for fact in over)
        if over and not leads_there:
            return
        place = None if over or text is None else _place(text, spot)
        first = next((fact for fact in spot.facts if fact.is_public), None)
        for fact in spot.facts:
            self.note(fact, place=place, is_linked=leads_there, leads=fact is first)

    def take_live(self, live: Live) -> None:
        """A live link tells the name; a live fact only leads there."""
        ref = dict(live.attributes).get("data-ref", "")
        shown = [fact for fact in self.by_slug.get(ref, ()) if fact.noun == "credential"]
        now = [fact for fact in shown if fact.slug == ref]
        for fact in (now or shown)[:1]:
            self.linked.add(key(fact))
            if live.tag == "careers-link":
                self.note(fact, is_linked=True, leads=fact.is_public)

    def note(self, fact: Fact, *, place: Place | None = None, is_linked: bool, leads: bool) -> None:
        mention = self.found.setdefault(key(fact), Mention(fact, self.heading))
        mention.count += 1
        mention.place = mention.place or place
        mention.is_linked = mention.is_linked or is_linked
        mention.leads = mention.leads or leads

    def links(self, runs: Sequence[Run]) -> Iterator[Link]:
        at = 0
        for run in runs:
            end = at + len(run.text)
            yield from ((at, end, self.led_to(address)) for tag, address in run.marks if tag == "a")
            at = end

    def led_to(self, address: str) -> Fact | None:
        path = re.split("[?#]", address, maxsplit=1)[0].rstrip("/") + "/"
        slug = path.rstrip("/").rpartition("/")[2]
        return next((fact for fact in self.by_slug.get(slug, ()) if fact.address == path), None)


def _after(links: Sequence[Link], position: int) -> int:
    """The first link that ends after the position; they are in order and share no letter."""
    return bisect_right(links, position, key=lambda link: link[1])


def _before(links: Sequence[Link], position: int) -> int:
    """Behind the last link that begins before the position."""
    return bisect_left(links, position, key=lambda link: link[0])


def _readable(runs: Sequence[Run]) -> str:
    """Code says nothing; all else keeps its place."""
    return "".join(PLACE * len(run.text) if ("code", "") in run.marks else run.text for run in runs)


def _place(text: str, spot: Spot) -> Place:
    start, end = spot.start, spot.end
    return Place(text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT])
