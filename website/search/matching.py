"""Asking the index: which pages, in which order, and what to show of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from types import ModuleType
from typing import Any, Final, NamedTuple

from django.db import connection, connections, router
from django.db.models import BigAutoField

from blog.prepared import Prepared
from website.models import SearchDocument

from . import facets, fewer, postgres, sqlite
from .facets import FACETS, Chosen, Sampled
from .kinds import BY_NAME, Kind
from .lexicon import lexicon
from .passages import Heading, heading_at
from .snippets import Highlighter, Segment
from .taught import promoted
from .words import Query, Term, parse

PER_PAGE = 10
CAP = 500  # pages that are ranked: the newest with the words, and those with all of them in the title
FIELDS = ("title", "keywords", "summary", "body")
WELL_KNOWN = 200  # pages from which on it does not matter how many have a word
SAMPLE = 500  # pages that are counted, the newest: counting is half of what a page of results costs


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
    def narrowed(self) -> Chosen:
        return self.chosen | ({"kind": self.kind} if self.kind else {})

    @property
    def newest(self) -> list[int]:
        return [one.row for one in facets.fitting(self.sample, self.narrowed)[:CAP]]


class Ranked(NamedTuple):
    """Why a page is where it is: these, in this order, the greater the better; then the newer page."""

    row: int
    # Its title was typed: 200 and its kind's weight. Another name: 100 and the weight; either among words
    # that tell nothing: 50 and the weight. Words of its title: 1.
    named: int
    relevance: float  # the database's own, comparable within one query only


class Explanation(NamedTuple):
    kind: str
    ref: int
    url: str
    title: str
    named: int
    relevance: float
    visible_from: datetime
    fields: list[str]  # in which any of the words stand
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
    left_out: tuple[str, ...] = ()  # words that these pages do not all have, where none has all words

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


def _prepared(*columns: str) -> Prepared[SearchDocument]:
    documents = SearchDocument.objects.only(*columns)
    return Prepared(SearchDocument, lambda rows: documents.filter(pk__in=rows), rows=BigAutoField())


_titled: Final = _prepared("kind", "url", "title")
_shown: Final = _prepared(
    "kind", "ref", "url", "title", "summary", "body", "visible_from", "names", "headings"
)


def engine() -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgres}[connection.vendor]


class Reading(NamedTuple):
    """How a question was taken: as typed, or as it is answered."""

    query: Query
    sample: list[Sampled]
    corrected: str = ""
    left_out: tuple[str, ...] = ()


def search(
    typed: str,
    *,
    kind: str = "",
    chosen: Chosen | None = None,
    page: int = 1,
    now: datetime,
    leaves_out: bool = False,
) -> Results:
    """What a reader may see at ``now`` that answers ``typed``; the fullest title first, then the newest.

    ``leaves_out``: where no page has all words, those count that have the better known ones.
    """
    query, chosen = parse(typed), chosen or {}
    if not query.wanted:
        return Results(query, kind, [], [])
    (asked, sample, corrected, left_out), first = _read(query, now, leaves_out=leaves_out)
    refs = _page_of(asked, Asked(sample, kind, chosen), page, now, first) if sample else []
    documents = {one.pk: one for one in _shown(rows=refs)}
    highlighter = Highlighter(asked)
    hits = [_hit(documents[ref], highlighter, asked) for ref in refs if ref in documents]
    shown = replace(asked, text=query.text)
    return Results(shown, kind, sample, hits, page, chosen, corrected, left_out)


def _read(query: Query, now: datetime, *, leaves_out: bool) -> tuple[Reading, list[Sampled]]:
    """The question that is answered, and what editors put first for it as typed, or else as answered."""
    read = _answerable(query, now)
    first = _promoted_rows(query, now)
    if leaves_out and not (read.sample or first) and len(query.wanted) > 1:
        read = _with_fewer_words(query, now)
    if not first and (read.corrected or read.left_out):
        first = _promoted_rows(read.query, now)
    return read._replace(sample=_with(read.sample, first)), first


def _with_fewer_words(query: Query, now: datetime) -> Reading:
    """In at most three attempts, with whole words only: the cost has a limit however many there are."""
    known = lexicon(now)
    right = known.corrected(query)
    asked = parse(right) if right else query
    terms = [known.expanded(one).terms[0] for one in fewer.alone(asked)]
    numbers = _numbers(terms, now) if terms else []
    for left_out in fewer.ways(asked, numbers, known.stems):
        tried = known.expanded(asked.without(left_out))
        if sample := sampled(tried, last=known.last, now=now):
            return Reading(tried, sample, left_out=fewer.as_typed(asked.text, left_out))
    return Reading(query, [])


def _numbers(terms: Sequence[Term], now: datetime) -> list[int]:
    """How many pages that readers may see have each, up to a number at which it is well known."""
    sql, parameters = engine().numbers(terms, now)
    return [number for (number,) in _rows(sql, parameters | {"most": WELL_KNOWN})]


def _answerable(query: Query, now: datetime) -> Reading:
    """The question as it was typed if any page answers it, else with its last word begun, or spelt right."""
    known = lexicon(now)
    asked, sample = _counted(known.expanded(query), known.last, now)
    right = "" if sample else known.corrected(query)
    if right:
        asked, sample = _counted(known.expanded(parse(right)), known.last, now)
    return Reading(asked, sample, right if sample else "")


def _counted(query: Query, last: int, now: datetime) -> tuple[Query, list[Sampled]]:
    """Whole words if any page has them; else the last word may be the beginning of one."""
    found = sampled(query, last=last, now=now)
    if found or query.widened() == query:
        return query, found
    return query.widened(), sampled(query.widened(), last=last, now=now)


def sampled(query: Query, *, last: int, now: datetime) -> list[Sampled]:
    """What is counted: however many pages have a word, counting them costs the same."""
    sql, parameters = engine().sample(query, last, now)
    rows = _rows(sql, parameters | {"sample": SAMPLE})
    return [Sampled(kind, text or "", row) for row, kind, text in rows]


def _page_of(query: Query, asked: Asked, page: int, now: datetime, first: list[Sampled]) -> list[int]:
    """What editors put first is counted from the top again on each page, so that no page repeats or omits."""
    start = (page - 1) * PER_PAGE
    if not first:
        return [one.row for one in match(query, asked, offset=start, now=now)]
    rows = [one.row for one in match(query, asked, limit=start + PER_PAGE, now=now)]
    pinned = [one.row for one in facets.fitting(first, asked.narrowed)]
    order = [*rows, *pinned] if asked.narrowed else [*pinned, *rows]
    return list(dict.fromkeys(order))[start : start + PER_PAGE]


def _promoted_rows(query: Query, now: datetime, *, is_begun: bool = False) -> list[Sampled]:
    """Only those that readers may see."""
    pages = promoted(query, is_begun=is_begun)
    if not pages:
        return []
    visible = SearchDocument.objects.visible(now).filter(ref__in=[ref for _, ref in pages])
    rows = visible.values_list("pk", "kind", "ref", "facets")
    found = {(kind, ref): Sampled(kind, text or "", row) for row, kind, ref, text in rows}
    return [found[page] for page in pages if page in found]


def _with(sample: list[Sampled], first: list[Sampled]) -> list[Sampled]:
    """They may lack the very words, and count all the same."""
    known = {one.row for one in sample}
    return [*sample, *(one for one in first if one.row not in known)]


def rows_of(typed: str, *, kind: str, limit: int, now: datetime) -> list[int]:
    """The rows of the index of one kind of page, best first, for who pages through them otherwise."""
    query, sample, *_ = _answerable(parse(typed), now)
    asked = Asked(sample, kind, {})
    return [one.row for one in match(query, asked, limit=limit, now=now)] if sample else []


def match(
    query: Query, asked: Asked, *, offset: int = 0, limit: int = PER_PAGE, now: datetime
) -> list[Ranked]:
    """The rows of the index for one page of results, best first."""
    more = {
        "kind": asked.kind,
        "name": f"|{query.key}|",
        "core": f"|{query.core or query.key}|",
        "cap": CAP,
        "limit": limit,
        "offset": offset,
    }
    more["newest"] = engine().ids(asked.newest)
    needles = {facet: facets.needle(facet, asked.chosen.get(facet, "")) for facet in FACETS}
    rank = engine().RANK_COMMON if asked.is_common else engine().RANK
    rows = _rows(rank, engine().parameters(query, now) | more | needles)
    return [Ranked(*row) for row in rows]


def explain(typed: str, *, now: datetime) -> tuple[Query, list[Explanation]]:
    """For staff: how the query was read, and why the first page of results is in this order."""
    typed_query = parse(typed)
    if not typed_query.wanted:
        return typed_query, []
    (query, sample, *_), first = _read(typed_query, now, leaves_out=True)
    asked = Asked(sample)
    ranked = {one.row: one for one in match(query, asked, now=now)} if asked.sample else {}
    pinned = [one.row for one in first]
    order = list(dict.fromkeys([*pinned, *ranked]))[:PER_PAGE]
    documents = SearchDocument.objects.in_bulk(order)
    found = [
        _explained(documents[row], query, ranked.get(row), is_promoted=row in pinned)
        for row in order
        if row in documents
    ]
    return query, found


def _explained(
    document: SearchDocument, query: Query, ranked: Ranked | None, *, is_promoted: bool
) -> Explanation:
    return Explanation(
        document.kind,
        document.ref,
        document.url,
        document.title,
        ranked.named if ranked else 0,
        ranked.relevance if ranked else 0.0,
        document.visible_from,
        [name for name in FIELDS if _has_any(getattr(document, f"{name}_words"), query)],
        is_promoted,
    )


def _has_any(words: str, query: Query) -> bool:
    text = f" {words} "
    begun = any(f" {term.prefix}" in text for term in query.wanted if term.prefix)
    return begun or any(f" {' '.join(phrase)} " in text for term in query.wanted for phrase in term.phrases)


def suggest(typed: str, *, now: datetime) -> list[SearchDocument]:
    """At most ten pages for what was typed so far, its last word taken as begun."""
    known, asked = lexicon(now), parse(typed)
    query = known.expanded(asked).widened()
    if not query.wanted:
        return []
    first = [one.row for one in _promoted_rows(asked, now, is_begun=True)]
    among = Asked(sampled(query, last=known.last, now=now))
    found = titles([one.row for one in match(query, among, now=now)])
    begun = query.text.casefold()
    found.sort(key=lambda one: not one.title.casefold().startswith(begun))
    return [*titles(first), *(one for one in found if one.pk not in first)][:PER_PAGE]


def titles(rows: Sequence[int]) -> list[SearchDocument]:
    """These rows of the index, in their order, without the texts."""
    documents = {one.pk: one for one in _titled(rows=list(rows))}
    return [documents[row] for row in rows if row in documents]


def _rows(sql: str, parameters: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connections[router.db_for_read(SearchDocument)].cursor() as cursor:
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
        is_answer=document.kind != "article" and f"|{query.core or query.key}|" in document.names,
    )
