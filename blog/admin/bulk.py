"""Hashtags, category, or words of many articles: choose, look at every change, make them, take them back."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from blog import bulk, publishing
from blog.bulk import MOST, Change, Proposal
from blog.comparing import compare
from blog.forms import HashtagField
from blog.models import Article, Batch, Category
from blog.naming import names_in

RECENT = 20
ACTS = {
    "add": "Add hashtags",
    "remove": "Take hashtags away",
    "category": "Move to a category",
    "replace": "Find and replace",
}


class ManyForm(forms.Form):
    act = forms.ChoiceField(choices=list(ACTS.items()), label="What to do", widget=forms.RadioSelect)
    hashtags = HashtagField(required=False, label="Hashtags", widget=forms.TextInput)
    category = forms.ModelChoiceField(Category.objects.all(), required=False)
    find = forms.CharField(required=False, max_length=200, strip=False, label="Find")
    put = forms.CharField(required=False, max_length=200, strip=False, label="Replace with")
    whole_words = forms.BooleanField(required=False, initial=True, label="Whole words only")
    match_case = forms.BooleanField(required=False, label="Capitals matter")
    in_code = forms.BooleanField(required=False, label="In code, too")
    at_once = forms.BooleanField(required=False, label="Publish at once what is live already")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        needed = {"add": "hashtags", "remove": "hashtags", "category": "category", "replace": "find"}
        name = needed.get(cleaned.get("act", ""))
        if name and name not in self.errors and not cleaned.get(name):
            self.add_error(name, "Say what.")
        return cleaned

    def change(self) -> Change:
        given = self.cleaned_data
        changes = {
            "add": lambda: bulk.with_hashtags(given["hashtags"]),
            "remove": lambda: bulk.without_hashtags(given["hashtags"]),
            "category": lambda: bulk.in_category(given["category"]),
            "replace": lambda: bulk.replacing(
                given["find"],
                given["put"],
                whole_words=given["whole_words"],
                match_case=given["match_case"],
                in_code=given["in_code"],
            ),
        }
        return changes[given["act"]]()

    def said(self) -> str:
        given = self.cleaned_data
        told = {
            "add": ", ".join(given.get("hashtags") or []),
            "remove": ", ".join(given.get("hashtags") or []),
            "category": str(given.get("category")),
            "replace": f"“{given.get('find')}” by “{given.get('put')}”",
        }
        return f"{ACTS[given['act']]}: {told[given['act']]}"


@dataclass(frozen=True)
class Row:
    proposal: Proposal
    differences: list[Any]

    @property
    def key(self) -> str:
        """Which article, at which version: a tick means what was shown."""
        return f"{self.proposal.article.pk}:{self.proposal.version}"


class BulkPages(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("many/", wrap(self.many_view), name="blog_article_many"),
            path("many/<int:pk>/undo/", wrap(self.undo_view), name="blog_batch_undo"),
            *super().get_urls(),
        ]

    @admin.action(description="Change hashtags, category or words…", permissions=["change"])
    def change_many(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse:
        keys = [str(key) for key in queryset.order_by("pk").values_list("pk", flat=True)[:MOST]]
        return HttpResponseRedirect(reverse("admin:blog_article_many", query={"ids": ",".join(keys)}))

    def many_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        articles, closed = self._picked(request)
        form = ManyForm(request.POST or None)
        rows: list[Row] = []
        if request.method == "POST" and form.is_valid():
            rows = _rows(bulk.propose(articles, form.change()))
            if "apply" in request.POST and (done := self._apply(request, form, rows)):
                return done
        context = {
            **self.admin_site.each_context(request),
            "title": "Change many articles",
            "opts": self.opts,
            "form": form,
            "articles": articles,
            "closed": closed,
            "rows": rows,
            "looked": form.is_bound and form.is_valid(),
            "ids": ",".join(str(article.pk) for article in articles),
            "may_publish": publishing.may_publish(request.user),
            "batches": Batch.objects.select_related("by").order_by("-at")[:RECENT],
        }
        return TemplateResponse(request, "admin/blog/article/many.html", context)

    def _picked(self, request: HttpRequest) -> tuple[list[Article], list[Article]]:
        """Those this person may change, and those they may not."""
        asked = (request.POST.get("ids") or request.GET.get("ids") or "").split(",")
        keys = [int(key) for key in asked if key.isdecimal() and len(key) < 16][:MOST]
        found = list(
            Article.objects.kept().filter(pk__in=keys).select_related("draft", "scheduled").order_by("pk")
        )
        open_ = [article for article in found if self.has_change_permission(request, article)]
        return open_, [article for article in found if article not in open_]

    def _apply(self, request: HttpRequest, form: ManyForm, rows: list[Row]) -> HttpResponse | None:
        ticked = set(request.POST.getlist("take"))
        chosen = [row.proposal for row in rows if row.key in ticked]
        if not chosen:
            self.message_user(request, "Nothing was ticked, so nothing was changed.", messages.WARNING)
            return None
        at_once = bool(form.cleaned_data["at_once"]) and publishing.may_publish(request.user)
        try:
            batch = bulk.apply(chosen, what=form.said(), by=request.user, at_once=at_once, now=timezone.now())
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return None
        told = f"{batch.what}: {len(chosen)} changed. To take all of it back, press Undo beside it below."
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:blog_article_many"))

    @method_decorator(require_POST)
    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        batch = Batch.objects.filter(pk=pk, undone_at=None).first()
        if batch is None:
            raise Http404("There is nothing to take back.")
        if batch.by_id != request.user.pk and not publishing.may_publish(request.user):
            raise PermissionDenied
        left = bulk.undo(batch, by=request.user, now=timezone.now())
        number = len(batch.rows) - len(left)
        told = f"Taken back in {number} article{'' if number == 1 else 's'}: {batch.what}."
        self.message_user(request, told, messages.SUCCESS if number else messages.WARNING)
        if left:
            told = f"Changed by someone since, and left as they are: {', '.join(left)}."
            self.message_user(request, told, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:blog_article_many"))


def _rows(proposals: list[Proposal]) -> list[Row]:
    names = names_in(*(one.before for one in proposals), *(one.after for one in proposals))
    return [Row(one, compare(one.before, one.after, names)) for one in proposals]
