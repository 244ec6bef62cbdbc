"""The admin's front page: what is being written, what goes out when, what needs a hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import get_script_prefix, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from blog import freshness, linting, new_year, publishing, workflow
from blog.models import Act, Article, ArticleFinding, ArticleQuerySet, Autosave, Category, LinkCheck
from blog.rendering import block_problems

from . import desk_check
from .bar import bar, cache_page
from .door import guarded
from .mending import may_mend, missing_page, to_mend
from .review import items_on, may_review, review_page, twins_page
from .search.console import may_teach, query_page, searches_page

SHOWN = 8
SOON = timedelta(days=14)
OLD = timedelta(days=30)
BLOCKS_LOOKED_THROUGH = 200
APP_LISTS = 100


@dataclass(frozen=True)
class Line:
    """One thing on the desk: what, where to mend it, and a word beside it."""

    label: str
    address: str
    note: str = ""
    at: datetime | None = None
    still_correct: str = ""  # where a press vouches for it


@dataclass(frozen=True)
class Pile:
    """Things of one kind. ``more`` leads to the whole list when only the top of it is shown."""

    title: str
    lines: list[Line] = field(default_factory=list)
    more: str = ""
    nothing: str = ""


class Desk(AdminSite):
    site_title = settings.SITE_NAME
    site_header = f"{settings.SITE_NAME} desk"
    index_title = "The desk"
    index_template = "admin/desk.html"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self._app_lists: dict[tuple[Any, ...], list[Any]] = {}

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 -- Django's own
        return super().admin_view(guarded(view), cacheable)

    def get_urls(self) -> list[Any]:
        ours = [
            path("session/", self.session, name="session"),
            path("review/", self.admin_view(self.review), name="review"),
            path("blog/article/check/", self.admin_view(desk_check.check), name="blog_article_check"),
            path("twins/", self.admin_view(self.twins), name="twins"),
            path("missing/", self.admin_view(self.missing), name="missing"),
            path("bar/", self.admin_view(bar), name="bar"),
            path("page-cache/", self.admin_view(self.page_cache), name="page_cache"),
            path("searches/", self.admin_view(self.searches), name="searches"),
            path("searches/query/", self.admin_view(self.search_query), name="search-query"),
        ]
        return [*ours, *super().get_urls()]

    def review(self, request: HttpRequest) -> TemplateResponse:
        return review_page(request, self.each_context(request))

    def twins(self, request: HttpRequest) -> TemplateResponse:
        return twins_page(request, self.each_context(request))

    def missing(self, request: HttpRequest) -> HttpResponse:
        return missing_page(request, self.each_context(request))

    def page_cache(self, request: HttpRequest) -> TemplateResponse:
        return cache_page(request, self.each_context(request))

    def searches(self, request: HttpRequest) -> HttpResponse:
        return searches_page(request, self.each_context(request))

    def search_query(self, request: HttpRequest) -> HttpResponse:
        return query_page(request, self.each_context(request))

    @method_decorator(never_cache)
    def session(self, request: HttpRequest) -> JsonResponse:
        """For a form about to be sent: the token it needs now and whose it is, or the way to log in."""
        if self.has_permission(request):
            return JsonResponse({"token": get_token(request), "person": request.user.pk})
        return JsonResponse({"login": reverse("admin:login", query={"next": reverse("admin:index")})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What is written comes before what it is written about.

        Every page shows it and it asks a hundred permissions: whoever holds the same ones gets the same list.
        """
        asked = (app_label, get_script_prefix(), powers_of(request.user))
        if asked not in self._app_lists:
            apps = super().get_app_list(request, app_label)
            apps.sort(key=lambda app: (app["app_label"] != "blog", app["app_label"] == "website"))
            if len(self._app_lists) >= APP_LISTS:
                self._app_lists.clear()
            self._app_lists[asked] = apps
        return self._app_lists[asked]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        desk = (
            desk_for(request.user, now=timezone.now()) if request.user.has_perm("blog.view_article") else {}
        )
        return super().index(request, {**desk, **(extra_context or {})})


def powers_of(person: Any) -> frozenset[str]:
    is_above_all = person.is_active and person.is_superuser
    return frozenset({"all"} if is_above_all else person.get_all_permissions())


def desk_for(person: Any, *, now: datetime) -> dict[str, Any]:
    """What ``person`` sees on coming in. The number of queries does not depend on what there is."""
    return {
        "piles": [
            *not_saved(person),
            *given_to(person),
            *to_read(person),
            my_drafts(person),
            *drafts_of_others(person),
            scheduled(now),
        ],
        "recent": recent(now),
        "attention": [pile for pile in [*grown_old(person, now), *attention(now)] if pile.lines],
        "to_review": len(items_on(timezone.localdate(now))) if may_review(person) else None,
        "to_check": linting.unchecked(Article.objects.public(now)).count(),
        "to_mend": to_mend() if may_mend(person) else None,
        "may_teach": may_teach(person),
        "may_add": person.has_perm("blog.add_article"),
        "may_publish": publishing.may_publish(person),
    }


def not_saved(person: Any) -> Iterator[Pile]:
    """What was written and only kept: shown while there is some."""
    kept = Autosave.objects.filter(by=person).defer("data")[:SHOWN]
    if lines := [Line(str(one), _unsaved_form(one), "written", one.saved_at) for one in kept]:
        yield Pile("Not saved yet", lines)


def given_to(person: Any) -> Iterator[Pile]:
    """What colleagues put on this desk: shown while there is some."""
    returned = Article.objects.returned_to(person).order_by("-returned_at")
    told = Act.objects.filter(article=OuterRef("pk"), verb=Act.Verb.RETURNED).values("note")[:1]
    rows: Any = returned.annotate(told=Subquery(told)).only("title", "returned_at")[:SHOWN]
    if lines := [Line(str(a), _page(a), f"“{a.told}”, returned", a.returned_at) for a in rows]:
        yield Pile("Returned to you", lines, _list(work="returned"))
    given = _light(Article.objects.assigned_to_person(person).order_by("-modified_at"))
    if lines := [Line(str(a), _page(a), "changed", a.modified_at) for a in given]:
        yield Pile("Assigned to you", lines, _list(work="assigned"))


def to_read(person: Any) -> Iterator[Pile]:
    """Those who waited longest come first. What is approved waits for a publisher."""
    if not workflow.may_review(person):
        return
    waiting = Article.objects.in_review().order_by("submitted_at").only("title", "submitted_at")[:SHOWN]
    lines = [Line(str(a), _page(a), "submitted", a.submitted_at) for a in waiting]
    yield Pile("Needs review", lines, _list(work="review"), "Nothing waits for review.")
    if not publishing.may_publish(person):
        return
    fine = Article.objects.approved().select_related("approved_by").order_by("submitted_at")
    fine = fine.only("title", "submitted_at", "approved_by__username")[:SHOWN]
    lines = [Line(str(a), _page(a), f"approved by {a.approved_by or 'a former colleague'}") for a in fine]
    yield Pile("Approved, not published", lines, _list(work="approved"), "Nothing waits to be published.")


def my_drafts(person: Any) -> Pile:
    drafts = _light(Article.objects.drafts().filter(created_by=person).order_by("-modified_at"))
    lines = [Line(str(a), _page(a), "changed", a.modified_at) for a in drafts]
    return Pile("Your drafts", lines, _list(work="mine"), "You have no drafts.")


def drafts_of_others(person: Any) -> Iterator[Pile]:
    """For those who may go on with them, or send them out."""
    if not (person.has_perm("blog.change_any_article") or publishing.may_publish(person)):
        return
    unasked = Article.objects.drafts().filter(submitted_at=None)  # the others stand under "Needs review"
    drafts = _light(unasked.exclude(created_by=person).order_by("-modified_at"))
    lines = [Line(str(a), _page(a), "changed", a.modified_at) for a in drafts]
    yield Pile("Drafts of others", lines, _list(standing="draft"), "Nobody else has a draft.")


def scheduled(now: datetime) -> Pile:
    coming = _light(Article.objects.scheduled(now).order_by("published_at"))
    lines = [Line(str(a), _page(a), "goes out", a.published_at) for a in coming]
    return Pile("Scheduled", lines, _list(standing="scheduled"), "Nothing is waiting to go out.")


def recent(now: datetime) -> Pile:
    lines = [Line(str(a), _page(a), "published", a.published_at) for a in _light(Article.objects.public(now))]
    return Pile("Recently published", lines, _list(standing="live"), "Nothing is published yet.")


def grown_old(person: Any, now: datetime) -> Iterator[Pile]:
    """What was right once; of reviews, those that are this person's to do."""
    public, on = Article.objects.public(now), timezone.localdate(now)
    due = _light(freshness.due(freshness.reviewed_by(person, public), on=on))
    lines = [_due_line(a) for a in due]
    yield Pile("Due for review", lines, _list(due="review"))
    dead = LinkCheck.objects.dead().filter(article__in=public).order_by("article", "pk")
    urls = dead.values_list("article__title", "article", "url")[:SHOWN]
    lines = [Line(title, _page_of(pk), url[:80]) for title, pk, url in urls]
    yield Pile("Links that lead nowhere", lines, _list(links="dead", standing="live"))
    if publishing.may_publish(person):
        year = new_year.coming_year(on) - 1
        old = public.filter(title__contains=str(year)).exclude(title__contains=str(year + 1))
        lines = [Line(str(a), _page(a)) for a in _light(old)]
        yield Pile(f"Titles with {year} in them", lines, reverse("admin:blog_article_new_year"))


def _due_line(article: Any) -> Line:
    still_correct = reverse("admin:blog_article_still_correct", args=[article.pk])
    return Line(str(article), _page(article), "last looked at", article.looked_at, still_correct)


def attention(now: datetime) -> Iterator[Pile]:
    """What a good desk does not leave lying, the most visible to readers first."""
    public = Article.objects.public(now)
    yield must_be_mended(public)
    yield Pile("Live blocks that show nothing", list(_broken_blocks(now)))
    yield _pile("Published without a summary", public.filter(summary=""))
    bare = public.filter(cover__is_decorative=False, cover_alt="", cover__alt="")
    yield _pile("Covers without a description: only decoration?", bare)
    ending = public.filter(expires_at__lte=now + SOON).order_by("expires_at")
    yield Pile(
        "Expiring within two weeks", [Line(str(a), _page(a), "ends", a.expires_at) for a in _light(ending)]
    )
    without_author = Article.objects.filter(Q(state=Article.State.PUBLISHED), bylines__isnull=True)
    yield _pile("Published without an author", without_author)
    old = Article.objects.drafts().filter(modified_at__lt=now - OLD).order_by("modified_at")
    lines = [Line(str(a), _page(a), "last changed", a.modified_at) for a in _light(old)]
    yield Pile("Drafts nobody has touched for a month", lines, _list(standing="draft"))
    yield Pile("Categories without a description", [_category_line(c) for c in _undescribed()])


def must_be_mended(public: ArticleQuerySet) -> Pile:
    """Live with something that would have kept it from readers, as far as the last check goes."""
    articles = list(_light(linting.with_findings(public, "block")))
    found = ArticleFinding.objects.filter(article__in=[a.pk for a in articles], severity="block")
    said = {finding.article_id: finding.message for finding in found.order_by("-order")}
    lines = [Line(str(a), _page(a), said.get(a.pk, "")) for a in articles]
    return Pile("Live, and must be mended", lines, _list(standing="live", findings="block"))


def _broken_blocks(now: datetime) -> Iterator[Line]:
    with_blocks = Article.objects.public(now).filter(body_html__contains="<careers-")
    articles = list(with_blocks.only("title", "body_html")[:BLOCKS_LOOKED_THROUGH])
    problems = block_problems([article.body_html for article in articles], on=timezone.localdate(now))
    for article, sentences in zip(articles, problems, strict=True):
        if sentences:
            yield Line(str(article), _page(article), " ".join(sentences))


def _pile(title: str, articles: QuerySet[Article]) -> Pile:
    return Pile(title, [Line(str(article), _page(article)) for article in _light(articles)])


def _light(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Without the bodies: a desk needs the titles."""
    return articles.only("title", "modified_at", "published_at", "expires_at")[:SHOWN]


def _undescribed() -> Iterable[Any]:
    return Category.objects.filter(description="").only("name")[:SHOWN]


def _category_line(category: Category) -> Line:
    return Line(str(category), reverse("admin:blog_category_change", args=[category.pk]))


def _page(article: Article) -> str:
    return _page_of(article.pk)


def _page_of(article: int) -> str:
    return reverse("admin:blog_article_change", args=[article])


def _unsaved_form(kept: Autosave) -> str:
    """Filled with it."""
    query = {"autosave": str(kept.form_token)}
    if kept.article_id is None:
        return reverse("admin:blog_article_add", query=query)
    return reverse("admin:blog_article_change", args=[kept.article_id], query=query)


def _list(**query: str) -> str:
    return reverse("admin:blog_article_changelist", query=query)
