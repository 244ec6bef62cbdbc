"""Where nothing answered: another spelling, an address that moved, a signpost; else it is counted."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import patch_cache_control

from blog.models import Article

from . import missing, signposts
from .api.answers import PROBLEM
from .onward import onward, tidied
from .redirects import may_be_stored
from .whereabouts import answer_at, folded


class LostMiddleware:
    """Asks only when nothing else answered, so that a healthy page pays nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD") or _is_for_programs(response):
            return response
        instead = answer_instead(request) if may_be_stored(request.path) else None
        if instead is None and missing.ASKED_AGAIN not in request.META:
            missing.note(request.path, now=timezone.now())
        return instead or _not_found(request, response)


def _is_for_programs(response: HttpResponse) -> bool:
    """They asked for facts, and got their answer: that there are none. No page is missing."""
    return response.get("Content-Type") == PROBLEM


def answer_instead(request: HttpRequest) -> HttpResponse | None:
    path = folded(request.path)
    for spelling in dict.fromkeys([path, folded(tidied(request.path))]):
        if spelling != request.path and (answer := answer_at(request, spelling, request.GET)):
            return _one_step(request, spelling, answer)
    # An address given before capitals were folded may be stored with them.
    found = signposts.answer_for(path) or signposts.answer_for(request.path)
    if found is None:
        return _taken_down(request, signposts.Answer()) if _lies_in_the_bin(path) else None
    if found.address:
        return _moved(found.address)
    return _taken_down(request, found)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django asks here for the page; it is made once it is known that nothing else answers."""
    if request.method in ("GET", "HEAD"):
        return HttpResponseNotFound()
    return render(request, "404.html", status=404)


def _not_found(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page that says so, with ways on if any are known. A view's own words stay."""
    if response.streaming or response.content:
        return response
    context = {"onward": onward(request.path, now=timezone.now())}
    return render(request, "404.html", context, status=404)


def _lies_in_the_bin(path: str) -> bool:
    """An article that readers once had, and that nobody said more about."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.view_name != "blog:article-detail":
        return False
    known = Article.objects.filter(state=Article.State.BIN, first_published_at__isnull=False)
    return known.filter(slug=match.kwargs["slug"]).exists()


def _one_step(request: HttpRequest, path: str, answer: HttpResponse) -> HttpResponse | None:
    """To the page itself, even if the address in its proper spelling would lead on once more."""
    if answer.status_code == 200:
        query = request.META.get("QUERY_STRING", "")
        return _moved(f"{path}?{query}" if query else path)
    return answer if answer.status_code in (301, 302) else None


def _moved(address: str) -> HttpResponse:
    """Kept as pages are, by website/caching.py: who kept it unasked would go round in circles once a page is
    moved back.
    """
    return HttpResponsePermanentRedirect(address)


def _taken_down(request: HttpRequest, found: signposts.Answer) -> HttpResponse:
    sign = found.sign
    is_withdrawn = sign is not None and sign.kind == sign.Kind.WITHDRAWN
    context = {
        "is_withdrawn": is_withdrawn,
        "reason": sign.reason if sign and is_withdrawn else "",
        "near": signposts.near(sign) if sign else [],
    }
    response = render(request, "website/taken_down.html", context, status=410)
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response
