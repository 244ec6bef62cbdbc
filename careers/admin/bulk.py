"""Many rows at once: the tiers of recommendations, the needs of roles, the levels of certifications."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst

from careers import journal
from careers.models import Credential, Recommendation, RoleSkill

from .recording import RecordedAdmin

Action = Callable[[Any, HttpRequest, "QuerySet[Any]"], None]


def set_to(field: str, value: str, label: str) -> Action:
    """An action that sets one field of every row chosen, with a line in the history of each fact."""

    @admin.action(description=f"{capfirst(field)}: {label.lower()}", permissions=["change"])
    def act(model_admin: Any, request: HttpRequest, rows: "QuerySet[Any]") -> None:
        changed = [row for row in rows if getattr(row, field) != value]
        with transaction.atomic():
            for row in changed:
                with journal.recorded(journal.root_of(row), by=request.user, at=timezone.now()):
                    setattr(row, field, value)
                    row.save()
        kept = rows.count() - len(changed)
        also = f"; {kept} were so already" if kept else ""
        messages.success(request, f"{field.capitalize()} of {len(changed)} set to {label.lower()}{also}.")

    act.__name__ = f"set_{field}_{value}"
    return act


LEVEL_ACTIONS = [set_to("level", value, str(label)) for value, label in Credential.Level.choices]
TIER_ACTIONS = [set_to("tier", value, str(label)) for value, label in Recommendation.Tier.choices]
RELATION_ACTIONS = [set_to("relation", value, str(label)) for value, label in RoleSkill.Relation.choices]


class ManyRowsAdmin(RecordedAdmin):
    """Rows that belong to a role, all roles together: edited in the list."""

    list_per_page = 50
    show_full_result_count = False


@admin.register(Recommendation)
class RecommendationAdmin(ManyRowsAdmin):
    list_display = ["credential", "role", "tier", "order", "reason"]
    list_editable = ["tier", "order"]
    list_filter = ["tier", ("role", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["role", "credential"]
    search_fields = ["credential__name", "role__name", "reason"]
    autocomplete_fields = ["role", "credential", "for_skill"]
    actions = TIER_ACTIONS


@admin.register(RoleSkill)
class RoleSkillAdmin(ManyRowsAdmin):
    list_display = ["skill", "role", "relation", "importance", "level", "basis"]
    list_editable = ["relation", "importance", "level"]
    list_filter = ["relation", "basis", ("role", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["role", "skill"]
    search_fields = ["skill__name", "role__name"]
    autocomplete_fields = ["role", "skill"]
    actions = RELATION_ACTIONS
