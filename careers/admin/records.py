"""What the site writes down by itself: to be read, never edited."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from careers.models import FieldChange, SlugAlias


class ReadOnlyAdmin(admin.ModelAdmin):
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(FieldChange)
class FieldChangeAdmin(ReadOnlyAdmin):
    list_display = ["fact_name", "part", "field", "before", "after", "changed_by", "changed_at"]
    list_filter = ["fact_model"]
    list_select_related = ["changed_by"]
    date_hierarchy = "changed_at"
    search_fields = ["fact_name", "part", "field", "note"]
    search_help_text = "Fact, row, field or note"


@admin.register(SlugAlias)
class SlugAliasAdmin(ReadOnlyAdmin):
    """Former addresses of facts; they lead on to where the fact is now."""

    list_display = ["slug", "fact", "content_type"]
    search_fields = ["slug"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("content_type").prefetch_related("fact")
