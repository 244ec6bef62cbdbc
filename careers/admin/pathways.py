from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest

from careers.models import Pathway, PathwayChoice, PathwayEdge, PathwayStep

from .facts import FactAdmin
from .inlines import FactInline
from .pathway_forms import ChoiceFormSet, EdgeFormSet

EMPTY = ("", "---------")


def offer(field: ModelChoiceField, rows: QuerySet[Any], refusal: str) -> None:
    """Only these rows, read once for however many forms."""
    field.queryset = rows
    field.choices = [EMPTY, *((row.pk, str(row)) for row in rows)]
    field.error_messages["invalid_choice"] = refusal


class ChoiceInline(FactInline):
    model = PathwayChoice
    formset = ChoiceFormSet
    verbose_name_plural = "choices (save a new one before you choose it in a step)"


class StepInline(FactInline):
    model = PathwayStep
    verbose_name_plural = "steps (save new ones before you draw lines between them)"
    fields = ["key", "kind", "credential", "skill", "role", "text", "note", "choice", "order"]
    autocomplete_fields = ["credential", "skill", "role"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **options)
        if field := formset.form.base_fields.get("choice"):
            rows = PathwayChoice.objects.filter(pathway=obj)
            offer(field, rows, "This is no choice of this pathway.")
        return formset


class EdgeInline(FactInline):
    model = PathwayEdge
    formset = EdgeFormSet
    verbose_name = "line"
    verbose_name_plural = "lines (only what the certifications do not say themselves)"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        facts = [
            f"{end}__{fact}" for end in ("from_step", "to_step") for fact in ("credential", "skill", "role")
        ]
        return super().get_queryset(request).select_related(*facts)

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **options)
        rows = PathwayStep.objects.filter(pathway=obj).select_related("credential", "skill", "role")
        for name in ("from_step", "to_step"):
            if field := formset.form.base_fields.get(name):
                offer(field, rows, "This is no step of this pathway.")
        return formset


@admin.register(Pathway)
class PathwayAdmin(FactAdmin):
    list_display = ["name", "role", "step_count", "state"]
    list_select_related = ["role"]
    autocomplete_fields = ["role"]
    fields = ["name", "slug", "role", "summary", "intro", "status", "editor_note"]
    inlines = [ChoiceInline, StepInline, EdgeInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Pathway]:
        rows: QuerySet[Pathway] = super().get_queryset(request)
        return rows.annotate(step_total=Count("steps"))

    def get_inlines(self, request: HttpRequest, obj: Pathway | None) -> Any:
        """Lines join steps that are there."""
        return self.inlines if obj else [ChoiceInline, StepInline]

    def _create_formsets(self, request: HttpRequest, obj: Any, change: Any) -> Any:
        """How many steps a choice has is said by the form set of the steps."""
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        by_model = {formset.model: formset for formset in formsets}
        if PathwayChoice in by_model:
            by_model[PathwayChoice].steps = by_model.get(PathwayStep)
        return formsets, inlines

    @admin.display(description="Steps", ordering="step_total")
    def step_count(self, pathway: Any) -> int:
        return int(pathway.step_total)
