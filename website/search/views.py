"""The page where readers search. Works without JavaScript: a form that asks by address."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import DateTimeField, Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from blog import counting
from blog.listings import page_number
from blog.models import Article, Category
from blog.prepared import Prepared
from careers.models import Role

from . import asked, shortcuts, teaching
from .facets import FACETS, Chosen, Value, counted, label_of
from .kinds import BY_NAME, KINDS
from .matching import Results, search, suggest

SUGGESTED = 12
ASKED = frozenset({"q", "kind", "page", *FACETS})
VALUE = re.compile(r"[\w+-]{1,120}")  # of a facet: a slug or a year


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    kind, number = request.GET.get("kind", ""), page_number(request.GET.get("page", "1"))
    if kind and kind not in BY_NAME:
        raise Http404("There is no such kind of page.")
    chosen, typed = _chosen(request), request.GET.get("q", "")
    is_first = not kind and not chosen and number == 1
    if is_first and (path := teaching.address_for(typed)):
        asked.note(typed, found=1, now=now)
        return _led_to(path)
    results = search(typed, kind=kind, chosen=chosen, page=number, now=now, leaves_out=True)
    if is_first:
        found = 0 if results.left_out else results.total  # editors want to know that nothing has all words
        asked.note(results.query.text and typed, found=found, now=now)
    if number > results.pages:
        raise Http404("The results have fewer pages.")
    is_asked = not ASKED.isdisjoint(request.GET)
    context = _context(results, now) | {"is_asked": is_asked}
    if is_first:
        context["shortcuts"] = shortcuts.to(results)
    response = render(request, "website/search.html", context)
    if is_asked:  # the empty form is a page like others; there is no end to the answers
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _led_to(path: str) -> HttpResponse:
    """Not for good: editors may think of something better."""
    response = HttpResponseRedirect(path, headers={"X-Robots-Tag": "noindex"})
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    found = suggest(request.GET.get("q", ""), now=timezone.now())
    shown = [{"title": one.title, "kind": BY_NAME[one.kind].label, "url": one.url} for one in found]
    return JsonResponse({"suggestions": shown}, headers={"X-Robots-Tag": "noindex"})


def _chosen(request: HttpRequest) -> Chosen:
    """The facets in the address. What cannot be a value of any is no page of ours."""
    asked = {facet: request.GET.get(facet, "") for facet in FACETS}
    chosen = {facet: value for facet, value in asked.items() if value}
    if not all(VALUE.fullmatch(value) for value in chosen.values()):
        raise Http404("Results cannot be narrowed by that.")
    return chosen


class _Address:
    """Of the same results, on another page or narrowed otherwise; what all of these have in common, once."""

    def __init__(self, results: Results) -> None:
        text = results.query.text
        self._kind, self._chosen = results.kind, results.chosen
        self._page, self._typed = reverse("search"), [urlencode({"q": text})] if text else []

    def __call__(self, *, kind: str | None = None, chosen: Chosen | None = None, page: int = 1) -> str:
        kind = self._kind if kind is None else kind
        chosen = self._chosen if chosen is None else chosen
        asked = {"kind": kind} | chosen | {"page": page if page > 1 else ""}
        more = [urlencode({name: value}) for name, value in asked.items() if value]
        return f"{self._page}?{'&'.join([*self._typed, *more])}"


def _context(results: Results, now: datetime) -> dict[str, Any]:
    address = _Address(results)
    shown = {
        "results": results,
        "query": results.query.text,
        "kind": BY_NAME.get(results.kind),
        "filters": _filters(results, address),
        "facets": list(_facets(results, address)),
        "removable": list(_removable(results, address)),
        "state": {"kind": results.kind} | results.chosen,
        "without_filters": address(kind="", chosen={}),
        "newer": address(page=results.page - 1) if results.page > 1 else "",
        "older": address(page=results.page + 1) if results.page < results.pages else "",
    }
    return shown if results.hits else shown | _ways_on(now)


def _filters(results: Results, address: _Address) -> list[dict[str, Any]]:
    """Everything, then each kind that has hits, in the order of the kinds."""
    counts = results.counts
    kinds = [(k.plural, k.name, counts[k.name]) for k in KINDS.values() if k.name in counts]
    return [
        {
            "label": label,
            "name": name,
            "count": count,
            "url": address(kind=name),
            "is_current": name == results.kind,
        }
        for label, name, count in [("Everything", "", sum(counts.values())), *kinds]
    ]


def _facets(results: Results, address: _Address) -> Iterator[dict[str, Any]]:
    """Each facet that still offers a choice, its most frequent values first."""
    chosen = results.chosen | ({"kind": results.kind} if results.kind else {})
    for facet, counts in counted(results.sample, chosen).items():
        if facet not in chosen and counts:
            yield {"label": FACETS[facet], "values": _values(results, facet, counts, address)}


def _values(results: Results, facet: str, counts: Counter[Value], address: _Address) -> list[dict[str, Any]]:
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0].label.casefold()))[:SUGGESTED]
    return [
        {
            "label": value.label,
            "count": count,
            "url": address(chosen=results.chosen | {facet: value.value}),
        }
        for value, count in ranked
    ]


def _removable(results: Results, address: _Address) -> Iterator[dict[str, str]]:
    for facet, value in results.chosen.items():
        others = {name: other for name, other in results.chosen.items() if name != facet}
        shown = label_of(results.sample, facet, value)
        yield {"facet": FACETS[facet], "label": shown, "url": address(chosen=others)}


def _told_of(now: Any) -> Any:
    return Category.objects.filter(Exists(Article.objects.public(now).filter(category=OuterRef("pk"))))


_categories: Final = Prepared(Category, _told_of, now=DateTimeField())
_roles: Final = Prepared(Role, lambda: Role.objects.public()[:SUGGESTED])


def _ways_on(now: datetime) -> dict[str, Any]:
    """Where to go from a page without hits: never into an empty one."""
    return {
        "categories": _categories(now=now),
        "hashtags": counting.popular(now, SUGGESTED),
        "roles": _roles(),
    }
