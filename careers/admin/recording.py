"""Every save and every deletion in the admin leaves its lines in the history of the fact."""

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from careers import checklist, journal, upkeep

SHOWN = 50
LONGEST_FIELD = 60


class RecordedAdmin(admin.ModelAdmin):
    """Its facts get a history of their fields."""

    object_history_template = "admin/careers/history.html"
    change_form_template = "admin/careers/change_form.html"

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:  # noqa: FBT001 -- Django's own
        form.before_save = journal.snapshot(journal.root_of(obj))
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        fact = journal.root_of(form.instance)
        after = journal.snapshot(fact)
        journal.record(fact, form.before_save, after, by=request.user, at=timezone.now())

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        checks = self.checks_for(request, object_id) if request.method == "GET" else []
        return super().change_view(
            request, object_id, form_url, {"checklist": checks, **(extra_context or {})}
        )

    def checks_for(self, request: HttpRequest, object_id: str) -> list[checklist.Line]:
        """What can be checked here, for those who may write a check down."""
        kind = next((kind for kind, model in upkeep.KINDS.items() if model is self.model), None)
        if kind is None or not object_id.isdecimal() or not request.user.has_perm("careers.add_fieldcheck"):
            return []
        fact = checklist.subjects(kind).filter(pk=object_id).first()
        return [] if fact is None else checklist.checklist(fact)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        self.write_down_deletion(request, obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for obj in queryset:
            self.write_down_deletion(request, obj)
        super().delete_queryset(request, queryset)

    def write_down_deletion(self, request: HttpRequest, obj: Any) -> None:
        fact = journal.root_of(obj)
        before = journal.snapshot(fact)
        gone = {key: seen for key, seen in before.items() if fact is obj or key == (obj._meta.label, obj.pk)}
        left = {key: seen for key, seen in before.items() if key not in gone}
        journal.record(fact, before, left, by=request.user, at=timezone.now(), note="Deleted.")

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        obj = self.get_object(request, object_id)
        found = {} if obj is None else history_page(journal.root_of(obj), request.GET)
        return super().history_view(request, object_id, {**found, **(extra_context or {})})


def history_page(fact: Any, asked: Any) -> dict[str, Any]:
    """One page of what changed, of all fields or of the one asked for."""
    changes = journal.history_of(fact)
    fields = sorted(set(changes.order_by().values_list("field", flat=True)))
    field = asked.get("field", "")[:LONGEST_FIELD]
    if field:
        changes = changes.filter(field=field)
    page = Paginator(changes, SHOWN).get_page(asked.get("page"))
    return {"fact": fact, "changes": page, "fields": fields, "chosen_field": field}
