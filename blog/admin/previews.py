"""Beside the form, what readers would see of what stands in it; and links for people without an account."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin

from blog import previewing, snapshots
from blog.forms import ArticleForm
from blog.models import Article, PreviewLink
from blog.sanitising import BodyTooComplex

IN_A_FRAME = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}
DEFAULT_DAYS = 7


class PreviewPages(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("preview/", wrap(self.preview_view), name="blog_article_preview"),
            path("<int:pk>/preview/", wrap(self.preview_view), name="blog_article_preview"),
            path("<int:pk>/share/", wrap(self.share_view), name="blog_article_share"),
            *super().get_urls(),
        ]

    @method_decorator(xframe_options_sameorigin)
    def preview_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Of the form as it stands, complete or not. Where nothing can be typed, of what is stored."""
        article = self._previewed(request, pk)
        may_type = pk is None or self.has_change_permission(request, article)
        if request.method != "POST" or not may_type:
            related = snapshots.open_working_copy(article) if pk else snapshots.Related()
        else:
            related = self._typed(request, article)
        try:
            response = previewing.page(request, article, related, now=timezone.now())
        except BodyTooComplex as refusal:
            response = TemplateResponse(request, "admin/blog/article/no_preview.html", {"why": str(refusal)})
            previewing.for_nobody_else(response)
        response._csp_config = IN_A_FRAME  # type: ignore[attr-defined]
        return response

    def _previewed(self, request: HttpRequest, pk: int | None) -> Article:
        if pk is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return Article()
        article = Article.objects.filter(pk=pk).first()
        if article is None:
            raise Http404("There is no such article.")
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return article

    def _typed(self, request: HttpRequest, article: Article) -> snapshots.Related:
        if article.pk:
            snapshots.open_working_copy(article)
        form = ArticleForm(request.POST, instance=article)
        form.is_valid()  # what cannot be taken stays as it was saved
        return form.related

    def share_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._previewed(request, pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        if request.method == "POST":
            self._make_or_revoke(request, article)
            return HttpResponseRedirect(reverse("admin:blog_article_share", args=[pk]))
        now = timezone.now()
        links = PreviewLink.objects.open(now).filter(article=article).select_related("made_by", "article")
        context = {
            **self.admin_site.each_context(request),
            "title": "Links to a preview",
            "opts": self.opts,
            "article": article,
            "links": [(link, self._address(request, link), previewing.is_live(link, now)) for link in links],
            "lifetimes": previewing.LIFETIMES.items(),
            "default": DEFAULT_DAYS,
        }
        return TemplateResponse(request, "admin/blog/article/share.html", context)

    def _make_or_revoke(self, request: HttpRequest, article: Article) -> None:
        now, key = timezone.now(), request.POST.get("revoke", "")
        if key.isdecimal() and len(key) < 10:
            for link in article.preview_links.filter(pk=key):
                previewing.revoke(link, now=now)
            self.message_user(request, "Revoked. Whoever opens that link is told so.", messages.SUCCESS)
            return
        days = request.POST.get("days", "")
        lifetime = int(days) if days in map(str, previewing.LIFETIMES) else DEFAULT_DAYS
        previewing.make_link(article, by=request.user, days=lifetime, now=now)
        self.message_user(
            request, "Here is the link. Anyone who has it can read this version.", messages.SUCCESS
        )

    def _address(self, request: HttpRequest, link: Any) -> str:
        return request.build_absolute_uri(reverse("blog:preview", args=[previewing.token_of(link)]))
