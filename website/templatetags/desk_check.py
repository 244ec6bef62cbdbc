"""The desk check beside the form."""

from typing import Any

from django import template
from django.utils import timezone

from blog.linting import Story
from blog.models import Article
from website.desk_check import findings_of, panel_of, story_of_form

register = template.Library()


@register.inclusion_tag("admin/blog/article/_desk_check.html")
def desk_check(form: Any, article: Article | None) -> dict[str, Any]:
    """Of what was typed, where the form comes back with faults; of a new form nothing yet."""
    story = None
    if form.is_bound:
        story = story_of_form(form.data)
    elif article is not None and article.pk:
        story = Story.of_article(article)
    findings = findings_of([story], now=timezone.now())[0] if story else []
    return {"panel": panel_of(findings), "is_new": story is None}
