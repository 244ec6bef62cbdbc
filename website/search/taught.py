"""What editors taught the search beyond what the pages themselves say. Other names they give to the pages."""

from collections.abc import Sequence
from typing import Any

from website.models import SearchLesson

from .kinds import KINDS
from .words import Query

MOST = 5  # pages of one query
SHORTEST = 3  # letters of a query that is not typed to its end


def promoted(query: Query, *, is_begun: bool = False) -> Sequence[tuple[str, int]]:
    """Pages to put first for this query: their kind's name and their key. They may be gone by now."""
    if not query.key or query.excluded:
        return []
    lessons = SearchLesson.objects.filter(kind=SearchLesson.Kind.PROMOTE)
    if is_begun and len(query.key) >= SHORTEST:
        lessons = lessons.filter(key__startswith=query.key)
    else:
        lessons = lessons.filter(key=query.key)
    pages: Any = lessons.values_list("target_model", "target_ref").order_by("pk")[:MOST]
    return [(KINDS[label].name, ref) for label, ref in dict.fromkeys(pages) if label in KINDS]


def leads_to(query: Query) -> SearchLesson | None:
    if not query.key or query.excluded:
        return None
    return SearchLesson.objects.filter(kind=SearchLesson.Kind.LEAD, key=query.key).first()
