"""What the admin of every fact shares."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError, QuerySet, SlugField, URLField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from careers.forms import AddressField, HttpsURLField
from careers.models import ExamVersion, Fact, named_elsewhere
from careers.templatetags.careers import status_tone
from careers.twins import twin_of

from .recording import RecordedAdmin
from .seen import SeenByToday

SAFE_ADDRESSES: dict[Any, dict[str, Any]] = {URLField: {"form_class": HttpsURLField}}

NEEDED = "Nothing was changed: at this moment something else was saved that needs it. Please look again."


def pill(tone: str, label: str) -> SafeString:
    return format_html('<span class="pill pill--{}">{}</span>', tone, label)


def exam_pill(status: ExamVersion.Status) -> SafeString:
    return pill(status_tone(status), str(status.label))


def admin_address(fact: Fact) -> str:
    return reverse(f"admin:careers_{fact._meta.model_name}_change", args=[fact.pk])


class FactAdmin(SeenByToday, RecordedAdmin):
    list_filter = ["status"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["name", "slug"]
    formfield_overrides = {**SAFE_ADDRESSES, SlugField: {"form_class": AddressField}}
    prepopulated_fields = {"slug": ["name"]}

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 -- Django's own
        """Once titles and aliases are there too: the same thing may be here under another spelling."""
        super().save_related(request, form, formsets, change)
        if twin := twin_of(form.instance):
            sentence = "“{}” is here too, by the same name but for its spelling. Is it the same thing?"
            link = format_html('<a href="{}">{}</a>', admin_address(twin), twin)
            messages.warning(request, format_html(sentence, link))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Fact | None = None) -> Any:
        """A fact in use keeps its address unless someone means to change it."""
        return {} if obj else self.prepopulated_fields

    def get_view_on_site_url(self, obj: Fact | None = None) -> str | None:
        """Only what readers can see: a draft has no page."""
        return obj.get_absolute_url() if obj and obj.is_public else None

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        formfield: Any = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(getattr(formfield, "widget", None), RelatedFieldWidgetWrapper):
            # Deleting a provider or a skill is nothing to do in passing.
            formfield.widget.can_delete_related = False
        return formfield

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What is about a fact is as protected as what shows it."""
        *others, protected = super().get_deleted_objects(objs, request)
        about = [self._named(row, request) for row in named_elsewhere(objs)]
        return *others, [*protected, *(line for line in about if line not in map(str, protected))]

    def _named(self, row: Model, request: HttpRequest) -> str:
        """As Django has it in its list, with a way there for those who may go it."""
        kind, its = capfirst(str(row._meta.verbose_name)), self.admin_site._registry.get(type(row))
        if its is None or not its.has_view_permission(request, row):
            return f"{kind}: {row}"
        address = reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])
        return format_html('{}: <a href="{}">{}</a>', kind, address, row)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Refused by the database, too, when somebody begins to show it while we ask."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except (ProtectedError, IntegrityError):
            self.message_user(request, NEEDED, messages.ERROR)
            return HttpResponseRedirect(request.path)

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """The same for many at once: all of what was asked, or nothing."""
        try:
            with transaction.atomic():
                answer: HttpResponse | None = super().response_action(request, queryset)
        except (ProtectedError, IntegrityError):
            self.message_user(request, NEEDED, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return answer

    @admin.display(description="State", ordering="status")
    def state(self, fact: Fact) -> SafeString:
        return pill("live" if fact.is_public else "draft", fact.get_status_display())
