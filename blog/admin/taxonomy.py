from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet, URLField
from django.http import HttpRequest

from blog.forms import HttpsURLField, ListingForm
from blog.models import Author, AuthorLink, Category

from .in_use import NeededByArticles


@admin.register(Category)
class CategoryAdmin(NeededByArticles):
    needed_through = "category"
    form = ListingForm
    list_display = ["name", "article_count", "order", "slug"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    ordering = ["order", "name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        rows: QuerySet[Category] = super().get_queryset(request)
        return rows.annotate(articles_filed=Count("articles"))

    @admin.display(description="Articles", ordering="articles_filed")
    def article_count(self, category: Any) -> int:
        return int(category.articles_filed)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Category | None = None) -> Any:
        """A category in use keeps its address unless someone means to change it."""
        return {} if obj else self.prepopulated_fields


class AuthorLinkInline(admin.TabularInline):
    model = AuthorLink
    fields = ["label", "url", "order"]
    formfield_overrides = {URLField: {"form_class": HttpsURLField}}
    extra = 0


@admin.register(Author)
class AuthorAdmin(NeededByArticles):
    needed_through = "authors"
    form = ListingForm
    list_display = ["name", "short_bio", "article_count", "slug"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["photo", "user"]
    ordering = ["name"]
    inlines = [AuthorLinkInline]
    fields = ["name", "slug", "is_organisation", "short_bio", "bio", "photo", "photo_alt", "user"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Author]:
        rows: QuerySet[Author] = super().get_queryset(request)
        return rows.annotate(articles_written=Count("bylines"))

    @admin.display(description="Articles", ordering="articles_written")
    def article_count(self, author: Any) -> int:
        return int(author.articles_written)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Author | None = None) -> Any:
        return {} if obj else self.prepopulated_fields
