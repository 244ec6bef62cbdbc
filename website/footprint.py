"""What readers would miss if articles went: links, old addresses, hashtags, series, subjects."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from blog.models import Article, Hashtag, Series

from .models import Redirect, Signpost

SHOWN = 8
ASKED_AT_ONCE = 100  # SQLite has a limit to how deep a condition may be


@dataclass(frozen=True)
class Footprint:
    linking: list[Article] = field(default_factory=list)  # others, seen by readers
    leading: int = 0  # addresses of other pages, or former ones, by which readers come
    hashtags: list[Hashtag] = field(default_factory=list)  # that no other article has
    series: list[Series] = field(default_factory=list)  # that have one part less, or none
    subjects: list[Any] = field(default_factory=list)  # facts whose pages list them


def footprint(articles: Sequence[Article], *, now: datetime) -> Footprint:
    keys = [article.pk for article in articles]
    return Footprint(
        linking=_linking(articles, now),
        leading=_leading(articles),
        hashtags=list(_left_empty(keys, now)),
        series=list(Series.objects.public(now).filter(parts__article__in=keys).distinct()),
        subjects=[*_subjects("roles", keys), *_subjects("credentials", keys)],
    )


def _linking(articles: Sequence[Article], now: datetime) -> list[Article]:
    others = Article.objects.public(now).exclude(pk__in=[a.pk for a in articles]).only("title")
    found: dict[Article, None] = {}
    for start in range(0, len(articles), ASKED_AT_ONCE):
        asked = Q()
        for article in articles[start : start + ASKED_AT_ONCE]:
            asked |= Q(body_html__contains=f'{article.get_absolute_url()}"')
            asked |= Q(body_html__contains=f"{article.get_absolute_url()}#")
        found |= dict.fromkeys(others.filter(asked))
    return list(found)


def _leading(articles: Sequence[Article]) -> int:
    keys = [article.pk for article in articles]
    tables: list[QuerySet[Any]] = [Redirect.objects.all(), Signpost.objects.all()]
    return sum(rows.filter(target_model="blog.Article", target_ref__in=keys).count() for rows in tables)


def _left_empty(keys: list[int], now: datetime) -> QuerySet[Hashtag]:
    public = Article.objects.public(now).filter(article_hashtags__tag=OuterRef("pk"))
    leaving, staying = public.filter(pk__in=keys), public.exclude(pk__in=keys)
    return Hashtag.objects.filter(Exists(leaving), ~Exists(staying))


def _subjects(relation: str, keys: list[int]) -> list[Any]:
    model: Any = Article._meta.get_field(relation).related_model
    return list(model.objects.public().filter(articles__in=keys).distinct())
