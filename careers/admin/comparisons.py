from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from careers.comparison import FEWEST, MOST
from careers.models import Comparison, Role, Status

from .facts import pill
from .recording import RecordedAdmin


class ComparisonForm(forms.ModelForm):
    def clean_roles(self) -> "QuerySet[Role]":
        roles: QuerySet[Role] = self.cleaned_data["roles"]
        if not FEWEST <= len(roles) <= MOST:
            raise ValidationError("Choose two to four roles.")
        others = Comparison.objects.filter(key=Comparison.key_of(roles)).exclude(pk=self.instance.pk)
        if other := others.first():
            raise ValidationError(f"There is one already: {other}. Change that one.")
        # Here and not on saving: the roles of a new row are joined only after the row is there.
        self.instance.key = Comparison.key_of(roles)
        return roles


@admin.register(Comparison)
class ComparisonAdmin(RecordedAdmin):
    form = ComparisonForm
    list_display = ["__str__", "state", "updated_at"]
    list_filter = ["status"]
    search_fields = ["roles__name"]
    autocomplete_fields = ["roles", "dimensions"]
    fieldsets = [
        (None, {"fields": ["roles", "status"]}),
        ("What the desk says", {"fields": ["intro", "verdict"]}),
        ("The table", {"fields": ["dimensions"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comparison]:
        return super().get_queryset(request).prefetch_related("roles")

    def get_view_on_site_url(self, obj: Comparison | None = None) -> Any:
        is_public = obj is not None and obj.status == Status.PUBLISHED
        roles = list(obj.roles.all()) if obj is not None and is_public else []
        return obj.get_absolute_url() if obj and roles and all(role.is_public for role in roles) else None

    @admin.display(description="State", ordering="status")
    def state(self, comparison: Comparison) -> SafeString:
        is_public = comparison.status == Status.PUBLISHED
        return pill("live" if is_public else "draft", comparison.get_status_display())
