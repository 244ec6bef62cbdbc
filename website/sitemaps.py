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
from careers.models import Comparison, Status

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
    "careers:technology-list",
    "careers:credential-list",
    "careers:provider-list",
    "careers:pathway-list",
    "careers:compare",
    "careers:choose",
    "careers:choose-how",
    "careers:change-list",
    "careers:facts",
]
DATES: Final = ("updated_at", "first_published_at", "published_at")
PICTURES: Final = {Article: "cover", Author: "photo"}  # those that their own pages show

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

    def public(self) -> QuerySet[Any]:
        manager: Any = self.model._default_manager
        pages: QuerySet[Any] = manager.public()
        return pages

    def parts(self) -> dict[int, Changed]:
        cut = self.public().order_by().annotate(part=(F("pk") - 1) / LIMIT + 1).values_list("part")
        if not self.dates:
            return dict.fromkeys(sorted(part for (part,) in cut.distinct()))
        return dict(cut.annotate(last=Max(*self.dates)).order_by("part"))

    def entries(self, part: int) -> list[Entry]:
        """Address, date and picture only: with their texts, ten thousand articles would fill the memory."""
        parts = [f"{self.picture}__token", f"{self.picture}__width"] if self.picture else []
        shown = self.rows(part).order_by("pk").only("slug", *self.dates, *parts)
        return [self.entry(row) for row in (shown.select_related(self.picture) if parts else shown)]

    def rows(self, part: int) -> QuerySet[Any]:
        return self.public().filter(pk__range=((part - 1) * LIMIT + 1, part * LIMIT))

    def entry(self, row: Any) -> Entry:
        picture: Picture | None = getattr(row, self.picture) if self.picture else None
        image = address(picture.token, nearest(IMAGE_WIDTH, picture.width)) if picture else ""
        return Entry(row.get_absolute_url(), _last(getattr(row, date) for date in self.dates), image)


class Articles(PublicPages):
    def parts(self) -> dict[int, Changed]:
        return {part + 1: last for part, last in last_changes.by_parts(timezone.now(), LIMIT)}


class Listings(PublicPages):
    """Of articles, by what is counted anyway. A listing does not claim to know when it last changed."""

    def __init__(self, model: type[models.Model], *, fewest: int = 1) -> None:
        super().__init__(model)
        self.fewest = fewest

    def parts(self) -> dict[int, Changed]:
        return dict.fromkeys(map(_part_of, self.worth_finding()))

    def rows(self, part: int) -> QuerySet[Any]:
        keys = [key for key in self.worth_finding() if _part_of(key) == part]
        return self.model._default_manager.filter(pk__in=keys)

    def worth_finding(self) -> list[int]:
        counts = counting.counts_of(self.model, timezone.now())
        return sorted(key for key, number in counts.items() if number >= self.fewest)


class Comparisons(PublicPages):
    """Those that the desk has something to say to; all others are rows of one table, side by side anew."""

    def public(self) -> QuerySet[Any]:
        written = super().public().exclude(intro="", verdict="")
        return written.exclude(roles__status=Status.DRAFT)

    def entries(self, part: int) -> list[Entry]:
        return [self.entry(row) for row in self.rows(part).order_by("pk").prefetch_related("roles")]


def _part_of(key: int) -> int:
    return (key - 1) // LIMIT + 1


def _last(dates: Iterable[Changed]) -> Changed:
    """The major change, or else the first publication."""
    return next(filter(None, dates), None)


_OWN_WAYS: Final[dict[type[models.Model], Section]] = {
    Article: Articles(Article),
    Category: Listings(Category),
    Author: Listings(Author),
    Hashtag: Listings(Hashtag, fewest=FEWEST_WORTH_FINDING),
}
SECTIONS: Final[dict[str, Section]] = {
    "pages": FixedPages(),
    **{
        slugify(str(model._meta.verbose_name_plural)): _OWN_WAYS.get(model) or PublicPages(model)
        for model in public_models()
    },
    "comparisons": Comparisons(Comparison),
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
