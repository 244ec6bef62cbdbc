"""When articles last changed, part by part, without a look at each: for the site map."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import F, QuerySet

from .models import Article
from .models.parts import PART, last_changed, part_of
from .prepared import NUMBER, Prepared
from .questions import NOW


def by_parts(now: datetime, size: int = PART) -> Iterator[tuple[int, datetime]]:
    """Each part that has public articles, from 0 on, with the last change of one of them: a question each."""
    asked, begin = _asked(size), 0
    while found := asked(now=now, begin=begin):
        [(part, changed)] = found
        yield part, changed
        begin = part + 1


@lru_cache(maxsize=4)
def _asked(size: int) -> Prepared[tuple[int, datetime]]:
    def make(now: Any, begin: Any) -> QuerySet[Any]:
        rows = Article.objects.public(now).annotate(part=part_of(size), changed=last_changed())
        first = rows.filter(part__gte=begin).order_by("part", F("changed").desc())
        return first.values_list("part", "changed")[:1]

    return Prepared(Article, make, now=NOW, begin=NUMBER)
