"""Asking the index: which pages, in which order, and what to show of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from types import ModuleType
from typing import Any, NamedTuple

from django.db import connection

from website.models import SearchDocument

from . import facets, postgres, sqlite
from .facets import FACETS, Chosen, Sampled
from .kinds import BY_NAME, Kind
from .lexicon import lexicon
from .passages import Heading, heading_at
from .snippets import Highlighter, Segment
from .taught import promoted
from .words import Query, parse

PER_PAGE = 10
CAP = 500  # pages that are ranked: the newest with the words, and those with all of them in the title
SAMPLE = 1_000  # articles that are counted, the newest; facts are counted as far


@dataclass(frozen=True, slots=True)
class Hit:
    kind: Kind
    ref: int
    url: str
    title: list[Segment]
    snippet: list[Segment]
    published_at: datetime | None
    heading: Heading | None = None
    is_answer: bool = False  # it is the very thing that was asked for


@dataclass(frozen=True, slots=True)
class Asked:
    """The newest pages that answer, and what they are narrowed to."""

    sample: list[Sampled]
    kind: str = ""
    chosen: Chosen = field(default_factory=dict)

    @property
    def is_common(self) -> bool:
        """Whether the words are so common that their rarity says nothing."""
        return len(self.sample) >= SAMPLE

    @property
    def newest(self) -> list[int]:
        chosen = self.chosen | ({"kind": self.kind} if self.kind else {})
        return [one.row for one in self.sample if one.fits(chosen)][:CAP]


class Ranked(NamedTuple):
    """Why a page is where it is: these, in this order, the greater the better; then the newer page."""

    row: int
    # Its title was typed: 200 and its kind's weight. Another name: 100 and the weight. Words of its title: 1.
    named: int
    relevance: float  # the database's own, comparable within one query only


class Explanation(NamedTuple):
    kind: str
    ref: int
    title: str
    named: int
    relevance: float
    visible_from: datetime
    is_promoted: bool


@dataclass(frozen=True)
class Results:
    query: Query
    kind: str
    sample: list[Sampled]
    hits: list[Hit]
    page: int = 1
    chosen: Chosen = field(default_factory=dict)  # facets, without the kind
    corrected: str = ""  # what was looked for, where nothing answered what was typed

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Of each kind, whichever was asked for."""
        return facets.kinds_counted(self.sample, self.chosen)

    @property
    def total(self) -> int:
        return self.counts.get(self.kind, 0) if self.kind else sum(self.counts.values())

    @property
    def is_capped(self) -> bool:
        """Whether there are more pages than were counted."""
        return len(self.sample) >= SAMPLE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def engine() -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgres}[connection.vendor]


def search(
    typed: str, *, kind: str = "", chosen: Chosen | None = None, page: int = 1, now: datetime
) -> Results:
    """What a reader may see at ``now`` that answers ``typed``; the fullest title first, then the newest."""
    query, chosen = parse(typed), chosen or {}
    if not query.wanted:
        return Results(query, kind, [], [])
    asked, sample, corrected = _answerable(query, now)
    refs = _page_of(asked, Asked(sample, kind, chosen), page, now) if sample else []
    documents = SearchDocument.objects.in_bulk(refs)
    highlighter = Highlighter(asked)
    hits = [_hit(documents[ref], highlighter, asked) for ref in refs if ref in documents]
    return Results(replace(asked, text=query.text), kind, sample, hits, page, chosen, corrected)


def _answerable(query: Query, now: datetime) -> tuple[Query, list[Sampled], str]:
    """The question as it was typed if any page answers it, else with its last word begun, or spelt right."""
    known = lexicon(now)
    asked, sample = _counted(known.expanded(query), known.last, now)
    right = "" if sample else known.corrected(query)
    if right:
        asked, sample = _counted(known.expanded(parse(right)), known.last, now)
    return asked, sample, right if sample else ""


def _counted(query: Query, last: int, now: datetime) -> tuple[Query, list[Sampled]]:
    """Whole words if any page has them; else the last word may be the beginning of one."""
    found = sampled(query, last=last, now=now)
    if found or query.widened() == query:
        return query, found
    return query.widened(), sampled(query.widened(), last=last, now=now)


def sampled(query: Query, *, last: int, now: datetime) -> list[Sampled]:
    """What is counted: however many pages have a word, counting them costs the same."""
    rows = _rows(engine().SAMPLE, engine().sample_parameters(query, last, now) | {"sample": SAMPLE})
    return [Sampled(kind, text or "", row) for row, kind, text in rows]


def _page_of(query: Query, asked: Asked, page: int, now: datetime) -> list[int]:
    offset = (page - 1) * PER_PAGE
    refs = [one.row for one in match(query, asked, offset=offset, now=now)]
    first = [] if asked.kind or asked.chosen else _promoted_rows(query, now)
    others = [ref for ref in refs if ref not in first]
    return (first + others)[:PER_PAGE] if page == 1 else others


def _promoted_rows(query: Query, now: datetime) -> list[int]:
    pages = promoted(query)
    if not pages:
        return []
    visible = SearchDocument.objects.visible(now).filter(ref__in=[ref for _, ref in pages])
    found = {(kind, ref): row for row, kind, ref in visible.values_list("pk", "kind", "ref")}
    return [found[page] for page in pages if page in found]


def rows_of(typed: str, *, kind: str, limit: int, now: datetime) -> list[int]:
    """The rows of the index of one kind of page, best first, for who pages through them otherwise."""
    query, sample, _ = _answerable(parse(typed), now)
    asked = Asked(sample, kind, {})
    return [one.row for one in match(query, asked, limit=limit, now=now)] if sample else []


def match(
    query: Query, asked: Asked, *, offset: int = 0, limit: int = PER_PAGE, now: datetime
) -> list[Ranked]:
    """The rows of the index for one page of results, best first."""
    more = {"kind": asked.kind, "name": f"|{query.key}|", "cap": CAP, "limit": limit, "offset": offset}
    more["newest"] = engine().ids(asked.newest)
    needles = {facet: facets.needle(facet, asked.chosen.get(facet, "")) for facet in FACETS}
    rank = engine().RANK_COMMON if asked.is_common else engine().RANK
    rows = _rows(rank, engine().parameters(query, now) | more | needles)
    return [Ranked(*row) for row in rows]


def explain(typed: str, *, kind: str = "", chosen: Chosen | None = None, now: datetime) -> list[Explanation]:
    """For staff: why the first page of results is in this order."""
    query, sample, _ = _answerable(parse(typed), now)
    asked = Asked(sample, kind, chosen or {})
    ranked = {one.row: one for one in match(query, asked, now=now)} if sample else {}
    first = [] if kind or chosen or not sample else _promoted_rows(query, now)
    order = list(dict.fromkeys([*first, *ranked]))[:PER_PAGE]
    documents = SearchDocument.objects.in_bulk(order)
    return [_explained(documents[row], ranked.get(row), is_promoted=row in first) for row in order]


def _explained(document: SearchDocument, ranked: Ranked | None, *, is_promoted: bool) -> Explanation:
    return Explanation(
        document.kind,
        document.ref,
        document.title,
        ranked.named if ranked else 0,
        ranked.relevance if ranked else 0.0,
        document.visible_from,
        is_promoted,
    )


def suggest(typed: str, *, now: datetime) -> list[SearchDocument]:
    """At most ten pages for what was typed so far, its last word taken as begun."""
    known = lexicon(now)
    query = known.expanded(parse(typed)).widened()
    if not query.wanted:
        return []
    asked = Asked(sampled(query, last=known.last, now=now))
    refs = [one.row for one in match(query, asked, now=now)]
    documents = SearchDocument.objects.only("kind", "url", "title").in_bulk(refs)
    found = [documents[ref] for ref in refs if ref in documents]
    begun = query.text.casefold()
    return sorted(found, key=lambda one: not one.title.casefold().startswith(begun))


def _rows(sql: str, parameters: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _hit(document: SearchDocument, highlighter: Highlighter, query: Query) -> Hit:
    passage = highlighter.passage(document.summary, document.body)
    return Hit(
        kind=BY_NAME[document.kind],
        ref=document.ref,
        url=document.url,
        title=highlighter.marked(document.title),
        snippet=passage.segments,
        published_at=document.visible_from if document.kind == "article" else None,
        heading=None if passage.place is None else heading_at(document.headings, passage.place),
        is_answer=document.kind != "article" and f"|{query.key}|" in document.names,
    )
