"""What editors teach the search beyond what the pages themselves say."""

from collections.abc import Mapping, Sequence

from .words import Query


def expansions(keys: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """For the keys (``words.key``) of words and runs of words in a query: what else they mean."""
    return {}


def promoted(query: Query) -> Sequence[tuple[str, int]]:
    """Pages to put first for this query (``query.key``): their kind's name and their key."""
    return ()
