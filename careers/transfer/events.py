"""Dated changes, as their data file tells them."""

from .files import Row, day, same
from .nouns import Data


def event(row: Row) -> Data:
    return {
        "key": row["id"],
        **{name: row[name] for name in ("credential", "kind", "certainty")},
        **same(row, "version", "languages", "note", "source", "review_on"),
        **day(row, "on", "happens_on"),
    }
