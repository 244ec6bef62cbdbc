"""The index in PostgreSQL: a generated tsvector under GIN. Nothing typed becomes SQL."""

from datetime import datetime
from typing import Any

from django.db import connection

from .facets import FACETS
from .words import Query, Term

LOCK = 7_305_114  # any number no other lock of this site uses

SAMPLE = """
    WITH visible AS NOT MATERIALIZED (
        SELECT kind, facets, visible_from
        FROM website_searchdocument
        WHERE vector @@ %(match)s::tsquery
          AND visible_from <= %(now)s AND (visible_until IS NULL OR visible_until > %(now)s)
    )
    (SELECT kind, facets FROM visible WHERE kind = 'article' ORDER BY visible_from DESC LIMIT %(sample)s)
    UNION ALL
    (SELECT kind, facets FROM visible WHERE kind <> 'article' LIMIT %(sample)s)
"""
# A title has a small vector of its own: asking the whole one would read every page found from disk.
# ts_rank with 1 divides by the length of the page. A page called exactly what was typed comes first.
FITS = " AND ".join(f"(%({n})s::text = '' OR strpos(facets, %({n})s::text) > 0)" for n in FACETS)
RANK = """
    WITH visible AS NOT MATERIALIZED (
        SELECT *
        FROM website_searchdocument
        WHERE vector @@ %(match)s::tsquery
          AND visible_from <= %(now)s AND (visible_until IS NULL OR visible_until > %(now)s)
          AND (%(kind)s::text = '' OR kind = %(kind)s::text)
          AND {facets}
    ), candidates AS (
        (SELECT id FROM visible ORDER BY visible_from DESC LIMIT %(cap)s)
        UNION
        (SELECT id FROM visible WHERE title_vector @@ %(title_match)s::tsquery LIMIT %(cap)s)
    )
    SELECT id,
        CASE WHEN strpos(names, %(name)s::text) = 1 THEN 200 + weight
             WHEN strpos(names, %(name)s::text) > 1 THEN 100 + weight
             WHEN title_vector @@ %(title_match)s::tsquery THEN 1
             ELSE 0 END AS named,
        ts_rank('{0.05, 0.3, 0.6, 1}', vector, %(match)s::tsquery, 1) AS relevance
    FROM website_searchdocument JOIN candidates USING (id)
    ORDER BY named DESC, relevance DESC, visible_from DESC, id DESC
    LIMIT %(limit)s OFFSET %(offset)s
""".replace("{facets}", FITS)


def parameters(query: Query, now: datetime) -> dict[str, Any]:
    return {"match": expression(query), "title_match": _wanted(query), "now": now}


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
