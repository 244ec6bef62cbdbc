"""oEmbed (https://oembed.com): from the address of a page to how it is shown in another site."""

import json
import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import get_text_list

from blog.models import Article
from blog.picture_files import nearest
from careers.comparison import address
from careers.models import Credential, Role
from website import posters
from website.api.answers import problem
from website.poster_drawing import HEIGHT as HIGH
from website.poster_drawing import WIDTH as WIDE
from website.redirects import where_now

from .frames import roles_of

WIDTH: Final = 640
HEIGHTS: Final = {"embed-role": 400, "embed-certification": 360, "embed-comparison": 640}
SIZE: Final = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
AN_HOUR: Final = 3600

Told = dict[str, Any]


def oembed(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("url", "format", "maxwidth", "maxheight")}
    if asked["format"] not in ("", "json"):
        # 501 is the protocol's word for a format of its own that a site lacks; anything else is a mistake.
        return problem(501 if asked["format"] == "xml" else 400, "Only JSON is spoken here: format=json.")
    if not asked["url"]:
        return problem(400, "Say in “url” which page is meant.")
    for name in ("maxwidth", "maxheight"):
        if asked[name] and not SIZE.fullmatch(asked[name]):
            return problem(400, f"“{name}” is a number of pixels.")
    try:
        told = _told(request, asked)
    except Http404:
        return problem(404, "There is no page at “url” that can be shown elsewhere.")
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/json")


def _told(request: HttpRequest, asked: dict[str, str]) -> Told:
    path = _path(request, asked["url"])
    try:
        found = _at(request, path, asked)
    except Http404:
        moved = where_now(path)
        if moved is None:
            raise
        found = _at(request, moved, asked)
    about = {"provider_name": settings.SITE_NAME, "provider_url": request.build_absolute_uri("/")}
    return {"version": "1.0", **found, **about, "cache_age": AN_HOUR}


def _path(request: HttpRequest, url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Http404("Not an address.") from error
    is_ours = parts.scheme in ("http", "https") and parts.netloc.lower() == request.get_host().lower()
    if not is_ours:
        raise Http404("A page of another site.")
    return parts.path


def _at(request: HttpRequest, path: str, asked: dict[str, str]) -> Told:
    match = resolve(path)
    tell = TELLERS.get(match.view_name)
    if tell is None:
        raise Http404("A page that is shown nowhere else.")
    return tell(request, asked, *match.kwargs.values())


# --- What each kind of page tells ---------------------------------------------


def _article(request: HttpRequest, asked: dict[str, str], slug: str) -> Told:
    article = Article.objects.public(timezone.now()).bylined().without_texts().filter(slug=slug).first()
    if article is None:
        raise Http404("No such article.")
    absolute = request.build_absolute_uri
    authors = [byline.author for byline in article.bylines.all()]
    told: Told = {"type": "link", "title": article.title}
    if authors:
        told["author_name"] = get_text_list([author.name for author in authors], "and")
        told["author_url"] = absolute(authors[0].get_absolute_url())
    return {**told, **_thumbnail(article, asked, absolute)}


def _thumbnail(article: Article, asked: dict[str, str], absolute: Callable[[str], str]) -> Told:
    """The cover, or the picture drawn for the article. Left out where it is larger than there is room for."""
    url, width, height = posters.address(article), WIDE, HIGH
    if article.cover is not None:
        url, width = article.cover.sources.fallback, nearest(800, article.cover.width)
        height = round(article.cover.height * width / article.cover.width)
    if width > int(asked["maxwidth"] or width) or height > int(asked["maxheight"] or height):
        return {}
    return {"thumbnail_url": absolute(url), "thumbnail_width": width, "thumbnail_height": height}


def _role(request: HttpRequest, asked: dict[str, str], slug: str) -> Told:
    role = Role.objects.public().filter(slug=slug).first()
    return _rich(request, asked, "embed-role", slug, str(role)) if role else _nothing()


def _certification(request: HttpRequest, asked: dict[str, str], slug: str) -> Told:
    rows = Credential.objects.public().select_related("provider")
    row = rows.filter(slug=slug).first()
    if row is None:
        return _nothing()
    provider = row.shown_provider
    told = _rich(request, asked, "embed-certification", slug, str(row))
    if provider:
        told["author_name"] = provider.name
        told["author_url"] = request.build_absolute_uri(provider.get_absolute_url())
    return told


def _comparison(request: HttpRequest, asked: dict[str, str], roles: str) -> Told:
    compared = roles_of(roles)
    if not compared:
        return _nothing()
    title = " vs ".join(sorted(role.name for role in compared))
    return _rich(request, asked, "embed-comparison", address(role.slug for role in compared), title)


def _nothing() -> Told:
    raise Http404("No such page.")


TELLERS: Final[dict[str, Callable[..., Told]]] = {
    "blog:article-detail": _article,
    "careers:role-detail": _role,
    "careers:credential-detail": _certification,
    "careers:comparison": _comparison,
}


# --- Frames -------------------------------------------------------------------


def _rich(request: HttpRequest, asked: dict[str, str], view: str, ref: str, title: str) -> Told:
    width = min(WIDTH, int(asked["maxwidth"] or WIDTH))
    height = min(HEIGHTS[view], int(asked["maxheight"] or HEIGHTS[view]))
    html = frame_code(request, view, ref, title, width=width, height=height)
    return {"type": "rich", "title": title, "html": html, "width": width, "height": height}


def frame_code(
    request: HttpRequest, view: str, ref: str, title: str, *, width: int = WIDTH, height: int = 0
) -> str:
    """What others put into their page."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"'
        ' style="border:0;max-width:100%"></iframe>',
        request.build_absolute_uri(reverse(view, args=[ref])),
        f"{title} – {settings.SITE_NAME}",
        width,
        height or HEIGHTS[view],
    )
