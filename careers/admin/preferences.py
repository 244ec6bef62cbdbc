from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from careers import statements
from careers.choosing import FEWEST_STRONG, Reach, reaches
from careers.forms import AddressField, WeightForm, WeightFormSet
from careers.models import PreferenceStatement, PreferenceWeight, Role, Status

from .facts import pill
from .inlines import FactInline
from .recording import RecordedAdmin


class WeightInline(FactInline):
    model = PreferenceWeight
    form = WeightForm
    formset = WeightFormSet
    verbose_name = "role"
    verbose_name_plural = "points for roles (0 to 3; a role that is not here gets none)"
    fields = ["role", "weight", "is_excluding", "reason"]
    autocomplete_fields = ["role"]


@admin.register(PreferenceStatement)
class PreferenceStatementAdmin(RecordedAdmin):
    """What readers tick to see which role fits; the list shows how far each role can get."""

    change_list_template = "admin/careers/preferences.html"
    list_display = ["text", "about", "order", "speaks_for", "state"]
    list_filter = ["status", "about", ("weights__role", admin.RelatedOnlyFieldListFilter)]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["text", "slug", "weights__role__name"]
    search_help_text = "Words of the statement, or a role it speaks about"
    autocomplete_fields = ["source"]
    inlines = [WeightInline]
    fields = ["text", "slug", "about", "status", "order", "source"]
    prepopulated_fields = {"slug": ["text"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[PreferenceStatement]:
        weights = PreferenceWeight.objects.select_related("role")
        return super().get_queryset(request).prefetch_related(Prefetch("weights", weights))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Addresses that readers have kept or shared name statements by their slug."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        formfield: Any = super().formfield_for_dbfield(db_field, request, **options)
        if db_field.name == "slug":
            formfield.error_messages |= AddressField.default_error_messages
            formfield.help_text = "Stands in the addresses of answers, so it cannot be changed later."
        if isinstance(getattr(formfield, "widget", None), RelatedFieldWidgetWrapper):
            formfield.widget.can_delete_related = False
        return formfield

    @admin.display(description="Points")
    def speaks_for(self, statement: PreferenceStatement) -> str:
        """Most first, as the rows come."""
        return ", ".join(in_short(weight) for weight in statement.weights.all()) or "none"

    @admin.display(description="State", ordering="status")
    def state(self, statement: PreferenceStatement) -> SafeString:
        is_public = statement.status == Status.PUBLISHED
        return pill("live" if is_public else "draft", statement.get_status_display())

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {**reach_panel(), **(extra_context or {})})


def in_short(weight: PreferenceWeight) -> str:
    return f"{weight.role.name} {'ruled out' if weight.is_excluding else weight.weight}"


def reach_panel() -> dict[str, Any]:
    """How far each public role can get with what is public, weakest first."""
    roles = statements.role_options(Role.objects.public())
    found = sorted(
        reaches(roles, statements.public_statements()), key=lambda reach: (reach.most, reach.strong)
    )
    warned = [(reach, warning(reach)) for reach in found if warning(reach)]
    return {"reaches": found, "warned": warned, "fewest_strong": FEWEST_STRONG}


def warning(reach: Reach) -> str:
    reasons = []
    if reach.is_weak:
        reasons.append(
            f"{reach.strong or 'no'} statement{'' if reach.strong == 1 else 's'} with two points or more"
        )
    if reach.is_far_below:
        reasons.append(f"reaches {reach.most} points at most, far below the rest")
    return "; ".join(reasons)
