"""The page of a hashtag, or of up to three: which are meant, and the ways on, none into an empty page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404

from . import counting, hashtag_names
from .models import ArticleHashtag, Hashtag, HashtagAlias
from .models.paths import path_of
from .models.visibility import visible
from .prepared import Prepared
from .questions import CREDENTIAL, KEY, NOW, ROLE, SLUG

MOST = 3
LOOKED_AT = 300  # articles, for what else they carry and what they are about
LATEST = 100  # articles, where there are more: as good as all of them for which are the most
CANDIDATES = 50
NEAR = 8
SUBJECTS = 4
FEWEST_TO_SEARCH = 6


@dataclass(frozen=True)
class Way:
    """A link, and how many of the articles are behind it, if they were counted.

    ``own`` is the page of the hashtag by itself. ``are_more``: there are more articles than ``count``.
    """

    name: str
    address: str
    count: int | None
    own: str = ""
    are_more: bool = False


def meant(spellings: Sequence[str], now: datetime) -> list[Hashtag]:
    """In the order of their addresses, each once, with its ``article_count``. One that no reader can meet is
    not there."""
    if len(spellings) > MOST:
        raise Http404("Too many hashtags.")
    called = counting.counted(_called(slugs=list(spellings)), now)
    found = {hashtag.slug: hashtag for hashtag in called if hashtag.article_count}
    if others := set(spellings) - found.keys():
        found |= _by_other_names(others, now)
    if found.keys() < set(spellings):
        raise Http404("There is no such hashtag.")
    return sorted({found[one] for one in spellings}, key=lambda hashtag: hashtag.slug)


def _by_other_names(spellings: Iterable[str], now: datetime) -> dict[str, Hashtag]:
    """Other spellings of a name, aliases, and what an alias reads like in an address: c-sharp is C#."""
    public = Hashtag.objects.public(now)
    aliases = HashtagAlias.objects.filter(hashtag__in=public).values_list("name", "key", "hashtag")
    known: dict[str, int] = {}
    for name, key, hashtag in aliases:
        known |= {hashtag_names.slug_for(name): hashtag, key: hashtag}
    keys = {one: hashtag_names.key_of(one) for one in spellings}
    known |= dict(public.filter(key__in=keys.values()).values_list("key", "pk"))
    meant = {one: known.get(one) or known.get(key) for one, key in keys.items()}
    found = public.filter(pk__in=[pk for pk in meant.values() if pk])
    rows = {hashtag.pk: hashtag for hashtag in counting.counted(found, now)}
    return {one: rows[pk] for one, pk in meant.items() if pk in rows}


def names_of(hashtag: Hashtag) -> list[str]:
    """Its own and the others."""
    return [hashtag.name, *_other_names(hashtag=hashtag.pk)]


def address_of(slugs: Iterable[str]) -> str:
    slugs = sorted(slugs)
    name = "blog:tag-detail" if len(slugs) == 1 else "blog:tag-combination"
    return path_of(name, "+".join(slugs))


def title_of(hashtags: Iterable[Hashtag]) -> str:
    return " + ".join(f"#{hashtag.name}" for hashtag in hashtags)


def newest_of(hashtags: Sequence[Hashtag], count: int, now: datetime) -> list[int]:
    """More than one page of them, the latest written first, as the index of the first hashtag has them."""
    return (_newest if _are_counted(count) else _latest)(now=now, **counting.by_place(hashtags))


def _are_counted(count: int) -> bool:
    """Of so many articles that only the newest are looked at, nothing is claimed."""
    return count <= LOOKED_AT


def _carrying(most: int, now: Any, first: Any, **others: Any) -> Any:
    rows = ArticleHashtag.objects.filter(visible(now, of="content_object__"), tag__pk=first)
    for other in others.values():
        also = ArticleHashtag.objects.filter(tag__pk=other, content_object=OuterRef("content_object"))
        rows = rows.filter(Exists(also))
    return rows.order_by("-content_object_id").values_list("content_object_id", flat=True)[:most]


def _named(hashtag: Any) -> Any:
    return HashtagAlias.objects.filter(hashtag__pk=hashtag).values_list("name", flat=True)


_newest: Prepared[int] = Prepared(
    ArticleHashtag, lambda **these: _carrying(LOOKED_AT, **these), now=NOW, first=KEY, second=KEY, third=KEY
)
_latest: Prepared[int] = Prepared(
    ArticleHashtag, lambda **these: _carrying(LATEST, **these), now=NOW, first=KEY, second=KEY, third=KEY
)
_called = Prepared(Hashtag, lambda slugs: Hashtag.objects.filter(slug__in=slugs), slugs=SLUG)


_other_names: Prepared[str] = Prepared(HashtagAlias, _named, hashtag=KEY)


def narrowing(hashtags: Sequence[Hashtag], newest: Sequence[int], count: int, now: datetime) -> list[Way]:
    """One hashtag more, the nearest first: one that is on many articles anyway says little."""
    if len(hashtags) >= MOST:
        return []
    found = _beside(articles=list(newest), hashtags=[hashtag.pk for hashtag in hashtags])
    everywhere = counting.uses_lately(now)
    found.sort(key=lambda row: -row[3] / max(everywhere[row[0]], row[3]) ** 0.5)
    slugs = [hashtag.slug for hashtag in hashtags]
    return [
        Way(name, address_of([*slugs, slug]), _told(number, count), address_of([slug]))
        for _, name, slug, number in found[:NEAR]
    ]


def _told(number: int, count: int) -> int | None:
    return number if _are_counted(count) else None


def broadening(hashtags: Sequence[Hashtag], now: datetime) -> list[Way]:
    """One hashtag less; where even that leaves no article, each by itself."""
    for size in range(len(hashtags) - 1, 0, -1):
        ways = [_fewer(group, now) for group in combinations(hashtags, size)]
        if found := [way for way in ways if way.count]:
            return found
    return []


def _fewer(hashtags: Sequence[Hashtag], now: datetime) -> Way:
    address = address_of(hashtag.slug for hashtag in hashtags)
    number = counting.number_with(counting.rarest_first(hashtags), now)
    return Way(title_of(hashtags), address, number.value, are_more=not number.is_all)


def subjects(newest: Sequence[int], count: int) -> list[Way]:
    """The roles and certifications that most of the articles are about."""
    facts = [fact for about in _about for fact in about(articles=list(newest))]
    found = [Way(fact.name, fact.get_absolute_url(), fact.told) for fact in facts]
    most = sorted(found, key=lambda way: -(way.count or 0))[:SUBJECTS]
    return [replace(way, count=_told(way.count or 0, count)) for way in most]


def _most_told(model: Any) -> Prepared[Any]:
    def make(articles: Any) -> QuerySet[Any]:
        told = model.objects.public().filter(articles__pk__in=articles).only("name", "slug")
        found: QuerySet[Any] = told.annotate(told=Count("articles")).order_by("-told", "name")[:SUBJECTS]
        return found

    return Prepared(model, make, articles=KEY)


def _carried_beside(articles: Any, hashtags: Any) -> Any:
    beside = ArticleHashtag.objects.filter(content_object__pk__in=articles)
    rows = beside.exclude(tag__pk__in=hashtags).values_list("tag", "tag__name", "tag__slug")
    return rows.annotate(count=Count("pk")).order_by("-count", "tag__key")[:CANDIDATES]


_about = [_most_told(ROLE), _most_told(CREDENTIAL)]
_beside = Prepared(ArticleHashtag, _carried_beside, articles=KEY, hashtags=KEY)
