"""The only code that changes an article's state, its dates of publication and, with them, its address.

Every verb is told who does it and when. ``by=None`` is the site itself: a command, a loader.
A person needs the permission to publish for whatever changes what readers see, now or at a set time.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from .models import Article
from .slugs import free_slug, is_numbered_form_of, numbered, slug_of

PERMISSION = "blog.publish_article"
MAX_SLUG_LENGTH = 120
LONGEST_PROPOSAL = 88
ATTEMPTS = 20  # each time somebody else got through

# A user of any kind; typed loosely because the site may bring its own user model.
Person = Any


class MayNotPublish(PermissionDenied):
    """Someone who may not publish tried to change what readers see."""


def may_publish(person: Person | None) -> bool:
    return person is None or person.has_perm(PERMISSION)


@transaction.atomic
def publish(
    article: Article,
    *,
    by: Person | None,
    at: datetime | None = None,
    is_major: bool = False,
    now: datetime,
) -> None:
    """Let readers see ``article`` from ``at`` on: by default its own date if it has one, or this moment."""
    _refuse_unless_publisher(by)
    _settle_slug(article, now=now)
    _date_major_change(article, is_major=is_major, now=now)
    article.published_at = at or article.published_at or now
    if article.expires_at is not None and article.expires_at <= article.published_at:
        raise ValidationError({"expires_at": "It would expire before it is published."})
    if not article.was_public_by(now):
        article.first_published_at = article.published_at
    article.state = Article.State.PUBLISHED
    _write(article, by=by)


@transaction.atomic
def unpublish(article: Article, *, by: Person | None, is_major: bool = False, now: datetime) -> None:
    """Take ``article`` back into the drafts. Its dates stay, unless readers never saw it."""
    _refuse_unless_publisher(by)
    _settle_slug(article, now=now)
    _date_major_change(article, is_major=is_major, now=now)
    if not article.was_public_by(now):
        article.first_published_at = None
    article.state = Article.State.DRAFT
    _write(article, by=by)


@transaction.atomic
def save(article: Article, *, by: Person | None, is_major: bool = False, now: datetime) -> None:
    """Keep what was written. The state stays; a major change to what readers have seen is dated."""
    if article.state == Article.State.PUBLISHED:
        _refuse_unless_publisher(by)
    _settle_slug(article, now=now)
    _date_major_change(article, is_major=is_major, now=now)
    _write(article, by=by)


def proposed_slug(title: str) -> str:
    """The address a title asks for, before anyone looks whether it is free."""
    return slug_of(title, max_length=LONGEST_PROPOSAL, fallback="article")


def _refuse_unless_publisher(by: Person | None) -> None:
    if not may_publish(by):
        raise MayNotPublish("Only publishers change what readers see.")


def _date_major_change(article: Article, *, is_major: bool, now: datetime) -> None:
    if is_major and article.was_public_by(now):
        article.updated_at = now


def _write(article: Article, *, by: Person | None) -> None:
    if article.pk is None and article.created_by_id is None:
        article.created_by = by
    for _ in range(ATTEMPTS):
        if _written_unless_slug_taken(article):
            return
        article.slug = _free(article.slug, article)
    article.save()


def _written_unless_slug_taken(article: Article) -> bool:
    """Someone may take the same address at this moment. Any other fault is not ours to hide."""
    try:
        with transaction.atomic():
            article.save()
    except IntegrityError:
        if not _is_taken(article):
            raise
        return False
    return True


def _settle_slug(article: Article, *, now: datetime) -> None:
    """The address follows the title until readers have it, or until an editor writes one."""
    stored = Article.objects.filter(pk=article.pk).values("title", "slug").first() if article.pk else None
    if stored is None:
        article.slug = _free(article.slug or proposed_slug(article.title), article)
    elif not article.slug:
        article.slug = stored["slug"]
    elif not article.was_public_by(now) and article.slug == stored["slug"] and _follows(**stored):
        article.slug = _free_unless_kept(article, stored["slug"])


def _follows(*, title: str, slug: str) -> bool:
    return is_numbered_form_of(slug, proposed_slug(title))


def _free_unless_kept(article: Article, kept: str) -> str:
    """A number once given stays while the title asks for the same address."""
    base = proposed_slug(article.title)
    return kept if is_numbered_form_of(kept, base) else _free(base, article)


def _free(base: str, article: Article) -> str:
    tried = [base, *(numbered(base, n, max_length=MAX_SLUG_LENGTH) for n in range(2, 50))]
    taken = Article.objects.filter(slug__in=tried).exclude(pk=article.pk).values_list("slug", flat=True)
    return free_slug(base, set(taken), max_length=MAX_SLUG_LENGTH)


def _is_taken(article: Article) -> bool:
    return Article.objects.filter(slug=article.slug).exclude(pk=article.pk).exists()
