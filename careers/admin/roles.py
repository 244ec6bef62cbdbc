from django.contrib import admin

from careers.forms import RecommendationForm, TitleFormSet
from careers.models import (
    Recommendation,
    Role,
    RoleCode,
    RoleDimensionValue,
    RoleRelation,
    RoleSkill,
    RoleTask,
    RoleTechnology,
    RoleTitle,
)

from .facts import FactAdmin
from .inlines import FactInline


class TitleInline(FactInline):
    model = RoleTitle
    verbose_name_plural = "other titles"
    formset = TitleFormSet


class TaskInline(FactInline):
    model = RoleTask
    verbose_name_plural = "responsibilities"
    fields = ["text", "kind", "order"]


class DimensionValueInline(FactInline):
    model = RoleDimensionValue
    autocomplete_fields = ["dimension"]
    verbose_name = "answer"
    verbose_name_plural = "answers in comparisons (focus, technologies and tools are read from elsewhere)"


class SkillInline(FactInline):
    model = RoleSkill
    verbose_name_plural = "skills"
    fields = ["skill", "relation", "importance", "level"]
    autocomplete_fields = ["skill"]


class TechnologyInline(FactInline):
    model = RoleTechnology
    verbose_name_plural = "technologies and tools"
    fields = ["technology", "use", "order"]
    autocomplete_fields = ["technology"]


class RecommendationInline(FactInline):
    model = Recommendation
    verbose_name_plural = "recommended certifications"
    form = RecommendationForm
    fields = ["credential", "tier", "reason", "order"]
    autocomplete_fields = ["credential"]


class RelationInline(FactInline):
    model = RoleRelation
    fk_name = "from_role"
    verbose_name = "related role"
    verbose_name_plural = "roles people move to from here"
    fields = ["to_role", "tier", "order"]
    autocomplete_fields = ["to_role"]


class CodeInline(FactInline):
    model = RoleCode
    verbose_name_plural = "codes in other classifications"
    fields = ["framework", "code", "match", "source"]
    autocomplete_fields = ["source"]


@admin.register(Role)
class RoleAdmin(FactAdmin):
    list_display = ["name", "main_focus", "job_zone", "state", "updated_at"]
    list_filter = ["status", "job_zone"]
    search_fields = ["name", "slug", "main_focus", "titles__title"]
    autocomplete_fields = ["sources"]
    inlines = [
        SkillInline,
        TechnologyInline,
        RecommendationInline,
        TaskInline,
        TitleInline,
        RelationInline,
        DimensionValueInline,
        CodeInline,
    ]
    fieldsets = [
        (None, {"fields": ["name", "slug", "main_focus", "summary", "status"]}),
        ("About", {"fields": ["job_zone", "demand_note", "sources", "checked_on"]}),
        ("For the desk", {"fields": ["editor_note"]}),
    ]
