"""What a list of articles can be narrowed by."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from blog import linting, standings
from blog.models import Article, Hashtag


class StandingFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(standings.STANDINGS.items())

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The bin is a place apart."""
        those = standings.those(self.value() or "", timezone.now())
        return queryset.kept() if those is None else queryset.filter(pk__in=those)


class MineFilter(admin.SimpleListFilter):
    title = "who began it"
    parameter_name = "begun"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("me", "Me")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(created_by=request.user) if self.value() == "me" else queryset


class FindingsFilter(admin.SimpleListFilter):
    """By what the last desk check of each found."""

    title = "desk check"
    parameter_name = "findings"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("block", "Must be mended"),
            ("warn", "With warnings"),
            ("unchecked", "Not checked by the rules of today"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value in ("block", "warn"):
            return queryset.filter(pk__in=linting.with_findings(Article.objects.all(), value))
        if value == "unchecked":
            return queryset.filter(pk__in=linting.unchecked(Article.objects.all()))
        return queryset


class HashtagFilter(admin.SimpleListFilter):
    """By any spelling, found by typing: a list of all hashtags would be a page of its own."""

    title = "hashtag"
    parameter_name = "hashtag"
    template = "admin/blog/hashtag_filter.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("", "Any")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        others = [(name, value) for name, value in changelist.params.items() if name != self.parameter_name]
        others += [(name, values[-1]) for name, values in changelist.filter_params.items()]
        others = [(name, value) for name, value in others if name != self.parameter_name]
        yield {
            "typed": self.value() or "",
            "others": dict(others),
            "all": changelist.get_query_string(remove=[self.parameter_name]),
        }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        return queryset.filter(article_hashtags__tag__in=Hashtag.objects.spelt(str(self.value())))
