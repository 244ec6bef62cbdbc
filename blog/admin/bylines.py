"""The authors of an article: ordered, and as many as there are without asking for each."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, Form
from django.http import HttpRequest

from blog.models import Article, ArticleAuthor


class BylineSelect(AutocompleteSelect):
    """Django's own asks the database for the name of every author chosen; the formset already has them."""

    known: dict[str, str] = {}

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> list[Any]:
        if len(value) != 1 or value[0] not in self.known:
            return super().optgroups(name, value, attr)
        option = self.create_option(name, value[0], self.known[value[0]], selected=True, index=0)
        return [(None, [option], 0)]


class BylineFormSet(BaseInlineFormSet):
    def add_fields(self, form: Form, index: int | None) -> None:
        super().add_fields(form, index)
        line = getattr(form, "instance", None)
        if line is not None and line.pk and "author" in form.fields:
            form.fields["author"].widget.widget.known = {str(line.author_id): str(line.author)}


class BylineInline(admin.TabularInline):
    model = ArticleAuthor
    formset = BylineFormSet
    autocomplete_fields = ["author"]
    fields = ["author", "order"]
    verbose_name = "author"
    verbose_name_plural = "authors"

    def get_extra(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> int:
        """A line to fill in where there is none; it may stay empty while the article is a draft."""
        return 0 if obj is not None and obj.bylines.exists() else 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticleAuthor]:
        rows: QuerySet[ArticleAuthor] = super().get_queryset(request)
        return rows.select_related("author")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["widget"] = BylineSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        formfield: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "author":
            formfield.widget.can_delete_related = formfield.widget.can_change_related = False
        return formfield
