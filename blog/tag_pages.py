"""The page of a hashtag, or of up to three: which are meant, and the ways on, none into an empty page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from django.db.models import Count
from django.http import Http404
from django.urls import reverse

from . import hashtag_names
from .models import Article, ArticleHashtag, ArticleQuerySet, Hashtag, HashtagAlias

MOST = 3
CANDIDATES = 50
NEAR = 8
SUBJECTS = 4
FEWEST_TO_SEARCH = 6


@dataclass(frozen=True)
class Way:
    """A link, and how many of the articles are behind it. ``own`` is the page of the hashtag by itself."""

    name: str
    address: str
    count: int
    own: str = ""


def meant(spellings: Sequence[str], now: datetime) -> list[Hashtag]:
    """In the order of their addresses, each once. One that no reader can meet is not there."""
    if len(spellings) > MOST:
        raise Http404("Too many hashtags.")
    public = Hashtag.objects.public(now)
    found = {hashtag.slug: hashtag for hashtag in public.filter(slug__in=spellings)}
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
    rows = public.in_bulk([pk for pk in meant.values() if pk])
    return {one: rows[pk] for one, pk in meant.items() if pk in rows}


def address_of(slugs: Iterable[str]) -> str:
    slugs = sorted(slugs)
    name = "blog:tag-detail" if len(slugs) == 1 else "blog:tag-combination"
    return reverse(name, args=["+".join(slugs)])


def title_of(hashtags: Iterable[Hashtag]) -> str:
    return " + ".join(f"#{hashtag.name}" for hashtag in hashtags)


def articles_with(hashtags: Iterable[Hashtag], now: datetime) -> ArticleQuerySet:
    """Those that carry every one of them."""
    articles = Article.objects.public(now)
    for hashtag in hashtags:
        articles = articles.tagged(hashtag)
    return articles


def narrowing(hashtags: Sequence[Hashtag], articles: ArticleQuerySet) -> list[Way]:
    """One hashtag more, the nearest first: one that is on many articles anyway says little."""
    if len(hashtags) >= MOST:
        return []
    beside = ArticleHashtag.objects.filter(content_object__in=articles.values("pk")).exclude(tag__in=hashtags)
    counted = beside.order_by().values_list("tag").annotate(count=Count("pk"))
    counts = dict(counted.order_by("-count", "tag")[:CANDIDATES])
    # In all, seen by readers or not: it only tells how much each says, and is counted by index alone.
    found: Any = Hashtag.objects.filter(pk__in=counts).defer("description")
    ranked = sorted(
        found.annotate(uses=Count("article_hashtags")),
        key=lambda one: (-counts[one.pk] / one.uses**0.5, -counts[one.pk], one.key),
    )
    slugs = [hashtag.slug for hashtag in hashtags]
    return [
        Way(one.name, address_of([*slugs, one.slug]), counts[one.pk], one.get_absolute_url())
        for one in ranked[:NEAR]
    ]


def broadening(hashtags: Sequence[Hashtag], now: datetime) -> list[Way]:
    """One hashtag less; where even that leaves no article, each by itself."""
    for size in range(len(hashtags) - 1, 0, -1):
        ways = [_fewer(group, now) for group in combinations(hashtags, size)]
        if found := [way for way in ways if way.count]:
            return found
    return []


def _fewer(hashtags: Sequence[Hashtag], now: datetime) -> Way:
    address = address_of(hashtag.slug for hashtag in hashtags)
    return Way(title_of(hashtags), address, articles_with(hashtags, now).count())


def subjects(articles: ArticleQuerySet) -> list[Way]:
    """The roles and certifications that most of the articles are about."""
    found = [way for name in ("roles", "credentials") for way in _about(name, articles)]
    return sorted(found, key=lambda way: -way.count)[:SUBJECTS]


def _about(relation: str, articles: ArticleQuerySet) -> list[Way]:
    model: Any = Article._meta.get_field(relation).related_model
    told = model.objects.public().filter(articles__in=articles.values("pk")).only("name", "slug")
    most = told.annotate(told=Count("articles")).order_by("-told", "name")[:SUBJECTS]
    return [Way(fact.name, fact.get_absolute_url(), fact.told) for fact in most]
