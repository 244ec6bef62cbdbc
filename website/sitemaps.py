"""The address book for search engines: every page a reader may see, and when it last changed."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap, views
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog.models import Article, Author, Category, Hashtag

from .public import public_models

FIXED = [
    "blog:home",
    "blog:article-list",
    "blog:category-list",
    "blog:tag-list",
    "blog:series-list",
    "blog:author-list",
    "blog:archive",
    "site-map",
    "careers:home",
    "careers:role-list",
    "careers:skill-list",
    "careers:credential-list",
    "careers:pathway-list",
    "careers:compare",
    "careers:choose",
    "careers:choose-how",
    "careers:change-list",
]
DATES = ("updated_at", "first_published_at")
LISTINGS = {Category, Author}  # public even while they have nothing to list


class FixedPages(Sitemap):
    def items(self) -> list[str]:
        return FIXED

    def location(self, item: str) -> str:
        return reverse(item)


class PublicPages(Sitemap):
    limit = 10_000

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model

    def items(self) -> QuerySet[Any]:
        """Address and date only: with their texts, ten thousand articles would fill the memory."""
        manager: Any = self.model._default_manager
        pages: QuerySet[Any] = manager.public().order_by("pk").only(*self.columns())
        if self.model in LISTINGS:
            return pages.filter(articles__in=Article.objects.public()).distinct()
        return pages.worth_finding() if self.model is Hashtag else pages  # type: ignore[attr-defined]

    def columns(self) -> set[str]:
        return {"slug", *DATES} & {field.name for field in self.model._meta.fields}

    def lastmod(self, item: Any) -> datetime | None:
        """The last change that matters to readers; a listing does not claim to know its own."""
        return next(filter(None, (getattr(item, date, None) for date in DATES)), None)


SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {
    "fixed": FixedPages(),
    **{model._meta.label: PublicPages(model) for model in public_models()},
}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = views.sitemap(request, SITEMAPS)
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Disallow: {reverse('search')}",
        f"Allow: {reverse('search')}$",  # the empty form, and nothing that was asked
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
