from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import DateTimeField, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from blog import publishing, tagging
from blog.body_field import NonceMediaMixin
from blog.forms import ArticleForm, LocalDateTimeInput
from blog.models import Article
from blog.rendering import block_problems, show_body

from . import columns
from .bylines import BylineInline
from .filters import HashtagFilter, MineFilter, StandingFilter
from .importing import ImportMixin

FOR_PUBLISHERS = ("published_at", "expires_at", "is_featured")
WHAT_A_DATE_MEANS = {
    "published_at": "Empty means the moment of publishing; a later time schedules.",
    "expires_at": "Readers no longer see it from then on. Usually empty.",
}
VERBS = ("_publish", "_publish_now", "_unpublish")


class ArticleList(ChangeList):
    def get_queryset(self, *args: Any, **kwargs: Any) -> Any:
        rows: Any = super().get_queryset(*args, **kwargs)
        return rows.without_texts()


@admin.register(Article)
class ArticleAdmin(ImportMixin, NonceMediaMixin, admin.ModelAdmin):
    form = ArticleForm
    inlines = [BylineInline]
    change_form_template = "admin/blog/article/change_form.html"
    list_display = ["title", "standing", "published", "category", "byline", "words"]
    list_filter = [
        StandingFilter,
        MineFilter,
        "category",
        ("authors", admin.RelatedOnlyFieldListFilter),
        HashtagFilter,
        "is_featured",
    ]
    list_select_related = ["category"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["title", "slug", "summary"]
    date_hierarchy = "published_at"
    ordering = ["-modified_at", "-pk"]
    actions = ["publish_selected", "unpublish_selected"]
    fieldsets = [
        (None, {"fields": ["title", "summary", "body"], "classes": ["main"]}),
        ("About", {"fields": ["category", "hashtags", "roles", "credentials"], "classes": ["main"]}),
        (
            "Search engines and previews",
            {"fields": ["slug", "seo_title", "seo_description", "canonical_url"], "classes": ["main", "seo"]},
        ),
        (
            "Publishing",
            {
                "fields": ["published_at", "expires_at", "is_featured", "is_major"],
                "classes": ["aside", "box"],
            },
        ),
        ("Cover", {"fields": ["cover", "cover_alt"], "classes": ["aside"]}),
    ]

    class Media:
        js = ["admin_theme/hashtags.js"]

    # --- Who may --------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """A writer: own drafts. An editor: any draft. What readers see, or will at a set time: publishers."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or publishing.may_publish(request.user):
            return True
        if obj.state == Article.State.PUBLISHED:
            return False
        return obj.created_by_id == request.user.pk or request.user.has_perm("blog.change_any_article")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return publishing.may_publish(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> tuple[str, ...]:
        """``body_as_read`` never takes input; it is shown only to those who may not write."""
        return ("body_as_read", *(() if publishing.may_publish(request.user) else FOR_PUBLISHERS))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """Locked while it is saved, so that nobody publishes it between our reading and our writing."""
        article: Article | None = super().get_object(request, object_id, from_field)
        if article is None or request.method != "POST" or not connection.in_atomic_block:
            return article
        return Article.objects.select_for_update().filter(pk=article.pk).first()

    # --- The list -------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArticleList

    @admin.display(description="State", ordering="state")
    def standing(self, article: Article) -> str:
        return columns.standing(article)

    @admin.display(description="Authors")
    def byline(self, article: Article) -> str:
        return columns.byline(article)

    @admin.display(description="Words", ordering="word_count")
    def words(self, article: Article) -> int:
        return article.word_count

    @admin.display(description="Published", ordering="published_at")
    def published(self, article: Article) -> str:
        return columns.moment(article.published_at)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).prefetch_related("bylines__author")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        # SQLite refuses a LIKE pattern of 50 kB; nobody types more than a line.
        return super().get_search_results(request, queryset, search_term[:200])

    @admin.action(description="Publish the selected articles", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        now = timezone.now()
        self._each(request, queryset, "Published", lambda a: publishing.publish(a, by=request.user, now=now))

    @admin.action(description="Unpublish the selected articles", permissions=["publish"])
    def unpublish_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        now = timezone.now()
        self._each(
            request, queryset, "Unpublished", lambda a: publishing.unpublish(a, by=request.user, now=now)
        )

    def _each(
        self, request: HttpRequest, queryset: QuerySet[Article], done: str, verb: Callable[[Article], None]
    ) -> None:
        with transaction.atomic():
            chosen = Article.objects.select_for_update().filter(pk__in=queryset.values("pk"))
            for article in chosen:
                try:
                    verb(article)
                except ValidationError as refusal:
                    self.message_user(request, f"{article}: {' '.join(refusal.messages)}", messages.ERROR)
                else:
                    self.log_change(request, article, f"{done}.")
                    self.message_user(request, f"{done} “{article}”.", messages.SUCCESS)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": "Articles", **(extra_context or {})})

    # --- The form -------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Without what makes no sense here; who may not write sees the body as readers do."""
        may_write = self.has_change_permission(request, obj)
        was_public = obj is not None and obj.was_public_by(timezone.now())
        shown: dict[Any, str | None] = {} if may_write and was_public else {"is_major": None}
        if obj is not None and not may_write:
            shown["body"] = "body_as_read"
        return [
            (name, {**options, "fields": list(filter(None, (shown.get(f, f) for f in options["fields"])))})
            for name, options in self.fieldsets
        ]

    @admin.display(description="Body")
    def body_as_read(self, article: Article) -> str:
        shown = show_body(article.body_html, article.contents, on=timezone.localdate())
        return format_html('<div class="body-as-read">{}</div>', shown.html)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, DateTimeField):
            zone = timezone.get_current_timezone_name()
            return forms.DateTimeField(
                widget=LocalDateTimeInput,
                label=db_field.verbose_name.capitalize(),
                required=False,
                help_text=f"{WHAT_A_DATE_MEANS[db_field.name]} Time zone: {zone}.",
            )
        formfield: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(formfield, "widget", None), RelatedFieldWidgetWrapper):
            # Deleting a section or a role is nothing to do in passing.
            formfield.widget.can_delete_related = False
        return formfield

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        fields: list[Any] = [Article._meta.get_field(name) for name in ("cover", "roles", "credentials")]
        return [field.name for field in fields if self.admin_site.is_registered(field.related_model)]

    def get_view_on_site_url(self, obj: Article | None = None) -> str | None:
        """Only where there is something to see."""
        return obj.get_absolute_url() if obj is not None and obj.is_public else None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = kwargs.get("obj")
        now = timezone.now()
        context["desk"] = {
            "standing": article.standing_at(now) if article else "draft",
            "may_publish": publishing.may_publish(request.user),
            "was_public": bool(article and article.was_public_by(now)),
            "site": request.build_absolute_uri("/"),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    # --- Saving ---------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: Any) -> None:
        by, now = request.user, timezone.now()
        is_major = bool(form.cleaned_data.get("is_major"))
        if not publishing.may_publish(by):
            self._say_what_was_ignored(request)
            publishing.save(obj, by=by, is_major=is_major, now=now)
        elif "_unpublish" in request.POST:
            publishing.unpublish(obj, by=by, is_major=is_major, now=now)
        elif "_publish_now" in request.POST:
            publishing.publish(obj, by=by, at=now, is_major=is_major, now=now)
        elif "_publish" in request.POST or obj.state == Article.State.PUBLISHED:
            publishing.publish(obj, by=by, at=obj.published_at, is_major=is_major, now=now)
        else:
            publishing.save(obj, by=by, now=now)

    def save_related(self, request: HttpRequest, form: ArticleForm, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        if folded := tagging.folding(form.cleaned_data.get("hashtags", [])):
            self.message_user(request, folded, messages.INFO)

    def _say_what_was_ignored(self, request: HttpRequest) -> None:
        if {*VERBS, *FOR_PUBLISHERS, "state"} & set(request.POST):
            text = "Only publishers publish, set dates and feature articles. That part was ignored."
            self.message_user(request, text, messages.WARNING)

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: Any = None) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._saved(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        return self._saved(request, obj)

    def _saved(self, request: HttpRequest, article: Article) -> HttpResponse:
        self.message_user(request, _outcome(article, timezone.now()), messages.SUCCESS)
        for problem in block_problems([article.body_html], on=timezone.localdate())[0]:
            self.message_user(request, f"In the text, from the catalogue: {problem}", messages.WARNING)
        if {"_continue", *VERBS} & set(request.POST):
            return HttpResponseRedirect(reverse("admin:blog_article_change", args=[article.pk]))
        return self.response_post_save_change(request, article)


def _outcome(article: Article, now: datetime) -> str:
    """Where the article stands after the save, in a sentence."""
    standing = article.standing_at(now)
    if standing == "live":
        return format_html(
            'Saved. “{}” is live: <a href="{}">view it on the site</a>.', article, article.get_absolute_url()
        )
    if standing == "scheduled":
        return f"Saved. “{article}” is scheduled for {columns.moment(article.published_at)}."
    if standing == "expired":
        return f"Saved. “{article}” has expired: readers no longer see it."
    if article.published_at and article.published_at > now:
        return f"Saved “{article}” as a draft. The date alone does not send it out: a publisher schedules it."
    return f"Saved “{article}” as a draft."
