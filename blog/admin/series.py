from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest

from blog.forms import ListingForm
from blog.models import Series, SeriesPart


class SeriesPartForm(forms.ModelForm):
    order = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=32767,
        help_text="Smaller numbers come first. Empty: after all others.",
    )

    def clean_order(self) -> int:
        typed = self.cleaned_data["order"]
        if typed is not None:
            return int(typed)
        others = SeriesPart.objects.filter(series=self.instance.series_id).exclude(pk=self.instance.pk)
        last = others.aggregate(last=Max("order"))["last"]
        return 1 if last is None else min(last + 1, 32767)


class SeriesPartInline(admin.TabularInline):
    model = SeriesPart
    form = SeriesPartForm
    autocomplete_fields = ["article"]
    fields = ["order", "article"]
    extra = 1
    verbose_name_plural = "parts (readers see those that are published)"


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

    def get_view_on_site_url(self, obj: Series | None = None) -> str | None:
        """Only to where readers get something."""
        return obj.get_absolute_url() if obj and obj.is_public else None

    def get_prepopulated_fields(self, request: HttpRequest, obj: Series | None = None) -> Any:
        """A series in use keeps its address unless someone means to change it."""
        return {} if obj else self.prepopulated_fields
