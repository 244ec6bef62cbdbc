"""The drawn pictures of articles and roles at ``/posters/…``, for link previews.

An address carries a fingerprint of what is drawn, so its picture never changes and any cache may keep it.
"""

import logging
from collections.abc import Callable
from dataclasses import astuple
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.models import Article
from blog.templatetags.blog import TERRAINS, TONES
from careers.models import Role

from .poster_drawing import OF_THE_CATALOGUE, STYLE, Poster, draw

log = logging.getLogger(__name__)


def of_article(article: Article) -> Poster:
    return Poster(
        title=article.title,
        kicker=article.category.name,
        site=settings.SITE_NAME,
        tone=article.category_id % TONES,
        terrain=article.pk % TERRAINS,
    )


def of_role(role: Role) -> Poster:
    return Poster(role.name, "Role", settings.SITE_NAME, OF_THE_CATALOGUE, role.pk % TERRAINS)


def public_article(slug: str, now: datetime) -> Article:
    shown = Article.objects.public(now).select_related("category").only("title", "slug", "category__name")
    return get_object_or_404(shown, slug=slug)


def public_role(slug: str, now: datetime) -> Role:
    return get_object_or_404(Role.objects.public().only("name", "slug"), slug=slug)


Find = Callable[[str, datetime], Any]
KINDS: Final[dict[str, tuple[Find, Callable[[Any], Poster]]]] = {
    "article": (public_article, of_article),
    "role": (public_role, of_role),
}


def fingerprint(poster: Poster) -> str:
    return sha256(repr((STYLE, astuple(poster))).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def address(page: Article | Role) -> str:
    kind = page._meta.model_name or ""
    return reverse("poster", args=[kind, page.slug, fingerprint(KINDS[kind][1](page))])


@require_safe
def poster(request: HttpRequest, kind: str, slug: str, mark: str) -> HttpResponse:
    """Of a public page only. An address of former words leads to the picture of today's."""
    if kind not in KINDS:
        raise Http404("Nothing of this kind has a picture.")
    find, poster_of = KINDS[kind]
    page = find(slug, timezone.now())
    wanted = poster_of(page)
    if mark != fingerprint(wanted):
        return redirect(address(page))
    response = HttpResponse(drawn(wanted), content_type="image/png")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def drawn(wanted: Poster) -> bytes:
    """From the disk, where the last so many are kept. A disk that is full costs time and no picture."""
    kept, key = caches["posters"], fingerprint(wanted)
    found: bytes | None = kept.get(key)
    if found is not None:
        return found
    picture = draw(wanted)
    try:
        kept.set(key, picture)
    except OSError:
        log.exception("A drawn picture could not be kept.")
    return picture
