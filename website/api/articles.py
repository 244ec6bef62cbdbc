"""Articles: light in the list, and in full with their text as readers have it today."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from blog import usage
from blog.models import Article, ArticleHashtag, ArticleQuerySet
from blog.rendering import show_body
from careers.models import Credential, Provider, Role, Skill
from website.feeds.content import read_elsewhere
from website.twins import twin_address

from .answers import Problem
from .paging import Asked, Since, Slug, newest_first
from .shapes import Link, link, links, url_of

router = Router(tags=["Articles"])


class AskedArticles(Asked):
    hashtag: Slug = Field("", description="That carry this hashtag.")
    category: Slug = Field("", description="In this category.")
    author: Slug = Field("", description="By this author.")
    role: Slug = Field("", description="That tell of this role.")
    certification: Slug = Field("", description="That tell of this certification.")
    skill: Slug = Field("", description="That tell of this skill.")
    provider: Slug = Field("", description="That tell of this provider.")
    series: Slug = Field("", description="That are parts of this series.")
    updated_after: Since = Field(
        None,
        description="Published since, or changed since in a major way (see “updated_at”):"
        " 2026-01-31, or with a time.",
    )


class Picture(Schema):
    url: str
    alt: str


class ArticleLine(Schema):
    slug: str
    title: str
    summary: str
    url: str
    api_url: str
    markdown_url: str
    published_at: datetime
    updated_at: datetime
    reading_minutes: int
    category: Link
    authors: list[Link]
    hashtags: list[Link]
    picture: Picture | None


class ArticleInFull(ArticleLine):
    body_html: str
    words: int
    canonical_url: str
    roles: list[Link]
    certifications: list[Link]


class ArticlePage(Schema):
    items: list[ArticleLine]
    next: str | None = None


@router.get(
    "",
    url_name="article-list",
    response={200: ArticlePage, 400: Problem},
    summary="Articles, the newest first",
)
def article_list(request: HttpRequest, asked: Query[AskedArticles]) -> ArticlePage:
    rows = _wanted(asked, Article.objects.public(timezone.now()))
    shown, following = newest_first(request, _with_hashtags(rows.bylined().without_texts()), asked)
    return ArticlePage(items=[ArticleLine(**_line(request, row)) for row in shown], next=following)


@router.get(
    "/{slug:slug}",
    url_name="article",
    response={200: ArticleInFull, 404: Problem},
    summary="One article with its text",
)
def article(request: HttpRequest, slug: str) -> ArticleInFull:
    now = timezone.now()
    rows = Article.objects.public(now).bylined().defer("body", "plain_text")
    row = get_object_or_404(_with_hashtags(rows), slug=slug)
    shown = show_body(row.body_html, row.contents, on=timezone.localdate(now))
    page = url_of(request, row)
    return ArticleInFull(
        **_line(request, row),
        body_html=read_elsewhere(shown.html, page=page),
        words=row.word_count,
        canonical_url=row.canonical_url or page,
        roles=links(request, row.roles.public()),
        certifications=links(request, row.credentials.public()),
    )


def _with_hashtags(rows: ArticleQuerySet) -> ArticleQuerySet:
    in_their_order = ArticleHashtag.objects.select_related("tag").order_by("pk")
    return rows.prefetch_related(Prefetch("article_hashtags", in_their_order))


def _wanted(asked: AskedArticles, rows: ArticleQuerySet) -> ArticleQuerySet:
    if asked.hashtag:
        rows = rows.filter(article_hashtags__tag__slug=asked.hashtag)
    if asked.category:
        rows = rows.filter(category__slug=asked.category)
    if asked.author:
        rows = rows.filter(bylines__author__slug=asked.author)
    if asked.series:
        rows = rows.filter(series_part__series__slug=asked.series)
    for slug, model in _facts(asked):
        if slug:
            rows = _telling_of(model.objects.public().filter(slug=slug), rows)
    if since := asked.updated_after:
        rows = rows.filter(Q(published_at__gt=since) | Q(updated_at__gt=since))
    return rows


def _facts(asked: AskedArticles) -> list[tuple[str, Any]]:
    return [
        (asked.role, Role),
        (asked.certification, Credential),
        (asked.skill, Skill),
        (asked.provider, Provider),
    ]


def _telling_of(facts: QuerySet[Any], rows: ArticleQuerySet) -> ArticleQuerySet:
    fact = facts.first()
    return rows.filter(usage.telling_of(fact)) if fact else rows.none()


def _line(request: HttpRequest, row: Article) -> dict[str, Any]:
    absolute = request.build_absolute_uri
    published_at = row.published_at or row.created_at
    return {
        "slug": row.slug,
        "title": row.title,
        "summary": row.summary,
        "url": url_of(request, row),
        "api_url": absolute(reverse("api:article", args=[row.slug])),
        "markdown_url": absolute(twin_address(row.get_absolute_url())),
        "published_at": published_at,
        "updated_at": max(published_at, row.updated_at or published_at),
        "reading_minutes": row.reading_minutes,
        "category": link(request, row.category),
        "authors": links(request, (byline.author for byline in row.bylines.all())),
        "hashtags": links(request, (joined.tag for joined in row.article_hashtags.all())),
        "picture": _picture(request, row),
    }


def _picture(request: HttpRequest, row: Article) -> Picture | None:
    if row.cover is None:
        return None
    address = request.build_absolute_uri(row.cover.sources.fallback)
    return Picture(url=address, alt=row.cover_alt or row.cover.alt)
