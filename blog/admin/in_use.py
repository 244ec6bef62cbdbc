"""What stands in the way of deleting a category or an author: the articles, each with a way there."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from blog.models import Article

from . import columns

SHOWN = 50


class NeededByArticles(admin.ModelAdmin):
    """``needed_through`` leads from an article to rows of this model."""

    needed_through: str

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Before Django asks: it would name rows that join two others, one query each."""
        rows = Article.objects.filter(**{f"{self.needed_through}__in": objs}).distinct()
        if lines := in_the_way(rows):
            return [], {}, set(), lines
        return super().get_deleted_objects(objs, request)


def in_the_way(articles: QuerySet[Article]) -> list[str]:
    shown = articles.without_texts().order_by("title", "pk")[:SHOWN]  # type: ignore[attr-defined]
    lines: list[str] = [
        format_html(
            'Article <a href="{}">{}</a> {}',
            reverse("admin:blog_article_change", args=[article.pk]),
            article,
            columns.standing(article),
        )
        for article in shown
    ]
    more = articles.count() - len(lines) if len(lines) == SHOWN else 0
    return [*lines, f"and {more} more"] if more else lines
