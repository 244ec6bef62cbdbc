"""What articles are sorted by: hashtags, categories and authors, each with the number of its articles."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Schema

from blog import counting
from blog.models import Author, Category, Hashtag

from .answers import Problem
from .paging import Asked, by_slug
from .shapes import Link, link

router = Router(tags=["Hashtags, categories and authors"])


class SubjectLine(Link):
    """``articles`` is the address of their list."""

    api_url: str
    articles: str
    article_count: int


class HashtagInFull(SubjectLine):
    description: str
    other_names: list[str]


class CategoryInFull(SubjectLine):
    description: str


class OwnPage(Schema):
    label: str
    url: str


class AuthorInFull(SubjectLine):
    short_bio: str
    bio: str
    links: list[OwnPage]


class SubjectPage(Schema):
    items: list[SubjectLine]
    next: str | None = None


LISTED: Any = {200: SubjectPage, 400: Problem}


@router.get("/hashtags", url_name="hashtag-list", response=LISTED, summary="Hashtags by slug")
def hashtag_list(request: HttpRequest, asked: Query[Asked]) -> SubjectPage:
    return _page(request, Hashtag.objects.public(timezone.now()), asked)


@router.get(
    "/hashtags/{slug:slug}",
    url_name="hashtag",
    response={200: HashtagInFull, 404: Problem},
    summary="One hashtag",
)
def hashtag(request: HttpRequest, slug: str) -> HashtagInFull:
    row = _one(Hashtag.objects.public(timezone.now()), slug)
    names = row.other_names()
    return HashtagInFull(**_line(request, row), description=row.description, other_names=names)


@router.get("/categories", url_name="category-list", response=LISTED, summary="Categories by slug")
def category_list(request: HttpRequest, asked: Query[Asked]) -> SubjectPage:
    return _page(request, Category.objects.all(), asked)


@router.get(
    "/categories/{slug:slug}",
    url_name="category",
    response={200: CategoryInFull, 404: Problem},
    summary="One category",
)
def category(request: HttpRequest, slug: str) -> CategoryInFull:
    row = _one(Category.objects.all(), slug)
    return CategoryInFull(**_line(request, row), description=row.description)


@router.get("/authors", url_name="author-list", response=LISTED, summary="Authors by slug")
def author_list(request: HttpRequest, asked: Query[Asked]) -> SubjectPage:
    return _page(request, Author.objects.all(), asked)


@router.get(
    "/authors/{slug:slug}",
    url_name="author",
    response={200: AuthorInFull, 404: Problem},
    summary="One author",
)
def author(request: HttpRequest, slug: str) -> AuthorInFull:
    row = _one(Author.objects.all(), slug)
    pages = [OwnPage(label=own.label, url=own.url) for own in row.links.all()]
    return AuthorInFull(**_line(request, row), short_bio=row.short_bio, bio=row.bio, links=pages)


def _one(rows: QuerySet[Any], slug: str) -> Any:
    (row,) = counting.counted([get_object_or_404(rows, slug=slug)], timezone.now())
    return row


def _page(request: HttpRequest, rows: QuerySet[Any], asked: Asked) -> SubjectPage:
    shown, following = by_slug(request, rows, asked)
    items = [SubjectLine(**_line(request, row)) for row in counting.counted(shown, timezone.now())]
    return SubjectPage(items=items, next=following)


def _line(request: HttpRequest, row: Any) -> dict[str, Any]:
    absolute, noun = request.build_absolute_uri, row._meta.model_name
    return {
        **link(request, row).dict(),
        "api_url": absolute(reverse(f"api:{noun}", args=[row.slug])),
        "articles": absolute(f"{reverse('api:article-list')}?{noun}={row.slug}"),
        "article_count": row.article_count,
    }
