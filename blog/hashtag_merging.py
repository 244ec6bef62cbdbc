"""Two hashtags become one: numbers first, then all of it or nothing, and a way back.

Whoever keeps addresses hears of the saved ``HashtagMerge``. Drafts that wait, and old versions, name hashtags
in words: the name of the one that is gone becomes a spelling of the other, and so they mean that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from . import hashtag_names
from .models import Article, ArticleHashtag, Hashtag, HashtagAlias, HashtagMerge, Revision
from .saving import Person

AT_ONCE = 5_000  # rows named in one question; databases have a limit


@dataclass(frozen=True)
class Plan:
    """What a merge would do, in numbers."""

    articles: int
    public: int
    double: int
    waiting: int
    spellings: list[str]


def plan(source: Hashtag, target: Hashtag, *, now: datetime) -> Plan:
    carrying = Article.objects.tagged(source)
    those = ArticleHashtag.objects.filter(tag=source).values("content_object")
    spellings = [source.name, *source.other_names()]
    meaning = set(map(hashtag_names.key_of, spellings))
    return Plan(
        articles=carrying.count(),
        public=carrying.public(now).count(),
        double=ArticleHashtag.objects.filter(tag=target, content_object__in=those).count(),
        waiting=sum(1 for keys in waiting_keys() if keys & meaning),
        spellings=spellings,
    )


def waiting_keys() -> list[set[str]]:
    """Of each draft over a live article, and of changes to come, the hashtags that it names."""
    articles = Article.objects.filter(Q(draft__isnull=False) | Q(scheduled__isnull=False))
    keys = {key for pair in articles.order_by().values_list("draft", "scheduled") for key in pair if key}
    contents = Revision.objects.filter(pk__in=keys).order_by().values_list("content__hashtags", flat=True)
    return [set(map(hashtag_names.key_of, names or ())) for names in contents]


@transaction.atomic
def merge(source: Hashtag, target: Hashtag, *, by: Person | None, now: datetime) -> HashtagMerge:
    """``source`` goes. Raises ValidationError where one of the two has gone already, or they are one."""
    source, target = _both(source, target)
    kept = _kept(source, target)
    done = HashtagMerge.objects.create(
        source_ref=source.pk,
        source_name=source.name,
        target_ref=target.pk,
        target_name=target.name,
        by=by,
        by_name=_name_of(by),
        at=now,
        kept=kept,
    )
    _move_rows(source, target)
    source.aliases.update(hashtag=target)
    source.delete()
    HashtagAlias.objects.create(name=source.name, hashtag=target)
    if kept["description_moved"]:
        target.description = source.description
    target.save()  # also so that search hears of it: it reads the articles anew, too
    return done


def _both(source: Hashtag, target: Hashtag) -> tuple[Hashtag, Hashtag]:
    """As they stand, and nobody else's until we are through; in one order for everyone."""
    if source.pk == target.pk:
        raise ValidationError("A hashtag cannot go into itself.")
    rows = Hashtag.objects.select_for_update().filter(pk__in=[source.pk, target.pk]).order_by("pk")
    found = {hashtag.pk: hashtag for hashtag in rows}
    if len(found) < 2:
        raise ValidationError("One of the two hashtags is gone. Nothing was changed.")
    return found[source.pk], found[target.pk]


def _kept(source: Hashtag, target: Hashtag) -> dict[str, Any]:
    there = set(target.article_hashtags.values_list("content_object", flat=True))
    rows = list(source.article_hashtags.order_by("pk").values_list("pk", "content_object"))
    return {
        "key": source.key,
        "slug": source.slug,
        "description": source.description,
        "description_moved": bool(source.description and not target.description),
        "moved": [pk for pk, article in rows if article not in there],
        "double": [[pk, article] for pk, article in rows if article in there],
        "aliases": list(source.aliases.values_list("pk", flat=True)),
    }


def _move_rows(source: Hashtag, target: Hashtag) -> None:
    rows: Any = ArticleHashtag.objects.filter(tag=source)
    there = ArticleHashtag.objects.filter(tag=target).values("content_object")
    # Not ``delete()``: it would load each row and tell of each, and all of them are told of at the end.
    rows.filter(content_object__in=there)._raw_delete(rows.db)
    rows.update(tag=target)


@transaction.atomic
def undo(done: HashtagMerge, *, by: Person | None, now: datetime) -> Hashtag:
    """Two again; an article that lost the hashtag since gets neither. May raise ValidationError."""
    row = HashtagMerge.objects.select_for_update().filter(pk=done.pk, undone_at=None).first()
    if row is None:
        raise ValidationError("This was taken back already.")
    target = Hashtag.objects.select_for_update().filter(pk=row.target_ref).first()
    if target is None:
        raise ValidationError(f"“{row.target_name}” is gone. Was it merged on? Then take that back first.")
    source = _bring_back(row, target)
    _give_rows_back(row.kept, source, target)
    if row.kept["description_moved"] and target.description == source.description:
        target.description = ""
    target.save()
    row.undone_at, row.undone_by_name = now, _name_of(by)
    row.save()
    return source


def _bring_back(row: HashtagMerge, target: Hashtag) -> Hashtag:
    """Under its old key: others may know it by that."""
    target.aliases.filter(key=row.kept["key"]).delete()
    if taken := Hashtag.objects.all().known([row.kept["key"]]):
        meant = taken[row.kept["key"]].name
        raise ValidationError(f"“{row.source_name}” means “{meant}” by now. Give that another name first.")
    source = Hashtag(pk=row.source_ref, name=row.source_name, description=row.kept["description"])
    if not Hashtag.objects.filter(slug=row.kept["slug"]).exists():
        source.slug = row.kept["slug"]
    source.save(force_insert=True)
    return source


def _give_rows_back(kept: dict[str, Any], source: Hashtag, target: Hashtag) -> None:
    HashtagAlias.objects.filter(pk__in=kept["aliases"], hashtag=target).update(hashtag=source)
    for keys in _parts(kept["moved"]):
        ArticleHashtag.objects.filter(pk__in=keys, tag=target).update(tag=source)
    there = set(target.article_hashtags.values_list("content_object", flat=True))
    ArticleHashtag.objects.bulk_create(
        [
            ArticleHashtag(pk=pk, tag=source, content_object_id=article)
            for pk, article in kept["double"]
            if article in there
        ]
    )


def _parts(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _name_of(person: Person | None) -> str:
    return person.get_username() if person is not None else ""
