"""Inlines that ask the database as often for sixty rows as for two."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest

from .facts import SAFE_ADDRESSES


class KnowingSelect(AutocompleteSelect):
    """Django's asks the database in each row for the name of what is chosen; this one was told."""

    names: dict[str, str] = {}

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        if not value or any(str(key) not in self.names for key in value):
            return super().optgroups(name, value, attrs)
        chosen = [
            self.create_option(name, key, self.names[str(key)], selected=True, index=index, attrs=attrs)
            for index, key in enumerate(value)
        ]
        return [(None, chosen, 0)]


class FactInline(admin.TabularInline):
    extra = 0
    formfield_overrides = SAFE_ADDRESSES

    def foreign_keys(self) -> list[str]:
        return [field.name for field in self.model._meta.fields if isinstance(field, ForeignKey)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        rows: QuerySet[Model] = super().get_queryset(request)
        return rows.select_related(*self.foreign_keys())

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            options["widget"] = KnowingSelect(db_field, self.admin_site, using=options.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **options)

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **options)
        if obj is None:
            return formset
        rows = list(self.get_queryset(request).filter(**{formset.fk.name: obj}))
        for name in self.autocomplete_fields:
            chosen = [getattr(row, name) for row in rows]
            names = {str(fact.pk): str(fact) for fact in chosen if fact}
            if name in formset.form.base_fields:
                formset.form.base_fields[name].widget.widget.names = names
        return formset
