from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from careers import journal
from careers.models import LifecycleEvent

from .recording import RecordedAdmin


class OverdueFilter(admin.SimpleListFilter):
    """Announced for a day that has begun to pass, and not confirmed."""

    title = "overdue"
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", "Announced, and its day has come")]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[LifecycleEvent]"
    ) -> "QuerySet[LifecycleEvent]":
        if self.value() != "yes":
            return queryset
        come = queryset.filter(happens_on__lt=timezone.localdate())
        return come.exclude(certainty=LifecycleEvent.Certainty.CONFIRMED)


@admin.action(description="Confirm: it happened on that day", permissions=["change"])
def confirm(model_admin: Any, request: HttpRequest, rows: "QuerySet[LifecycleEvent]") -> None:
    """With a line in the history of each certification; one without a day cannot have happened."""
    chosen = rows.count()
    dated = rows.exclude(certainty=LifecycleEvent.Certainty.CONFIRMED).filter(happens_on__isnull=False)
    events = list(dated.select_related("credential"))
    with transaction.atomic():
        for event in events:
            note = f"Confirmed: {event.get_kind_display().lower()}"
            with journal.recorded(event.credential, by=request.user, at=timezone.now(), note=note):
                event.certainty = LifecycleEvent.Certainty.CONFIRMED
                event.save()
    left = chosen - len(events)
    also = f" {left} had no day, or were confirmed already." if left else ""
    messages.success(request, f"Confirmed: {len(events)}.{also}")


@admin.register(LifecycleEvent)
class LifecycleEventAdmin(RecordedAdmin):
    """What readers find in the change log, the feeds and the calendar."""

    list_display = ["__str__", "happens_on", "happens_on_precision", "certainty", "review_on", "source"]
    actions = [confirm]
    list_filter = [
        OverdueFilter,
        "kind",
        "certainty",
        ("credential__provider", admin.RelatedOnlyFieldListFilter),
    ]
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
