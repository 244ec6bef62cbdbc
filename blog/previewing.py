"""An article as the public page would really look, before readers see it. Nothing here writes or is kept.

A link for people without an account is signed and names one version. It ends by itself, can be revoked, and
leads to the live page once readers have what it shows.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from . import hashtag_names, saving, snapshots
from .addresses import proposed_slug
from .kinship import related_to
from .models import Article, Author, Category, Hashtag, PreviewLink
from .rendering import show_body
from .saving import Person
from .snapshots import Related

LIFETIMES = {1: "1 day", 7: "7 days", 30: "30 days"}
RELATED = 4
_signer = Signer(salt="blog.preview")


def make_link(article: Article, *, by: Person | None, days: int, now: datetime) -> PreviewLink:
    """To what was saved last."""
    saving.content_at(article, article.version)  # one that nobody has saved yet has its first version now
    return PreviewLink.objects.create(
        article=article,
        version=article.version,
        nonce=secrets.token_urlsafe(32),
        made_at=now,
        made_by=by,
        expires_at=now + timedelta(days=days),
    )


def revoke(link: PreviewLink, *, now: datetime) -> None:
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now)


def token_of(link: PreviewLink) -> str:
    return _signer.sign(link.nonce)


def link_of(token: str) -> PreviewLink | None:
    """None for what nobody signed; whether it still leads anywhere is another question."""
    try:
        nonce = _signer.unsign(token)
    except BadSignature:
        return None
    return PreviewLink.objects.select_related("article").filter(nonce=nonce).first()


def is_live(link: PreviewLink, now: datetime) -> bool:
    """Whether readers have what it shows, or something newer."""
    return link.article.is_public_at(now) and link.article.live_version >= link.version


def version_page(request: HttpRequest, link: PreviewLink, now: datetime) -> HttpResponse:
    article = link.article
    related = snapshots.put(article, saving.content_at(article, link.version))
    return page(request, article, related, now=now, notice={"expires_at": link.expires_at})


def page(
    request: HttpRequest, article: Article, related: Related, *, now: datetime, notice: Any = None
) -> HttpResponse:
    """The article's own page, of what stands in memory. May raise BodyTooComplex."""
    stored = Article.objects.filter(pk=article.pk) if article.pk else Article.objects.none()
    article.render()
    _complete(article, related, now)
    context = {
        "article": article,
        "now": now,
        "shown": show_body(article.body_html, article.contents, on=timezone.localdate(now)),
        "roles": _public(Article.roles).filter(pk__in=related.roles),
        "credentials": _public(Article.credentials)
        .filter(pk__in=related.credentials)
        .select_related("provider"),
        "hashtags": _hashtags(related.hashtags),
        "related": _related(stored.first(), now),
        "notice": notice,
    }
    response = TemplateResponse(request, "blog/preview.html", context)
    return for_nobody_else(response)


def for_nobody_else(response: HttpResponse) -> HttpResponse:
    """No cache keeps it, no search engine lists it, and no site it leads to learns its address."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _complete(article: Article, related: Related, now: datetime) -> None:
    """What a page cannot do without, and a draft may not have yet."""
    article.pk = article.pk or 0
    article.title = article.title or "No title yet"
    article.slug = article.slug or proposed_slug(article.title)
    article.published_at = article.published_at or now
    if article.category_id is None:
        article.category = Category(pk=0, name="No category yet", slug="none")
    article._prefetched_objects_cache = {"bylines": _bylines(article, related.authors)}  # type: ignore[attr-defined]


def _bylines(article: Article, authors: tuple[int, ...]) -> Any:
    known = Author.objects.in_bulk(authors)
    model: Any = Article.authors.through
    rows = model.objects.none()
    rows._result_cache = [model(article=article, author=known[pk]) for pk in authors if pk in known]
    rows._prefetch_done = True
    return rows


def _public(relation: Any) -> Any:
    return relation.rel.model._default_manager.public()


def _hashtags(names: tuple[str, ...]) -> list[Hashtag]:
    """Those that exist as they are called; one that is new, as it will be."""
    keys = {hashtag_names.key_of(name): name for name in names}
    known = Hashtag.objects.all().known(keys)
    return [
        known.get(key) or Hashtag(name=name, slug=hashtag_names.slug_for(name)) for key, name in keys.items()
    ]


def _related(stored: Article | None, now: datetime) -> Any:
    return related_to(stored, now, most=RELATED) if stored else []
