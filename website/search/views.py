"""The page where readers search. Works without JavaScript: a form that asks by address."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.listings import page_number
from blog.models import Article, Category, Hashtag
from careers.models import Role

from .kinds import BY_NAME, KINDS
from .matching import Results, search

SUGGESTED = 12


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    kind, number = request.GET.get("kind", ""), page_number(request.GET.get("page", "1"))
    if kind and kind not in BY_NAME:
        raise Http404("There is no such kind of page.")
    results = search(request.GET.get("q", ""), kind=kind, page=number, now=now)
    if number > results.pages:
        raise Http404("The results have fewer pages.")
    response = render(request, "website/search.html", _context(results, now))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _context(results: Results, now: datetime) -> dict[str, Any]:
    shown = {
        "results": results,
        "query": results.query.text,
        "kind": BY_NAME.get(results.kind),
        "filters": _filters(results),
        "newer": _address(results, page=results.page - 1) if results.page > 1 else "",
        "older": _address(results, page=results.page + 1) if results.page < results.pages else "",
    }
    return shown if results.hits else shown | _ways_on(now)


def _filters(results: Results) -> list[dict[str, Any]]:
    """Everything, then each kind that has hits, in the order of the kinds."""
    kinds = [(k.plural, k.name, results.counts[k.name]) for k in KINDS.values() if k.name in results.counts]
    return [
        {
            "label": label,
            "name": name,
            "count": count,
            "url": _address(results, kind=name),
            "is_current": name == results.kind,
        }
        for label, name, count in [("Everything", "", sum(results.counts.values())), *kinds]
    ]


def _address(results: Results, *, kind: str | None = None, page: int = 1) -> str:
    kind = results.kind if kind is None else kind
    asked = {"q": results.query.text, "kind": kind, "page": page if page > 1 else ""}
    return f"{reverse('search')}?{urlencode({name: value for name, value in asked.items() if value})}"


def _ways_on(now: datetime) -> dict[str, Any]:
    """Where to go from a page without hits: never into an empty one."""
    articles = Article.objects.public(now)
    return {
        "categories": Category.objects.filter(articles__in=articles.values("pk")).distinct(),
        "hashtags": Hashtag.objects.popular(articles)[:SUGGESTED],
        "roles": Role.objects.public()[:SUGGESTED],
    }
