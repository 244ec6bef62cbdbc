"""Feeds as answers: what is asked for, one page of it, and since when it has been as it is."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from blog import questions
from blog.listings import listing_page
from blog.models import Article
from blog.rendering import show_bodies
from careers.feeds import stable_id
from website.any_site import for_any_site
from website.redirects import where_now

from .content import read_elsewhere
from .formats import Entry, Feed, Person, as_json, atom
from .listings import Find, Listing

PER_PAGE = 20
ATOM, JSON = "feed/", "feed.json"
WRITERS = {
    ATOM: (atom, "application/atom+xml; charset=utf-8"),
    JSON: (as_json, "application/feed+json; charset=utf-8"),
}


@require_safe
def feed(request: HttpRequest, *, find: Find, form: str, **where: Any) -> HttpResponseBase:
    now = timezone.now()
    try:
        listing = find(now, request.GET, **where)
    except Http404:
        return _moved(request.path.removesuffix(form), form)
    if request.path != listing.page + form:
        return redirect(listing.page + form, permanent=True)
    made = _made(request, listing, form, now)
    write, content_type = WRITERS[form]
    response = HttpResponse(write(made), content_type=content_type)
    response["Last-Modified"] = http_date(made.updated_at.timestamp())
    return for_any_site(request, response, changed_at=int(made.updated_at.timestamp()))


def _moved(page: str, form: str) -> HttpResponse:
    """A subscription follows the page, which may have left its address."""
    address = where_now(page)
    if address is None:
        raise Http404("There is no such listing.")
    return redirect(address + form, permanent=True)


def _made(request: HttpRequest, listing: Listing, form: str, now: datetime) -> Feed:
    page = listing_page(
        request,
        listing.keys,
        count=listing.count,
        read=lambda keys: questions.in_full(keys, now),
        per_page=PER_PAGE,
    )
    address = request.build_absolute_uri(listing.page + form)
    return Feed(
        id=stable_id(listing.key, what="listing") + listing.query.replace("?", "#"),
        title=f"{listing.title} – {settings.SITE_NAME}",
        description=listing.description,
        page_url=request.build_absolute_uri(listing.page + listing.query),
        url=_page_url(address, listing.query, page.number),
        entries=list(_entries(request, page, now)),
        newer_url=_page_url(address, listing.query, page.number - 1) if page.has_previous() else "",
        older_url=_page_url(address, listing.query, page.number + 1) if page.has_next() else "",
    )


def _page_url(address: str, query: str, number: int) -> str:
    if number == 1:
        return address + query
    return f"{address}{query}{'&' if query else '?'}page={number}"


def _entries(request: HttpRequest, page: Page[Article], now: datetime) -> Iterator[Entry]:
    articles = list(page.object_list)
    bodies = [(article.body_html, article.contents) for article in articles]
    for article, shown in zip(articles, show_bodies(bodies, on=timezone.localdate(now)), strict=True):
        yield _entry(request, article, shown.html)


def _entry(request: HttpRequest, article: Any, html: str) -> Entry:
    absolute = request.build_absolute_uri
    url = absolute(article.get_absolute_url())
    published_at = article.published_at or article.created_at
    authors = [byline.author for byline in article.bylines.all()]
    return Entry(
        id=stable_id(str(article.pk), what="article"),
        url=url,
        title=article.title,
        summary=article.summary,
        content=read_elsewhere(html, page=url),
        published_at=published_at,
        updated_at=max(published_at, article.updated_at or published_at),
        authors=tuple(Person(author.name, absolute(author.get_absolute_url())) for author in authors),
        subjects=(article.category.name, *article.hashtags_by_name),
        picture=absolute(article.cover.sources.fallback) if article.cover else "",
    )
