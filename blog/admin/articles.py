from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import connection
from django.db.models import DateTimeField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html

from blog import publishing, snapshots, workflow
from blog.body_field import NonceMediaMixin
from blog.forms import ArticleForm
from blog.local_times import LocalDateTimeField, LocalDateTimeInput, told
from blog.models import Act, Article
from blog.rendering import show_body
from blog.standings import STANDINGS

from . import columns, names
from .article_autosaves import ArticleAutosaves
from .article_saving import FOR_PUBLISHERS, ArticleSaving
from .bulk import BulkPages
from .bylines import BylineSelect
from .filters import FindingsFilter, HashtagFilter, MineFilter, StandingFilter
from .freshness import DueFilter, LinkFilter, review_box
from .histories import HistoryPages
from .importing import ImportMixin
from .previews import PreviewPages
from .reviewing import Reviewing
from .saved_views import SavedViews, WorkFilter
from .the_bin import BinOnTheList

WHAT_A_DATE_MEANS = {
    "published_at": "Empty means the moment of publishing; a later time schedules.",
    "goes_live_at": "Empty means at once; until a later time readers go on seeing the live version.",
    "expires_at": "Readers no longer see it from then on. Usually empty.",
}
FOR_READERS = ("is_major", "change_note")


class ArticleList(ChangeList):
    def get_queryset(self, *args: Any, **kwargs: Any) -> Any:
        rows: Any = super().get_queryset(*args, **kwargs)
        return rows.without_texts()


@admin.register(Article)
class ArticleAdmin(
    ImportMixin,
    BulkPages,
    Reviewing,
    SavedViews,
    BinOnTheList,
    ArticleAutosaves,
    ArticleSaving,
    HistoryPages,
    PreviewPages,
    NonceMediaMixin,
    admin.ModelAdmin,
):
    form = ArticleForm
    change_form_template = "admin/blog/article/change_form.html"
    list_display = ["title", "standing", "in_whose_hands", "published", "category", "byline", "words"]
    list_filter = [
        StandingFilter,
        WorkFilter,
        MineFilter,
        "category",
        ("authors", admin.RelatedOnlyFieldListFilter),
        HashtagFilter,
        FindingsFilter,
        DueFilter,
        LinkFilter,
        "is_featured",
    ]
    list_select_related = ["category", "assigned_to", "approved_by"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["title", "slug", "summary"]
    date_hierarchy = "published_at"
    ordering = ["-modified_at", "-pk"]
    actions = [
        "publish_selected",
        "unpublish_selected",
        "take_out_of_bin_selected",
        "delete_selected",
        "change_many",
    ]
    fieldsets = [
        (None, {"fields": ["title", "summary", "body"], "classes": ["main"]}),
        (
            "About",
            {"fields": ["byline", "category", "hashtags", "roles", "credentials"], "classes": ["main"]},
        ),
        (
            "Search engines and previews",
            {"fields": ["slug", "seo_title", "seo_description", "canonical_url"], "classes": ["main", "seo"]},
        ),
        (
            "Publishing",
            {
                "fields": [
                    "published_at",
                    "goes_live_at",
                    "expires_at",
                    "is_featured",
                    "is_major",
                    "change_note",
                    "note",
                    "base_version",
                    "form_token",
                ],
                "classes": ["aside", "box"],
            },
        ),
        ("Cover", {"fields": ["cover", "cover_alt"], "classes": ["aside"]}),
    ]

    class Media:
        js = ["admin_theme/hashtags.js"]

    # --- Who may --------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What writers and editors change of a live one waits for a publisher."""
        return workflow.may_edit(request.user, obj)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return publishing.may_publish(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> tuple[str, ...]:
        """``body_as_read`` never takes input; it is shown only to those who may not write."""
        return ("body_as_read", *(() if publishing.may_publish(request.user) else FOR_PUBLISHERS))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """As its newest draft has it. Locked while it is saved: nobody else writes between."""
        article: Article | None = super().get_object(request, object_id, from_field)
        if article is not None and request.method == "POST" and connection.in_atomic_block:
            article = Article.objects.select_for_update().filter(pk=article.pk).first()
        if article is not None:
            article.address_now = article.get_absolute_url()
            snapshots.open_working_copy(article)
        return article

    # --- The list -------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArticleList

    @admin.display(description="State", ordering="state")
    def standing(self, article: Article) -> str:
        return columns.standing(article)

    @admin.display(description="Review")
    def in_whose_hands(self, article: Article) -> str:
        return columns.in_whose_hands(article)

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

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        relation: Any = Article._meta.get_field("authors")
        field: Any = form.base_fields["byline"]
        field.widget = RelatedFieldWidgetWrapper(
            BylineSelect(relation, self.admin_site, attrs={"data-in-order": ""}),
            relation.remote_field,
            self.admin_site,
            can_add_related=self.admin_site._registry[relation.related_model].has_add_permission(request),
        )
        field.widget.choices = field.choices
        form.base_fields["goes_live_at"].help_text = _what_a_date_means("goes_live_at")
        return form

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        # SQLite refuses a LIKE pattern of 50 kB; nobody types more than a line.
        return super().get_search_results(request, queryset, search_term[:200])

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": "Articles", **(extra_context or {})})

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        self._delete(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for article in Article.objects.filter(pk__in=queryset.values("pk")):
            self._delete(request, article)

    def _delete(self, request: HttpRequest, article: Article) -> None:
        """Into the bin first; for good only from there."""
        if article.state == Article.State.BIN:
            publishing.delete(article, by=request.user, now=timezone.now())
        else:
            publishing.move_to_bin(article, by=request.user, now=timezone.now())

    # --- The form -------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Without what makes no sense here; who may not write sees the body as readers do."""
        may_write = self.has_change_permission(request, obj)
        was_public = obj is not None and obj.was_public_by(timezone.now())
        shown: dict[Any, str | None] = {} if may_write and was_public else dict.fromkeys(FOR_READERS)
        if not (obj is not None and obj.is_public and publishing.may_publish(request.user)):
            shown["goes_live_at"] = None
        if not may_write:
            shown |= dict.fromkeys(("note", "base_version", "form_token"))
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
            return LocalDateTimeField(
                widget=LocalDateTimeInput(speaks_of=db_field.name),
                label=db_field.verbose_name.capitalize(),
                required=False,
                help_text=_what_a_date_means(db_field.name),
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
        return obj.address_now if obj is not None and obj.is_public else None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = kwargs.get("obj")
        now = timezone.now()
        context["desk"] = {
            "standing": article.standing_at(now) if article else "draft",
            "may_publish": publishing.may_publish(request.user),
            "told": told(_moments(article), now=now) if article else {},
            "chip": STANDINGS[article.standing_at(now) if article else "draft"],
            "is_out": bool(article and article.state == Article.State.PUBLISHED),
            "was_public": bool(article and article.was_public_by(now)),
            "site": request.build_absolute_uri("/"),
            "blocking": bool(getattr(context["adminform"].form, "blocking", None)),
            "reason": context["adminform"].form.data.get("override_reason", ""),
            "overrode": article and article.acts.filter(verb=Act.Verb.OVERRODE).first(),
            "review": review_box(article, request.user, now=now),
        }
        if article is None or self.has_change_permission(request, article):
            context["names"] = names.beside(context["adminform"].form)
        else:
            context["desk"]["who_may_edit"] = workflow.who_may_edit(article)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        found = self.admin_site.admin_view(names.found)
        return [path("names/", found, name="blog_article_names"), *super().get_urls()]


def _moments(article: Article) -> dict[str, datetime | None]:
    return {
        "published_at": article.published_at,
        "goes_live_at": article.scheduled_at,
        "expires_at": article.expires_at,
    }


def _what_a_date_means(name: str) -> str:
    return f"{WHAT_A_DATE_MEANS[name]} Time zone: {timezone.get_current_timezone_name()}."
