from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from careers import journal
from careers.dates import first_day
from careers.models import LifecycleEvent, Precision

from .recording import RecordedAdmin

Certainty = LifecycleEvent.Certainty


class OverdueFilter(admin.SimpleListFilter):
    """Announced for a day, month, quarter or year that is over, and not confirmed."""

    title = "overdue"
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", "Announced for a day that has passed")]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[LifecycleEvent]"
    ) -> "QuerySet[LifecycleEvent]":
        if self.value() != "yes":
            return queryset
        return queryset.filter(is_over(timezone.localdate())).exclude(certainty=Certainty.CONFIRMED)


def is_over(on: date) -> Q:
    """That the last day which a date may mean lies before ``on``."""
    return reduce(
        or_,
        (
            Q(happens_on_precision=precision, happens_on__lt=first_day(on, precision))
            for precision in Precision
        ),
    )


@admin.action(description="Confirm: it happened on that day", permissions=["change"])
def confirm(model_admin: Any, request: HttpRequest, rows: "QuerySet[LifecycleEvent]") -> None:
    """With a line in the history of each certification; what is to come cannot have happened."""
    chosen = rows.count()
    come = rows.exclude(certainty=Certainty.CONFIRMED).filter(happens_on__lte=timezone.localdate())
    events = list(come.select_related("credential"))
    with transaction.atomic():
        for event in events:
            note = f"Confirmed: {event.get_kind_display().lower()}"
            with journal.recorded(event.credential, by=request.user, at=timezone.now(), note=note):
                event.certainty = Certainty.CONFIRMED
                event.save()
    left = chosen - len(events)
    also = f" Left as they are: {left}, without a day, still to come, or confirmed already." if left else ""
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
