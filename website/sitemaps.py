"""The address book for search engines: every page a reader may see, and when it last changed.

``/sitemap.xml`` names a section for each kind of page, cut into parts that a search engine can take: by keys,
so that a page stays in its part whatever comes and goes, and none before it need be counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, Final, Protocol

from django.db import models
from django.db.models import F, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from blog import counting, last_changes
from blog.listings import page_number
from blog.models import Article, Author, Category, Hashtag, Picture
from blog.models.hashtags import FEWEST_WORTH_FINDING
from blog.models.parts import PART
from blog.picture_files import address, nearest

from .public import public_models

LIMIT: int = PART  # addresses in one part; search engines take up to 50,000
IMAGE_WIDTH: Final = 1200

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
DATES: Final = ("updated_at", "first_published_at", "published_at")
PICTURES: Final = {Article: "cover", Author: "photo"}  # those that their own pages show
# Listings of articles, worth finding with so many; a page of one says no more than that article's own.
LISTINGS: Final[dict[type[models.Model], int]] = {Category: 1, Author: 1, Hashtag: FEWEST_WORTH_FINDING}

Changed = datetime | None


@dataclass(frozen=True)
class Entry:
    path: str
    changed: Changed = None
    image: str = ""


class Section(Protocol):
    def parts(self) -> dict[int, Changed]:
        """For each part that has pages, the last change that one of them tells of."""
        ...

    def entries(self, part: int) -> list[Entry]: ...


class FixedPages:
    def parts(self) -> dict[int, Changed]:
        return {1: None}

    def entries(self, part: int) -> list[Entry]:
        return [Entry(reverse(name)) for name in FIXED] if part == 1 else []


class PublicPages:
    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        names = {field.name for field in model._meta.fields}
        self.dates = [name for name in DATES if name in names]
        self.picture = PICTURES.get(model, "")

    def rows(self) -> QuerySet[Any]:
        manager: Any = self.model._default_manager
        every = manager.all() if self.model in LISTINGS else manager.public()
        pages: QuerySet[Any] = every.order_by("pk")
        return pages

    def parts(self) -> dict[int, Changed]:
        """A listing does not claim to know when it last changed."""
        if self.model is Article:
            return {part + 1: last for part, last in last_changes.by_parts(timezone.now(), LIMIT)}
        if self.model in LISTINGS:
            return dict.fromkeys(sorted({(key - 1) // LIMIT + 1 for key in self.listings()}))
        cut = self.rows().order_by().annotate(part=(F("pk") - 1) / LIMIT + 1).values_list("part")
        if not self.dates:
            return dict.fromkeys(sorted(part for (part,) in cut.distinct()))
        return dict(cut.annotate(last=Max(*self.dates)).order_by("part"))

    def listings(self) -> set[int]:
        """Those that are worth finding, by what is counted anyway."""
        counts = counting.counts_of(self.model, timezone.now())
        return {key for key, number in counts.items() if number >= LISTINGS[self.model]}

    def entries(self, part: int) -> list[Entry]:
        """Address, date and picture only: with their texts, ten thousand articles would fill the memory."""
        parts = [f"{self.picture}__token", f"{self.picture}__width"] if self.picture else []
        rows = self.rows().filter(pk__range=((part - 1) * LIMIT + 1, part * LIMIT))
        shown = rows.only("slug", *self.dates, *parts)
        rows = shown.select_related(self.picture) if parts else shown
        if self.model not in LISTINGS:
            return [self.entry(row) for row in rows]
        listings = self.listings()
        return [self.entry(row) for row in rows if row.pk in listings]

    def entry(self, row: Any) -> Entry:
        picture: Picture | None = getattr(row, self.picture) if self.picture else None
        image = address(picture.token, nearest(IMAGE_WIDTH, picture.width)) if picture else ""
        return Entry(row.get_absolute_url(), _last(getattr(row, date) for date in self.dates), image)


def _last(dates: Iterable[Changed]) -> Changed:
    """The major change, or else the first publication."""
    return next(filter(None, dates), None)


SECTIONS: Final[dict[str, Section]] = {
    "pages": FixedPages(),
    **{slugify(str(model._meta.verbose_name_plural)): PublicPages(model) for model in public_models()},
}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    parts = chain.from_iterable(_addresses(name, section.parts()) for name, section in SECTIONS.items())
    return _as_xml(request, "website/sitemap_index.xml", {"parts": list(parts)})


def _addresses(section: str, parts: dict[int, Changed]) -> list[tuple[str, Changed]]:
    path = reverse("sitemap-section", args=[section])
    return [(f"{path}?p={number}" if number > 1 else path, changed) for number, changed in parts.items()]


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    if section not in SECTIONS:
        raise Http404("No such section.")
    entries = SECTIONS[section].entries(page_number(request.GET.get("p", "1")))
    if not entries:
        raise Http404("The section has fewer parts.")
    return _as_xml(request, "website/sitemap.xml", {"entries": entries})


def _as_xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Not with the date of the last change for its own: what is taken down leaves no date behind."""
    origin = f"{request.scheme}://{request.get_host()}"
    response = render(request, template, {**context, "origin": origin}, content_type="application/xml")
    response.headers["X-Robots-Tag"] = "noindex, noodp, noarchive"
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
