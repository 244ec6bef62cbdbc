"""The index in SQLite: FTS5 over the columns of words, kept by triggers. Nothing typed becomes SQL."""

from datetime import datetime
from typing import Any

from django.db import connection

from .facets import FACETS
from .words import Query, Term

SAMPLE = """
    SELECT kind, facets FROM (
        SELECT d.kind, d.facets
        FROM website_search JOIN website_searchdocument d ON d.id = website_search.rowid
        WHERE website_search MATCH %(match)s AND d.kind = 'article'
          AND d.visible_from <= %(now)s AND (d.visible_until IS NULL OR d.visible_until > %(now)s)
        ORDER BY d.visible_from DESC LIMIT %(sample)s
    )
    UNION ALL
    SELECT kind, facets FROM (
        SELECT d.kind, d.facets
        FROM website_search JOIN website_searchdocument d ON d.id = website_search.rowid
        WHERE website_search MATCH %(match)s AND d.kind <> 'article'
          AND d.visible_from <= %(now)s AND (d.visible_until IS NULL OR d.visible_until > %(now)s)
        LIMIT %(sample)s
    )
"""
# bm25 is negative and smaller for the better match. A page called exactly what was typed comes first.
FITS = " AND ".join(f"(%({name})s = '' OR instr(d.facets, %({name})s) > 0)" for name in FACETS)
RANK = """
    WITH newest AS (
        SELECT d.id
        FROM website_search JOIN website_searchdocument d ON d.id = website_search.rowid
        WHERE website_search MATCH %(match)s
          AND d.visible_from <= %(now)s AND (d.visible_until IS NULL OR d.visible_until > %(now)s)
          AND (%(kind)s = '' OR d.kind = %(kind)s)
          AND {facets}
        ORDER BY d.visible_from DESC LIMIT %(cap)s
    ), titled AS (
        SELECT rowid AS id FROM website_search WHERE website_search MATCH %(title_match)s LIMIT %(cap)s
    )
    SELECT d.id,
        CASE WHEN instr(d.names, %(name)s) = 1 THEN 200 + d.weight
             WHEN instr(d.names, %(name)s) > 1 THEN 100 + d.weight
             WHEN d.id IN (SELECT id FROM titled) THEN 1
             ELSE 0 END AS named,
        -bm25(website_search, 10, 6, 3, 1) AS relevance
    FROM website_search JOIN website_searchdocument d ON d.id = website_search.rowid
    WHERE website_search MATCH %(match)s
      AND (d.id IN (SELECT id FROM newest) OR d.id IN (SELECT id FROM titled))
      AND d.visible_from <= %(now)s AND (d.visible_until IS NULL OR d.visible_until > %(now)s)
      AND (%(kind)s = '' OR d.kind = %(kind)s)
      AND {facets}
    ORDER BY named DESC, bm25(website_search, 10, 6, 3, 1), d.visible_from DESC, d.id DESC
    LIMIT %(limit)s OFFSET %(offset)s
""".replace("{facets}", FITS)


def parameters(query: Query, now: datetime) -> dict[str, Any]:
    return {
        "match": expression(query),
        "title_match": f"{{title_words}} : ({_wanted(query)})",
        "now": connection.ops.adapt_datetimefield_value(now),
    }


def lock() -> None:
    """Nothing to do: a transaction that writes has SQLite's one write lock from its beginning."""


def expression(query: Query) -> str:
    """FTS5's own language. Every word is letters and digits, quoted all the same."""
    excluded = " OR ".join(_term(term) for term in query.excluded)
    return f"({_wanted(query)}) NOT ({excluded})" if excluded else _wanted(query)


def _wanted(query: Query) -> str:
    return " AND ".join(f"({_term(term)})" for term in query.wanted)


def _term(term: Term) -> str:
    phrases = [f'"{" ".join(phrase)}"' for phrase in term.phrases]
    return " OR ".join([*phrases, f'"{term.prefix}" *'] if term.prefix else phrases)
