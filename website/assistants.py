"""What the site holds, for programs that read: llms.txt, as https://llmstxt.org describes it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.markdown import one_line
from blog.models import Article
from careers.models import Credential, Role

from .twins import twin_address

MOST: Final = 1_000  # articles; further ones are in the lists that are linked
LISTS: Final = [
    ("All articles", "blog:article-list"),
    ("All roles", "careers:role-list"),
    ("All skills", "careers:skill-list"),
    ("All technologies", "careers:technology-list"),
    ("Who awards certifications", "careers:provider-list"),
    ("All certifications", "careers:credential-list"),
    ("What changed in certifications", "careers:change-list"),
    ("Archive by month", "blog:archive"),
]


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    lines = "\n".join(_lines(request, timezone.now()))
    return HttpResponse(f"{lines}\n", content_type="text/plain; charset=utf-8")


def _lines(request: HttpRequest, now: datetime) -> Iterator[str]:
    def link(title: str, address: str, summary: str = "") -> str:
        after = f": {one_line(summary)}" if summary.strip() else ""
        return f"- [{one_line(title)}]({request.build_absolute_uri(twin_address(address))}){after}"

    yield f"# {one_line(settings.SITE_NAME)}"
    yield f"\n> {one_line(settings.SITE_TAGLINE)}."
    yield "\nEvery page is there as Markdown too: at its address with .md, or by Accept: text/markdown."
    for subject, rows in _subjects(now):
        yield f"\n## {one_line(subject)}\n"
        yield from (link(*row) for row in rows)
    yield "\n## Optional\n"
    yield from (link(title, reverse(name)) for title, name in LISTS)


def _subjects(now: datetime) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Articles by category, the newest first in each; then the facts."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    articles = Article.objects.public(now).select_related("category").order_by("-published_at", "-pk")
    for article in articles.only("title", "slug", "summary", "category__name")[:MOST]:
        row = (article.title, article.get_absolute_url(), article.summary)
        groups.setdefault(article.category.name, []).append(row)
    yield from sorted(groups.items())
    facts: list[tuple[str, Any]] = [("Roles", Role), ("Certifications", Credential)]
    for subject, model in facts:
        rows = [(str(row), row.get_absolute_url(), row.summary) for row in model.objects.public()]
        if rows:
            yield subject, rows
