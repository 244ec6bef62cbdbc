"""What the desk does to keep articles fresh: “still correct”, links that lead nowhere, what is due."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from blog import freshness, links
from blog.models import Article, LinkCheck

from .new_year import new_year_page

WARNINGS_SHOWN = 5


class ReviewForm(forms.Form):
    review_by = forms.DateField(
        required=False,
        label="Next review by",
        widget=forms.DateInput(attrs={"type": "date", "form": "still-correct"}, format="%Y-%m-%d"),
    )


class DueFilter(admin.SimpleListFilter):
    title = "review"
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("review", "Due for review")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "review":
            return queryset
        now = timezone.now()
        due = freshness.due(Article.objects.public(now), on=timezone.localdate(now))
        return queryset.filter(pk__in=due.order_by().values("pk"))


class LinkFilter(admin.SimpleListFilter):
    title = "links"
    parameter_name = "links"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("dead", "Lead nowhere"), ("moved", "Take a detour")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        checks = {
            "dead": LinkCheck.objects.dead(),
            "moved": LinkCheck.objects.filter(status=LinkCheck.Status.MOVED),
        }.get(self.value() or "")
        return queryset if checks is None else queryset.filter(pk__in=checks.values("article"))


class FreshnessMixin(admin.ModelAdmin):
    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        ours = [
            path("new-year/", wrap(self.new_year), name="blog_article_new_year"),
            path(
                "<path:object_id>/still-correct/", wrap(self.still_correct), name="blog_article_still_correct"
            ),
        ]
        return [*ours, *super().get_urls()]

    def new_year(self, request: HttpRequest) -> HttpResponse:
        return new_year_page(request, self)

    @method_decorator(require_POST)
    @method_decorator(transaction.atomic)
    def still_correct(self, request: HttpRequest, object_id: str) -> HttpResponse:
        article: Article | None = self.get_object(request, unquote(object_id))
        if article is None:
            raise Http404("There is no such article.")
        if not freshness.may_review(request.user, article):
            raise PermissionDenied
        asked = ReviewForm(request.POST)
        try:
            if not asked.is_valid():
                raise ValidationError("The date of the next review makes no sense. Nothing was changed.")
            chosen: date | None = asked.cleaned_data["review_by"]
            freshness.still_correct(article, by=request.user, review_by=chosen, now=timezone.now())
        except ValidationError as refusal:
            self.message_user(request, f"{article}: {' '.join(refusal.messages)}", messages.ERROR)
        else:
            self.log_change(request, article, "Still correct.")
            self.message_user(request, _next_time(article), messages.SUCCESS)
        form = reverse("admin:blog_article_change", args=[article.pk])
        return HttpResponseRedirect(reverse("admin:index") if "desk" in request.POST else form)

    def tell_of_links(self, request: HttpRequest, article: Article, *, now: datetime) -> None:
        """After a save: what became of its links. Nothing is held up by it."""
        hosts = links.own_hosts() | {request.get_host().partition(":")[0].lower()}
        rows = links.check_and_keep([article], find=links.page_finder(), hosts=hosts, now=now)
        to_mend = [row for row in rows if row.is_dead or row.status == LinkCheck.Status.MOVED]
        for row in to_mend[:WARNINGS_SHOWN]:
            self.message_user(request, links.warning(row), messages.WARNING)
        if more := to_mend[WARNINGS_SHOWN:]:
            self.message_user(request, f"… and {len(more)} more links to mend.", messages.WARNING)


def _next_time(article: Article) -> str:
    looked_at = freshness.with_reviews(Article.objects.filter(pk=article.pk)).get()
    return f"“{article}” is still correct. Next review by {freshness.next_review(looked_at):%-d %B %Y}."


def review_box(article: Article | None, person: Any, *, now: datetime) -> dict[str, Any] | None:
    """What the form shows beside a live article."""
    if article is None or not article.is_public_at(now):
        return None
    looked_at = freshness.with_reviews(Article.objects.filter(pk=article.pk)).get()
    annotated: Any = looked_at
    next_review = freshness.next_review(looked_at)
    return {
        "last": getattr(looked_at, "review", None),
        "next": next_review,
        "is_due": next_review <= timezone.localdate(now),
        "kind": freshness.Kind(annotated.kind).label,
        "usual": freshness.due_on(annotated.kind, timezone.localdate(now)),
        "may": freshness.may_review(person, article),
        "form": ReviewForm(),
    }
