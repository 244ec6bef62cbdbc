from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from blog.forms import ListingForm
from blog.models import Series, SeriesPart


class SeriesPartInline(admin.TabularInline):
    model = SeriesPart
    autocomplete_fields = ["article"]
    fields = ["order", "article"]
    extra = 1
    verbose_name_plural = "parts, in the order they are read in; readers see those that are published"


@admin.register(Series)
class SeriesAdmin(admin.ModelAdmin):
    form = ListingForm
    list_display = ["name", "part_count", "slug"]
    search_fields = ["name", "slug"]
    ordering = ["name"]
    inlines = [SeriesPartInline]
    fields = ["name", "slug", "description"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Series]:
        rows: QuerySet[Series] = super().get_queryset(request)
        return rows.annotate(parts_held=Count("parts"))

    @admin.display(description="Parts", ordering="parts_held")
    def part_count(self, series: Any) -> int:
        return int(series.parts_held)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Series | None = None) -> Any:
        """A series in use keeps its address unless someone means to change it."""
        return {} if obj else self.prepopulated_fields
