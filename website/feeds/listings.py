"""The listings that can be subscribed to: each by the parts of its address, as readers see it at ``now``."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from blog import archive, counting, places, tag_pages, usage
from blog.listings import Keys, keys_of
from blog.models import Article, ArticleQuerySet, Author, Category, Series
from careers import directory
from careers.models import Credential, Provider, Role, Skill, Technology
from website.models import SearchDocument
from website.search.matching import CAP, rows_of
from website.search.words import parse

# As in the address of a page: nothing that a database would refuse to look for.
UP_TO_THREE = re.compile(r"[-\w]+(\+[-\w]+){0,2}", re.ASCII)


@dataclass(frozen=True)
class Listing:
    """``key`` names it for good, whatever becomes of its address; of a search, together with ``query``."""

    key: str
    title: str
    page: str
    keys: Keys  # of the articles
    count: int
    description: str = ""
    query: str = ""


Find = Callable[..., Listing]


def everything(now: datetime, asked: QueryDict) -> Listing:
    page = reverse("blog:article-list")
    return Listing("articles", "All articles", page, places.of_all(now), counting.number(now))


def of_category(now: datetime, asked: QueryDict, slug: str) -> Listing:
    category = get_object_or_404(Category, slug=slug)
    count = counting.count_of(category, now)
    return _of(category, places.of_category(category, now), count, category.description)


def by_author(now: datetime, asked: QueryDict, slug: str) -> Listing:
    author = get_object_or_404(Author, slug=slug)
    count = counting.count_of(author, now)
    return _of(author, places.of_author(author, count, now), count, author.short_bio)


def about_role(now: datetime, asked: QueryDict, slug: str) -> Listing:
    role = get_object_or_404(Role.objects.public(), slug=slug)
    articles = Article.objects.public(now).filter(usage.telling_of(role))
    return _of(role, *_asked(articles), role.main_focus)


def about_credential(now: datetime, asked: QueryDict, slug: str) -> Listing:
    credential = get_object_or_404(Credential.objects.public().with_exams(), slug=slug)
    # No list has what is retired.
    is_listed = not directory.entry(credential, on=timezone.localdate(now)).is_retired
    return _about(credential, now, in_lists=is_listed)


def about_skill(now: datetime, asked: QueryDict, slug: str) -> Listing:
    return _about(get_object_or_404(Skill.objects.public(), slug=slug), now)


def about_technology(now: datetime, asked: QueryDict, slug: str) -> Listing:
    return _about(get_object_or_404(Technology.objects.public(), slug=slug), now)


def about_provider(now: datetime, asked: QueryDict, slug: str) -> Listing:
    return _about(get_object_or_404(Provider.objects.public(), slug=slug), now)


def _about(fact: Any, now: datetime, *, in_lists: bool = True) -> Listing:
    telling = usage.telling_of(fact, in_lists=in_lists)
    return _of(fact, *_asked(Article.objects.public(now).filter(telling)), fact.summary)


def _asked(articles: ArticleQuerySet) -> tuple[Keys, int]:
    return keys_of(articles), articles.count()


def _of(row: Any, keys: Keys, count: int, description: str) -> Listing:
    key = f"{row._meta.model_name}:{row.pk}"
    return Listing(key, str(row), row.get_absolute_url(), keys, count, description)


def of_series(now: datetime, asked: QueryDict, slug: str) -> Listing:
    series = get_object_or_404(Series.objects.public(now), slug=slug)
    articles = Article.objects.public(now).filter(series_part__series=series)
    return _of(series, *_asked(articles), series.description)


def with_hashtags(now: datetime, asked: QueryDict, slug: str) -> Listing:
    """Of one hashtag, or of the articles that carry each of up to three: ``ai+python``."""
    if not UP_TO_THREE.fullmatch(slug):
        raise Http404("Not the names of up to three hashtags.")
    hashtags = tag_pages.meant(slug.split("+"), now)
    count = counting.number_with(counting.rarest_first(hashtags), now).value
    return Listing(
        key="hashtags:" + "+".join(str(pk) for pk in sorted(hashtag.pk for hashtag in hashtags)),
        title=tag_pages.title_of(hashtags),
        page=tag_pages.address_of(hashtag.slug for hashtag in hashtags),
        keys=places.of_hashtags(hashtags, count, now),
        count=count,
        description=hashtags[0].description if len(hashtags) == 1 else "",
    )


def of_year(now: datetime, asked: QueryDict, year: int) -> Listing:
    articles = Article.objects.public(now).published_between(*archive.year_span(year))
    return _of_time(f"year:{year}", str(year), reverse("blog:archive-year", args=[year]), articles)


def of_month(now: datetime, asked: QueryDict, year: int, month: int) -> Listing:
    span = archive.month_span(year, month)
    articles = Article.objects.public(now).published_between(*span)
    page = reverse("blog:archive-month", args=[year, month])
    return _of_time(f"month:{year}-{month}", date_format(span[0], "F Y"), page, articles)


def _of_time(key: str, name: str, page: str, articles: ArticleQuerySet) -> Listing:
    keys, count = _asked(articles)
    if not count:
        raise Http404("Nothing was published then.")
    return Listing(key, f"Articles of {name}", page, keys, count)


def found_by_search(now: datetime, asked: QueryDict) -> Listing:
    """The newest of the articles that answer; what else answers has no date to come by."""
    words = parse(asked.get("q", ""))
    keys = rows_of(words.text, kind="article", limit=CAP, now=now) if words.wanted else []
    found = list(SearchDocument.objects.filter(pk__in=keys).values_list("ref", flat=True))
    listed, count = _asked(Article.objects.public(now).filter(pk__in=found))
    return Listing(
        key="search",
        title=f"Search: {words.text}" if words.text else "Search",
        page=reverse("search"),
        keys=listed,
        count=count,
        query=f"?{urlencode({'q': words.text})}" if words.text else "",
    )
