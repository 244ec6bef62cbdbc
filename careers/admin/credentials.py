from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from careers import directory
from careers.completeness import completeness
from careers.forms import ExamCodeFormSet, RecommendationForm
from careers.models import Condition, Credential, ExamVersion, LifecycleEvent, Recommendation, Renewal

from .bulk import LEVEL_ACTIONS
from .facts import FactAdmin, exam_pill
from .fees import FeeInline
from .inlines import FactInline


class ExamVersionInline(FactInline):
    """The exams at a glance; lengths, languages and prices are behind each one's own link."""

    model = ExamVersion
    fk_name = "credential"
    formset = ExamCodeFormSet
    fields = ["exam_code", "status", "available_from", "last_exam_on", "validity_months", "no_expiry"]
    show_change_link = True


class ConditionInline(FactInline):
    model = Condition
    fk_name = "credential"
    verbose_name_plural = (
        "conditions (rows with one group number are alternatives: of each group one must be met)"
    )
    fields = [
        "relation",
        "group",
        "target_credential",
        "must_be_current",
        "target_skill",
        "years_experience",
        "text",
        "source",
    ]
    autocomplete_fields = ["target_credential", "target_skill", "source"]


class RenewalInline(FactInline):
    model = Renewal
    verbose_name_plural = "renewals (one row for each way of keeping it valid)"
    fields = ["method", "window_months_before", "note", "source"]
    autocomplete_fields = ["source"]


class EventInline(FactInline):
    """What happened and what is to come; retiring has a page of its own, which writes these too."""

    model = LifecycleEvent
    fk_name = "credential"
    verbose_name_plural = "life cycle"
    fields = ["kind", "version", "happens_on", "happens_on_precision", "certainty", "note", "source"]
    autocomplete_fields = ["version", "source"]
    show_change_link = True


class RoleInline(FactInline):
    model = Recommendation
    form = RecommendationForm
    fields = ["role", "tier", "reason", "order"]
    autocomplete_fields = ["role"]
    verbose_name_plural = "recommended for"


class ExamStatusFilter(admin.SimpleListFilter):
    """Certifications with an exam recorded as being in this state."""

    title = "exam"
    parameter_name = "exam"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return ExamVersion.Status.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Credential]) -> QuerySet[Credential]:
        if self.value() not in ExamVersion.Status.values:
            return queryset
        with_status = ExamVersion.objects.filter(credential=OuterRef("pk"), status=self.value())
        return queryset.filter(Exists(with_status))


# What a line of the list tells, how complete it is included.
LISTED = (
    "versions__deliveries",
    "versions__fees__source",
    "skills",
    "conditions",
    "renewals",
    "sources",
    "recommendations",
)


@admin.register(Credential)
class CredentialAdmin(FactAdmin):
    list_display = ["name", "awarded_by", "exam_codes", "standing", "complete", "checked_on", "state"]
    list_filter = [
        "status",
        ("provider", admin.RelatedOnlyFieldListFilter),
        "level",
        "access",
        ExamStatusFilter,
    ]
    list_select_related = ["provider"]
    date_hierarchy = "checked_on"
    search_fields = ["name", "short_name", "slug", "versions__exam_code"]
    search_help_text = "Name, short name, address or exam code"
    change_form_template = "admin/careers/credential/change_form.html"
    actions = LEVEL_ACTIONS
    autocomplete_fields = ["provider", "replaced_by", "skills", "sources"]
    inlines = [ExamVersionInline, FeeInline, ConditionInline, RenewalInline, EventInline, RoleInline]
    fieldsets = [
        (None, {"fields": ["name", "short_name", "slug", "provider", "summary", "status"]}),
        (
            "What it is",
            {
                "fields": [
                    "kind",
                    "level",
                    "level_label",
                    "audience_level",
                    "access",
                    "official_url",
                    "skills",
                ]
            },
        ),
        ("Upkeep", {"fields": ["is_exam_required", "is_without_prerequisites", "replaced_by"]}),
        ("Evidence", {"fields": ["sources", "checked_on", "checked_on_precision", "conflicts", "note"]}),
        ("For the desk", {"fields": ["editor_note"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Credential]:
        rows: QuerySet[Credential] = super().get_queryset(request)
        return rows.prefetch_related(*LISTED)

    @admin.display(description="Provider", ordering="provider__name")
    def awarded_by(self, credential: Credential) -> str:
        return credential.provider.short_name or credential.provider.name

    @admin.display(description="Exams")
    def exam_codes(self, credential: Credential) -> str:
        return ", ".join(version.exam_code for version in credential.versions.all() if version.exam_code)

    @admin.display(description="Standing")
    def standing(self, credential: Credential) -> SafeString | str:
        status = directory.entry(credential, on=timezone.localdate()).status
        return exam_pill(status) if status else "–"

    @admin.display(description="Known")
    def complete(self, credential: Credential) -> SafeString:
        found = completeness(credential, on=timezone.localdate())
        missing = f"Missing: {', '.join(found.missing)}" if found.missing else "Everything is known"
        return format_html('<span title="{}">{} %</span>', missing, found.percent)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        found = self.get_object(request, unquote(object_id)) if request.method == "GET" else None
        known = completeness(found, on=timezone.localdate()) if found else None
        return super().change_view(request, object_id, form_url, {"known": known, **(extra_context or {})})

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """The autocompletes ask here too, and show names only: no exams need be read for them."""
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.prefetch_related(None)
        return super().get_search_results(request, queryset, search_term)
