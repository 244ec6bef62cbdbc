"""The address book for search engines: every page a reader may see, and when it last changed."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from blog.models import Article

FIXED = [
    "blog:home",
    "blog:article-list",
    "blog:category-list",
    "blog:tag-list",
    "blog:author-list",
    "blog:archive",
    "careers:home",
    "careers:role-list",
    "careers:skill-list",
    "careers:credential-list",
    "careers:compare",
]
LISTINGS = {"blog.Category", "blog.Author"}  # public even while they have nothing to list


class FixedPages(Sitemap):
    def items(self) -> list[str]:
        return FIXED

    def location(self, item: str) -> str:
        return reverse(item)


class PublicPages(Sitemap):
    limit = 10_000

    def __init__(self, label: str) -> None:
        self.label = label

    def items(self) -> QuerySet[Any]:
        manager: Any = apps.get_model(self.label)._default_manager
        pages: QuerySet[Any] = manager.public().order_by("pk")
        if self.label in LISTINGS:
            return pages.filter(articles__in=Article.objects.public()).distinct()
        return pages

    def lastmod(self, item: Any) -> datetime | None:
        """The last change that matters to readers; a listing does not claim to know its own."""
        return getattr(item, "updated_at", None) or getattr(item, "first_published_at", None)


SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {
    "fixed": FixedPages(),
    **{label: PublicPages(label) for label in settings.PUBLIC_MODELS},
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
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
