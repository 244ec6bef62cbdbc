"""What editors taught the search beyond what the pages themselves say. Other names they give to the pages."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import CharField

from blog.models import Hashtag, HashtagMerge
from blog.prepared import Prepared
from website.models import SearchLesson

from .kinds import KINDS
from .words import Query

MOST = 5  # pages of one query
SHORTEST = 3  # letters of a query that is not typed to its end
KEY: Any = CharField()


def promoted(query: Query, *, is_begun: bool = False) -> Sequence[tuple[str, int]]:
    """Pages to put first for this query: their kind's name and their key. They may be gone by now."""
    if not query.key or query.excluded:
        return []
    if is_begun and len(query.key) >= SHORTEST:
        pages = list(_put_first(key__startswith=query.key))
    else:
        pages = _promoted(key=query.key)
    return [(KINDS[label].name, ref) for label, ref in dict.fromkeys(pages) if label in KINDS]


def _put_first(**asked: Any) -> Any:
    lessons = SearchLesson.objects.filter(kind=SearchLesson.Kind.PROMOTE, **asked)
    return lessons.values_list("target_model", "target_ref").order_by("pk")[:MOST]


def _leading(key: Any) -> Any:
    return SearchLesson.objects.filter(kind=SearchLesson.Kind.LEAD, key=key).order_by("pk")[:1]


_promoted: Final = Prepared(SearchLesson, _put_first, key=KEY)
_led: Final = Prepared(SearchLesson, _leading, key=KEY)


def leads_to(query: Query) -> SearchLesson | None:
    if not query.key or query.excluded:
        return None
    return next(iter(_led(key=query.key)), None)


def after_merge(instance: HashtagMerge, **kwargs: Any) -> None:
    """What was taught of the hashtag that is gone is meant of the other; undone, of the first again.

    Where both stood first for one query, the other one does already.
    """
    gone, stays = (
        SearchLesson.objects.filter(target_model=Hashtag._meta.label, target_ref=key)
        for key in (instance.source_ref, instance.target_ref)
    )
    if instance.undone_at is not None:
        stays.filter(pk__in=instance.kept.get("lessons", ())).update(target_ref=instance.source_ref)
        return
    first = stays.filter(kind=SearchLesson.Kind.PROMOTE).values("key")
    moved = gone.exclude(kind=SearchLesson.Kind.PROMOTE, key__in=first)
    instance.kept["lessons"] = list(moved.values_list("pk", flat=True))
    HashtagMerge.objects.filter(pk=instance.pk).update(kept=instance.kept)
    SearchLesson.objects.filter(pk__in=instance.kept["lessons"]).update(target_ref=instance.target_ref)
