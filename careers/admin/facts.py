"""What the admin of every fact shares."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import SlugField, URLField
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from careers.forms import HttpsURLField
from careers.models import ExamVersion, Fact
from careers.templatetags.careers import status_tone

from .recording import RecordedAdmin

SAFE_ADDRESSES: dict[Any, dict[str, Any]] = {URLField: {"form_class": HttpsURLField}}

WORDS_ON_ADDRESSES = {
    "unique": "Another one has this address already. Please choose a different one.",
    "invalid": "An address has only the letters a to z, digits and hyphens, such as data-engineer.",
}


def pill(tone: str, label: str) -> SafeString:
    return format_html('<span class="pill pill--{}">{}</span>', tone, label)


def exam_pill(status: ExamVersion.Status) -> SafeString:
    return pill(status_tone(status), str(status.label))


class FactAdmin(RecordedAdmin):
    list_filter = ["status"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["name", "slug"]
    formfield_overrides = SAFE_ADDRESSES
    prepopulated_fields = {"slug": ["name"]}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Fact | None = None) -> Any:
        """A fact in use keeps its address unless someone means to change it."""
        return {} if obj else self.prepopulated_fields

    def get_view_on_site_url(self, obj: Fact | None = None) -> str | None:
        """Only what readers can see: a draft has no page."""
        return obj.get_absolute_url() if obj and obj.is_public else None

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        formfield: Any = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(db_field, SlugField):
            formfield.error_messages |= WORDS_ON_ADDRESSES
        if isinstance(getattr(formfield, "widget", None), RelatedFieldWidgetWrapper):
            # Deleting a provider or a skill is nothing to do in passing.
            formfield.widget.can_delete_related = False
        return formfield

    @admin.display(description="State", ordering="status")
    def state(self, fact: Fact) -> SafeString:
        return pill("live" if fact.is_public else "draft", fact.get_status_display())
