from django.contrib import admin

from careers.models import LifecycleEvent


@admin.register(LifecycleEvent)
class LifecycleEventAdmin(admin.ModelAdmin):
    """What readers find in the change log, the feeds and the calendar."""

    list_display = ["__str__", "happens_on", "happens_on_precision", "certainty", "review_on", "source"]
    list_filter = ["kind", "certainty", ("credential__provider", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["credential", "version", "source"]
    list_per_page = 50
    show_full_result_count = False
    date_hierarchy = "happens_on"
    search_fields = ["credential__name", "version__exam_code", "note"]
    search_help_text = "Certification, exam code or note"
    autocomplete_fields = ["credential", "version", "source"]
    fieldsets = [
        (None, {"fields": ["credential", "version", "kind", "languages"]}),
        ("When", {"fields": [("happens_on", "happens_on_precision"), "certainty", "review_on"]}),
        ("Evidence", {"fields": ["note", "source"]}),
    ]
