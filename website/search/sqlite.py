"""The index in SQLite: FTS5 over the columns of words, kept by triggers. Nothing typed becomes SQL."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from .facets import FACETS
from .words import Query, Term

VISIBLE = "d.visible_from <= %(now)s AND (d.visible_until IS NULL OR d.visible_until > %(now)s)"
FITS = " AND ".join(
    ["(%(kind)s = '' OR d.kind = %(kind)s)"]
    + [f"(%({name})s = '' OR instr(d.facets, %({name})s) > 0)" for name in FACETS]
)
# However many rows have a word, only those written last are looked at, nearly the newest: its number
# grows with time, and the index hands rows out in that order without sorting. Nothing of them is read but
# what their own index has: left to itself, SQLite would read their texts on the way to their facets.
SAMPLE = f"""
    SELECT d.id, d.kind, d.facets
    FROM (
        SELECT rowid AS id FROM website_search WHERE website_search MATCH %(match)s
        ORDER BY rowid DESC LIMIT %(sample)s
    ) r JOIN website_searchdocument d INDEXED BY website_search_sampled ON d.id = r.id
    WHERE {VISIBLE}
    ORDER BY d.visible_from DESC
"""  # noqa: S608 -- of constants only, as below
CANDIDATES = """
    WITH newest AS (
        SELECT value AS id FROM json_each(%(newest)s)
    ), titled AS (
        SELECT rowid AS id FROM website_search WHERE website_search MATCH %(title_match)s
        ORDER BY rowid DESC LIMIT %(cap)s
    )
"""
NAMED = """
    CASE WHEN instr(d.names, %(name)s) = 1 THEN 200 + d.weight
         WHEN instr(d.names, %(name)s) > 1 THEN 100 + d.weight
         WHEN instr(d.names, %(core)s) > 0 THEN 50 + d.weight
         WHEN d.id IN (SELECT id FROM titled) THEN 1
         ELSE 0 END AS named
"""
# bm25 is negative and smaller for the better match. A page called exactly what was typed comes first.
RANK = f"""
    {CANDIDATES}
    SELECT d.id, {NAMED}, -bm25(website_search, 10, 6, 3, 1) AS relevance
    FROM website_search JOIN website_searchdocument d ON d.id = website_search.rowid
    WHERE website_search MATCH %(match)s
      AND (d.id IN (SELECT id FROM newest) OR d.id IN (SELECT id FROM titled))
      AND {VISIBLE} AND {FITS}
    ORDER BY named DESC, relevance DESC, d.visible_from DESC, d.id DESC
    LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608
# bm25 reads every row that has the words, to know how rare they are: of common ones it would say nothing.
RANK_COMMON = f"""
    {CANDIDATES}
    SELECT d.id, {NAMED}, 0.0 AS relevance
    FROM (SELECT id FROM newest UNION SELECT id FROM titled) c JOIN website_searchdocument d ON d.id = c.id
    WHERE {VISIBLE} AND {FITS}
    ORDER BY named DESC, d.visible_from DESC, d.id DESC
    LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608


# Of one word. What may not be seen is not counted: a word that only such pages have is not known.
NUMBER = f"""
    SELECT COUNT(*) FROM (
        SELECT 1
        FROM website_search s JOIN website_searchdocument d ON d.id = s.rowid
        WHERE website_search MATCH {{term}} AND {VISIBLE} LIMIT %(most)s
    )
"""  # noqa: S608


def numbers(terms: Sequence[Term], now: datetime) -> tuple[str, dict[str, Any]]:
    asked = {f"term_{n}": _term(term) for n, term in enumerate(terms)}
    sql = " UNION ALL ".join(NUMBER.format(term=f"%({name})s") for name in asked)
    return sql, asked | {"now": connection.ops.adapt_datetimefield_value(now)}


def ids(rows: list[int]) -> str:
    return json.dumps(rows)


def parameters(query: Query, now: datetime) -> dict[str, Any]:
    return {
        "match": expression(query),
        "title_match": f"({{title_words}} : ({_wanted(query)})){_unwanted(query)}",
        "now": connection.ops.adapt_datetimefield_value(now),
    }


def sample(query: Query, last: int, now: datetime) -> tuple[str, dict[str, Any]]:
    return SAMPLE, parameters(query, now)


def lock() -> None:
    """Nothing to do: a transaction that writes has SQLite's one write lock from its beginning."""


def expression(query: Query) -> str:
    """FTS5's own language. Every word is letters and digits, quoted all the same."""
    return f"({_wanted(query)}){_unwanted(query)}"


def _unwanted(query: Query) -> str:
    excluded = " OR ".join(_term(term) for term in query.excluded)
    return f" NOT ({excluded})" if excluded else ""


def _wanted(query: Query) -> str:
    return " AND ".join(f"({_term(term)})" for term in query.wanted)


def _term(term: Term) -> str:
    phrases = [f'"{" ".join(phrase)}"' for phrase in term.phrases]
    return " OR ".join([*phrases, f'"{term.prefix}" *'] if term.prefix else phrases)
