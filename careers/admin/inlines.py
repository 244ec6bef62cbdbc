"""Inlines that ask the database as often for sixty rows as for two."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import ForeignKey, Manager, Model, QuerySet
from django.http import HttpRequest

from .facts import SAFE_ADDRESSES
from .seen import SeenByToday


class Knowing:
    """Django's asks the database in each row for the names of what is chosen; this one was told."""

    names: dict[str, str] = {}

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        if not value or any(str(key) not in self.names for key in value):
            return super().optgroups(name, value, attrs)  # type: ignore[misc]
        chosen = [
            self.create_option(  # type: ignore[attr-defined]
                name, key, self.names[str(key)], selected=True, index=index, attrs=attrs
            )
            for index, key in enumerate(value)
        ]
        return [(None, chosen, 0)]


class KnowingSelect(Knowing, AutocompleteSelect):
    pass


class KnowingSelectMultiple(Knowing, AutocompleteSelectMultiple):
    pass


class FactInline(SeenByToday, admin.TabularInline):
    extra = 0
    formfield_overrides = SAFE_ADDRESSES

    def foreign_keys(self) -> list[str]:
        return [field.name for field in self.model._meta.fields if isinstance(field, ForeignKey)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        rows: QuerySet[Model] = super().get_queryset(request)
        lists = [name for name in self.autocomplete_fields if name not in self.foreign_keys()]
        return rows.select_related(*self.foreign_keys()).prefetch_related(*lists)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            options["widget"] = KnowingSelect(db_field, self.admin_site, using=options.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            options["widget"] = KnowingSelectMultiple(db_field, self.admin_site, using=options.get("using"))
        return super().formfield_for_manytomany(db_field, request, **options)

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **options)
        if obj is None:
            return formset
        rows = list(self.get_queryset(request).filter(**{formset.fk.name: obj}))
        for name in self.autocomplete_fields:
            names = {str(fact.pk): str(fact) for row in rows for fact in chosen_in(row, name)}
            if name in formset.form.base_fields:
                formset.form.base_fields[name].widget.widget.names = names
        return formset


def chosen_in(row: Any, name: str) -> list[Any]:
    chosen = getattr(row, name)
    if isinstance(chosen, Manager):
        return list(chosen.all())
    return [chosen] if chosen else []
