"""Asking the index: which pages, in which order, and what to show of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from typing import Any

from django.db import connection

from website.models import SearchDocument

from . import postgres, sqlite
from .kinds import BY_NAME, Kind
from .snippets import Highlighter, Segment
from .words import Query, parse

PER_PAGE = 10
CAP = 500  # pages that are ranked: the newest with the words, and those with all of them in the title


@dataclass(frozen=True, slots=True)
class Hit:
    kind: Kind
    ref: int
    url: str
    title: list[Segment]
    snippet: list[Segment]
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Results:
    query: Query
    kind: str
    counts: dict[str, int]  # of each kind, whichever was asked for
    hits: list[Hit]
    page: int = 1

    @property
    def total(self) -> int:
        return self.counts.get(self.kind, 0) if self.kind else sum(self.counts.values())

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def engine() -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgres}[connection.vendor]


def search(typed: str, *, kind: str = "", page: int = 1, now: datetime) -> Results:
    """What a reader may see at ``now`` that answers ``typed``; the fullest title first, then the newest."""
    query = parse(typed)
    if not query.wanted:
        return Results(query, kind, {}, [])
    query, counts = _counted(query, now)
    refs = match(query, kind=kind, offset=(page - 1) * PER_PAGE, now=now) if counts else []
    documents = SearchDocument.objects.in_bulk(refs)
    highlighter = Highlighter(query)
    hits = [_hit(documents[ref], highlighter) for ref in refs if ref in documents]
    return Results(query, kind, counts, hits, page)


def _counted(query: Query, now: datetime) -> tuple[Query, dict[str, int]]:
    """Whole words if any page has them; else the last word may be the beginning of one."""
    counts = count(query, now=now)
    if counts or query.widened() == query:
        return query, counts
    return query.widened(), count(query.widened(), now=now)


def count(query: Query, *, now: datetime) -> dict[str, int]:
    return dict(_rows(engine().COUNT, engine().parameters(query, now)))


def match(
    query: Query, *, kind: str = "", offset: int = 0, limit: int = PER_PAGE, now: datetime
) -> list[int]:
    """The rows of the index for one page of results, best first."""
    asked = {"kind": kind, "name": f"|{query.key}|", "cap": CAP, "limit": limit, "offset": offset}
    return [ref for (ref,) in _rows(engine().RANK, engine().parameters(query, now) | asked)]


def _rows(sql: str, parameters: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _hit(document: SearchDocument, highlighter: Highlighter) -> Hit:
    return Hit(
        kind=BY_NAME[document.kind],
        ref=document.ref,
        url=document.url,
        title=highlighter.marked(document.title),
        snippet=highlighter.snippet(document.summary, document.body),
        published_at=document.visible_from if document.kind == "article" else None,
    )
