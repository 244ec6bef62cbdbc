from django.contrib import admin

from careers.models import Dimension, Skill, Technology

from .facts import FactAdmin


@admin.register(Skill)
class SkillAdmin(FactAdmin):
    list_display = ["name", "kind", "reuse_level", "state"]
    list_filter = ["status", "kind", "reuse_level"]
    search_fields = ["name", "slug", "summary"]
    fields = ["name", "slug", "kind", "reuse_level", "summary", "aliases", "status", "editor_note"]


@admin.register(Technology)
class TechnologyAdmin(FactAdmin):
    list_display = ["name", "kind", "vendor", "state"]
    list_filter = ["status", "kind"]
    search_fields = ["name", "slug", "vendor"]
    fields = ["name", "slug", "kind", "vendor", "summary", "aliases", "status", "editor_note"]


@admin.register(Dimension)
class DimensionAdmin(admin.ModelAdmin):
    """The rows of every comparison."""

    list_display = ["label", "key", "value_kind", "order"]
    list_editable = ["order"]
    search_fields = ["label", "key"]
    prepopulated_fields = {"key": ["label"]}
