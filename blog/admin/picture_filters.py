"""What the picture library can be narrowed by."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest


class UseFilter(admin.SimpleListFilter):
    title = "use"
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("used", "Used"), ("unused", "Used nowhere")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        narrowed = {"used": queryset.used, "unused": queryset.unused}.get(self.value() or "")  # type: ignore[attr-defined]
        return narrowed() if narrowed else queryset


class DescriptionFilter(admin.SimpleListFilter):
    title = "description"
    parameter_name = "description"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("missing", "Not described yet"), ("decorative", "Decorative"), ("described", "Described")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "missing":
                return queryset.filter(alt="", is_decorative=False)
            case "decorative":
                return queryset.filter(is_decorative=True)
            case "described":
                return queryset.exclude(alt="")
        return queryset
