"""What an article said at each save and who did what to it; any two compared, any one brought back."""

from itertools import groupby
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from blog import publishing
from blog.comparing import LABELS, compare
from blog.models import Act, Article, Revision
from blog.naming import names_in

SHOWN = 200


class HistoryPages(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/compare/", wrap(self.compare_view), name="blog_article_compare"),
            path("<int:pk>/restore/", wrap(self.restore_view), name="blog_article_restore"),
            path("<int:pk>/discard/", wrap(self.discard_view), name="blog_article_discard_draft"),
            *super().get_urls(),
        ]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        article = self._article(request, object_id)
        revisions = list(article.revisions.select_related("made_by").defer("content")[:SHOWN])
        acts = list(article.acts.all()[:SHOWN])
        context = {
            **self._context(request, article, f"History of “{article}”"),
            "revisions": revisions,
            "may_restore": len(revisions) > 1 and self.has_change_permission(request, article),
            "days": [
                (day, [(act, changed_by(act)) for act in these])
                for day, these in groupby(acts, lambda act: timezone.localdate(act.at))
            ],
        }
        return TemplateResponse(request, "admin/blog/article/history.html", context)

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        old, new = sorted(
            [
                self._revision(article, request.GET.get("old")),
                self._revision(article, request.GET.get("new")),
            ],
            key=lambda revision: revision.version,
        )
        context = {
            **self._context(request, article, f"Version {old.version} and version {new.version}"),
            "old": old,
            "new": new,
            "differences": compare(old.content, new.content, names_in(old.content, new.content)),
            "may_restore": self.has_change_permission(request, article),
        }
        return TemplateResponse(request, "admin/blog/article/compare.html", context)

    @method_decorator(require_POST)
    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        revision = self._revision(article, request.POST.get("version"))
        form = reverse("admin:blog_article_change", args=[pk])
        try:
            base = _number(request.POST.get("base_version"))
            publishing.restore(revision, by=request.user, base=base, now=timezone.now())
        except publishing.Conflict:
            told = "Someone saved this article while you looked. Nothing was restored: see what they wrote."
            self.message_user(request, told, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:blog_article_history", args=[pk]))
        undo = reverse("admin:blog_article_history", args=[pk])
        told = 'Version {} is the newest draft now. What it replaced is <a href="{}">in the history</a>.'
        self.message_user(request, format_html(told, revision.version, undo), messages.SUCCESS)
        return HttpResponseRedirect(form)

    @method_decorator(require_POST)
    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._article(request, pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        try:
            base = _number(request.POST.get("base_version"))
            publishing.discard_draft(article, by=request.user, base=base, now=timezone.now())
        except publishing.Conflict:
            told = "Someone saved this article while you looked. Nothing was discarded."
            self.message_user(request, told, messages.ERROR)
        else:
            told = "The draft is discarded. To have it back, restore its version below."
            self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:blog_article_history", args=[pk]))

    def _article(self, request: HttpRequest, key: Any) -> Article:
        article = Article.objects.filter(pk=key).first() if str(key).isdecimal() else None
        if article is None:
            raise Http404("There is no such article.")
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return article

    def _revision(self, article: Article, version: str | None) -> Revision:
        revisions = article.revisions.select_related("made_by")
        revision = revisions.filter(version=_number(version)).first()
        if revision is None:
            raise Http404("There is no such version.")
        return revision

    def _context(self, request: HttpRequest, article: Article, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "article": article,
        }


def changed_by(act: Act) -> str:
    """In the words of the form; that a review went on is what the act itself says."""
    names = act.changes.get("fields", act.changes)
    return ", ".join(LABELS.get(name, name) for name in names if name not in {"review", "version"})


def _number(text: str | None) -> int:
    if text is None or not text.isdecimal() or len(text) > 9:
        raise Http404("That is no version of an article.")
    return int(text)


class PersonFilter(admin.RelatedOnlyFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "person"  # Django would head it “By by”


@admin.register(Act)
class LogAdmin(admin.ModelAdmin):
    """Read only: the site writes it."""

    list_display = ["at", "verb", "title", "by_name", "what"]
    list_display_links = ["at"]
    list_filter = ["verb", ("by", PersonFilter)]
    search_fields = ["title", "by_name", "note"]
    date_hierarchy = "at"
    list_per_page = 100
    show_full_result_count = False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Log", **(extra_context or {})})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="Changed")
    def what(self, act: Act) -> str:
        return changed_by(act) or "–"
