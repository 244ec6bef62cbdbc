"""The ways into the list of articles that people take every day, with how many are there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from blog import standings
from blog.models import Article

Rows = QuerySet[Any]
WORK: dict[str, tuple[str, Callable[[Any, datetime], Rows]]] = {
    "mine": ("My work", lambda person, now: Article.objects.work_of(person)),
    "review": ("Needs review", lambda person, now: Article.objects.in_review()),
    "approved": ("Approved", lambda person, now: Article.objects.approved()),
    "week": ("Scheduled this week", lambda person, now: Article.objects.going_out(now)),
    "assigned": ("Assigned to me", lambda person, now: Article.objects.assigned_to_person(person)),
    "returned": ("Returned to me", lambda person, now: Article.objects.returned_to(person)),
}
SHOWN = ("mine", "review", "approved", "week")
STANDINGS = {"draft": "Drafts", "live-draft": "Live with a draft", "bin": "Bin"}


class WorkFilter(admin.SimpleListFilter):
    """Without links of its own: the saved views above the list are those."""

    template = "admin/blog/article/_shown_above.html"
    title = "work"
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(key, label) for key, (label, _) in WORK.items()]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        _, those = WORK.get(self.value() or "", ("", None))
        if those is None:
            return queryset
        return queryset.filter(pk__in=those(request.user, timezone.now()).order_by().values("pk"))


@dataclass(frozen=True)
class SavedView:
    label: str
    query: str
    count: int
    is_current: bool


def saved_views(request: HttpRequest, now: datetime) -> list[SavedView]:
    """All counted in one query."""
    kinds: dict[str, tuple[str, Any]] = {}
    for key in SHOWN:
        label, those = WORK[key]
        kinds[f"?work={key}"] = (label, those(request.user, now))
    kinds |= {f"?standing={key}": (label, standings.those(key, now)) for key, label in STANDINGS.items()}
    counts = Article.objects.aggregate(
        **{f"n{n}": Count("pk", filter=Q(pk__in=_keys(rows))) for n, (_, rows) in enumerate(kinds.values())}
    )
    here = f"?{request.GET.urlencode()}"
    return [
        SavedView(label, query, counts[f"n{n}"], query == here)
        for n, (query, (label, _)) in enumerate(kinds.items())
    ]


def _keys(rows: Any) -> Rows:
    keys: Rows = rows.order_by().values("pk")
    return keys


class SavedViews(admin.ModelAdmin):
    change_list_template = "admin/blog/article/change_list.html"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        views = {"saved_views": saved_views(request, timezone.now())} if request.method == "GET" else {}
        return super().changelist_view(request, {**views, **(extra_context or {})})
