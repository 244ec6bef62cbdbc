"""The index in PostgreSQL: a generated tsvector under GIN. Nothing typed becomes SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, connections, router

from website.models import SearchDocument

from .facets import FACETS
from .words import Query, Term

LOCK = 7_305_114  # any number no other lock of this site uses

VISIBLE = "d.visible_from <= %(now)s AND (d.visible_until IS NULL OR d.visible_until > %(now)s)"
FITS = " AND ".join(
    ["(%(kind)s::text = '' OR d.kind = %(kind)s::text)"]
    + [f"(%({name})s::text = '' OR strpos(d.facets, %({name})s::text) > 0)" for name in FACETS]
)
# However many rows have a word, only those written last are looked at, which are nearly the newest. Every
# row also has the word of its thousand (#99), so that the index itself is asked for the last thousands first,
# and for older ones only if it has to be: UNION ALL stops at its limit.
THOUSAND = 1_000
WINDOWS = (2, 2, 4, 8, 16, 32)  # thousands in each; then all that is older
# OFFSET 0 keeps the planner from walking from the newest row backwards, which unpacks the words of each.
_FOUND = f"""
    {{name}} AS MATERIALIZED (
        SELECT * FROM (
            SELECT d.id, d.kind, d.facets, d.visible_from FROM website_searchdocument d
            WHERE d.vector @@ %({{name}})s::tsquery AND {VISIBLE} OFFSET 0
        ) w
        ORDER BY id DESC LIMIT %(sample)s
    )
"""  # noqa: S608 -- of constants only, as below
_NAMES = [f"window_{number}" for number in range(len(WINDOWS) + 1)]
SAMPLE = f"""
    WITH {", ".join(_FOUND.format(name=name) for name in _NAMES)}
    SELECT id, kind, facets
    FROM ({" UNION ALL ".join(f"SELECT * FROM {name}" for name in _NAMES)} LIMIT %(sample)s) r
    ORDER BY visible_from DESC
"""  # noqa: S608
# Each window costs as much as it has thousands, however rare the words are: these are found at once.
SAMPLE_AT_ONCE = f"""
    WITH {_FOUND.format(name="all_rows")}
    SELECT id, kind, facets FROM all_rows ORDER BY visible_from DESC
"""  # noqa: S608
EXPECTED = """
    EXPLAIN (FORMAT JSON)
    SELECT 1 FROM website_searchdocument d WHERE d.vector @@ %(all_rows)s::tsquery"""
FEW = 1_000  # rows, as PostgreSQL expects from its statistics of frequent words
MANY_WINDOWS = 8_000  # rows of the table from which on it is worth to ask
# A title has a small vector with its own index: asking the whole one would read every page found from disk.
# ts_rank with 1 divides by the length of the page. A page called exactly what was typed comes first.
_RELEVANCE = "ts_rank('{0.05, 0.3, 0.6, 1}', d.vector, %(match)s::tsquery, 1)"
RANK = f"""
    WITH candidates AS (
        SELECT unnest(%(newest)s::bigint[]) AS id
        UNION
        (
            SELECT id FROM website_searchdocument
            WHERE title_vector @@ %(title_match)s::tsquery
              AND (vector @@ NULLIF(%(unwanted)s, '')::tsquery) IS NOT TRUE
            LIMIT %(cap)s
        )
    )
    SELECT d.id,
        CASE WHEN strpos(d.names, %(name)s::text) = 1 THEN 200 + d.weight
             WHEN strpos(d.names, %(name)s::text) > 1 THEN 100 + d.weight
             WHEN strpos(d.names, %(core)s::text) > 0 THEN 50 + d.weight
             WHEN d.title_vector @@ %(title_match)s::tsquery THEN 1
             ELSE 0 END AS named,
        {_RELEVANCE} AS relevance
    FROM website_searchdocument d JOIN candidates USING (id)
    WHERE {VISIBLE} AND {FITS}
    ORDER BY named DESC, relevance DESC, d.visible_from DESC, d.id DESC
    LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608
# To rank a page all its words are read from disk: of words that are everywhere, they would say nothing.
RANK_COMMON = RANK.replace(_RELEVANCE, "0.0::real")


# Of one word. What may not be seen is not counted: a word that only such pages have is not known.
NUMBER = f"""
    (SELECT COUNT(*) FROM (
        SELECT 1 FROM website_searchdocument d
        WHERE d.vector @@ {{term}}::tsquery AND {VISIBLE} LIMIT %(most)s
    ) w)
"""  # noqa: S608


def numbers(terms: Sequence[Term], now: datetime) -> tuple[str, dict[str, Any]]:
    asked = {f"term_{n}": _term(term) for n, term in enumerate(terms)}
    each = ", ".join(NUMBER.format(term=f"%({name})s") for name in asked)
    return f"SELECT unnest(ARRAY[{each}])", asked | {"now": now}


def parameters(query: Query, now: datetime) -> dict[str, Any]:
    return {
        "match": expression(query),
        "title_match": _wanted(query),
        "unwanted": " | ".join(f"({_term(term)})" for term in query.excluded),
        "now": now,
    }


def sample(query: Query, last: int, now: datetime) -> tuple[str, dict[str, Any]]:
    """What to ask for the rows that are counted: in either way the same come."""
    asked = expression(query)
    if last >= MANY_WINDOWS and _are_few(asked):
        return SAMPLE_AT_ONCE, {"now": now, "all_rows": asked}
    return SAMPLE, _in_windows(asked, last, now)


def _are_few(asked: str) -> bool:
    with connections[router.db_for_read(SearchDocument)].cursor() as cursor:
        cursor.execute(EXPECTED, {"all_rows": asked})
        ((plan,),) = cursor.fetchall()
    expected: int = plan[0]["Plan"]["Plan Rows"]
    return expected <= FEW


def _in_windows(asked: str, last: int, now: datetime) -> dict[str, Any]:
    windows = zip(_NAMES, _windows(last), strict=True)
    return {"now": now} | {name: window and f"({asked}) & {window}" for name, window in windows}


def _windows(last: int) -> list[str | None]:
    """Tsqueries for stretches of the table, the last written first; together they are all of it.

    None where a table is too small to have any such row: PostgreSQL then does not look.
    """
    newest = last // THOUSAND
    found: list[str | None] = []
    seen: list[str] = []
    for size in WINDOWS:
        first = newest - len(seen)
        words = [f"'#{first - n}'" for n in range(size)]
        found.append(f"({' | '.join(words)})" if first >= 0 else None)
        seen += words
    return [*found, f"!({' | '.join(seen)})" if newest >= len(seen) else None]


def ids(rows: list[int]) -> list[int]:
    return rows


def lock() -> None:
    """One index update at a time, so that the last to write is the last to have read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def expression(query: Query) -> str:
    """A tsquery. Every word is letters and digits, quoted all the same."""
    excluded = "".join(f" & !({_term(term)})" for term in query.excluded)
    return f"{_wanted(query)}{excluded}"


def _wanted(query: Query) -> str:
    return " & ".join(f"({_term(term)})" for term in query.wanted)


def _term(term: Term) -> str:
    phrases = [" <-> ".join(f"'{word}'" for word in phrase) for phrase in term.phrases]
    begun = [f"'{term.prefix}':*"] if term.prefix else []
    return " | ".join(f"({option})" for option in [*phrases, *begun])
