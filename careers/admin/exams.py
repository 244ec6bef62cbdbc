from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.safestring import SafeString

from careers.lifecycle import exam_status
from careers.models import Delivery, ExamDomain, ExamVersion

from .facts import exam_pill
from .fees import FeeInline
from .inlines import FactInline
from .recording import RecordedAdmin
from .retiring import retire_view


class DeliveryInline(admin.StackedInline):
    model = Delivery
    fieldsets = [
        (None, {"fields": [("phase", "window_from", "window_to"), "languages"]}),
        ("Terms", {"fields": [("minutes", "pass_mark"), ("items_min", "items_max", "items_scored")]}),
        ("More", {"fields": ["items_are_approximate", "channels", "parts", "appointment_code", "note"]}),
    ]
    extra = 0


class DomainInline(FactInline):
    model = ExamDomain
    verbose_name_plural = "exam domains (weights in per cent; together about 100)"
    fields = ["name", "weight_min", "weight_max", "skills", "source", "order"]
    autocomplete_fields = ["skills", "source"]


@admin.register(ExamVersion)
class ExamVersionAdmin(RecordedAdmin):
    list_display = ["__str__", "credential", "standing", "available_from", "last_exam_on", "validity_months"]
    list_filter = ["status", ("provider", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["credential"]
    date_hierarchy = "last_exam_on"
    change_form_template = "admin/careers/examversion/change_form.html"
    search_fields = ["exam_code", "version_label", "credential__name"]
    search_help_text = "Exam code or certification"
    autocomplete_fields = ["credential", "successor", "validity_source", "sources"]
    inlines = [DeliveryInline, FeeInline, DomainInline]
    fieldsets = [
        (None, {"fields": ["credential", "exam_code", "version_label", "status", "successor"]}),
        (
            "Dates",
            {
                "fields": [
                    ("available_from", "available_from_precision"),
                    ("last_exam_on", "last_exam_on_precision"),
                    "date_note",
                ]
            },
        ),
        ("Validity", {"fields": [("validity_months", "no_expiry"), "validity_source"]}),
        ("Evidence", {"fields": ["sources", "note"]}),
    ]

    def get_urls(self) -> list[Any]:
        page = self.admin_site.admin_view(self.retire)
        return [path("<int:pk>/retire/", page, name="careers_examversion_retire"), *super().get_urls()]

    def retire(self, request: HttpRequest, pk: int) -> HttpResponse:
        return retire_view(self, request, pk)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExamVersion]:
        return super().get_queryset(request).prefetch_related("deliveries")

    @admin.display(description="Standing", ordering="status")
    def standing(self, version: ExamVersion) -> SafeString:
        return exam_pill(exam_status(version, on=timezone.localdate()))
