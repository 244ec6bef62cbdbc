from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from blog import tagging
from blog.forms import AliasFormSet, HashtagForm
from blog.models import ArticleHashtag, Hashtag, HashtagAlias

from .tending import TendingPages

MAX_SUGGESTIONS = 10
LONGEST_QUESTION = 100


class HashtagAliasInline(admin.TabularInline):
    model = HashtagAlias
    formset = AliasFormSet
    fields = ["name"]
    extra = 1
    verbose_name = "other spelling"
    verbose_name_plural = "other spellings that mean this hashtag"


@admin.register(Hashtag)
class HashtagAdmin(TendingPages):
    """No inline of articles: a popular hashtag would bring thousands of inputs. The count links to them."""

    form = HashtagForm
    list_display = ["name", "article_count", "slug"]
    search_fields = ["name", "key", "aliases__name"]
    fields = ["name", "slug", "description"]
    inlines = [HashtagAliasInline]
    list_per_page = 100
    ordering = ["name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Hashtag]:
        rows: QuerySet[Hashtag] = super().get_queryset(request)
        return rows.annotate(uses=Count("article_hashtags", distinct=True))

    @admin.display(description="Articles", ordering="uses")
    def article_count(self, hashtag: Any) -> str:
        address = reverse("admin:blog_article_changelist") + "?" + urlencode({"hashtag": hashtag.name})
        return format_html('<a href="{}">{}</a>', address, hashtag.uses)

    def save_model(self, request: HttpRequest, obj: Hashtag, form: Any, change: bool) -> None:  # noqa: FBT001 -- Django's own
        before = Hashtag.objects.filter(pk=obj.pk).first() if change else None
        if before is None or before.key == obj.key:
            super().save_model(request, obj, form, change)
            return
        tagging.rename(obj, before=before, keeps_address="slug" in form.changed_data)
        told = f"#{before.name} is #{obj.name} now. “{before.name}” stays as another spelling of it."
        self.message_user(request, told, messages.INFO)

    def get_view_on_site_url(self, obj: Hashtag | None = None) -> str | None:
        """Only to where readers get something: on no live article it has no page."""
        return obj.get_absolute_url() if obj and obj.is_public else None

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Counted: the stock page lists every use, and asks the database for each."""
        hashtags = list(objs)
        uses = ArticleHashtag.objects.filter(tag__in=hashtags).count()
        counts = {"hashtags": len(hashtags), "uses on articles": uses}
        refused = set() if self.has_delete_permission(request) else {str(self.opts.verbose_name)}
        return [f"Hashtag: {hashtag}" for hashtag in hashtags], counts, refused, []

    def get_urls(self) -> list[URLPattern]:
        suggest = self.admin_site.admin_view(self.suggest)
        return [path("suggest/", suggest, name="blog_hashtag_suggest"), *super().get_urls()]

    def suggest(self, request: HttpRequest) -> JsonResponse:
        """Existing hashtags beginning as ``q`` does, the most used first, in Select2's own format."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        question = request.GET.get("q", "")[:LONGEST_QUESTION]
        found: list[Any] = list(Hashtag.objects.matching(question)[:MAX_SUGGESTIONS])
        results = [{"id": tag.name, "text": tag.name, "uses": tag.uses} for tag in found]
        return JsonResponse({"results": results, "pagination": {"more": False}})
