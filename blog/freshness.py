"""Whether what readers see has been looked at lately, and what they are told when it changed.

An article is due a while after it was published, changed in a major way or found still correct, whichever was
last: how long depends on its kind. Nothing has to run for that: being due is a question to the database.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, Exists, OuterRef, Q, TextChoices, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from . import publishing
from .models import Article, ArticleQuerySet, ArticleReview

# A user of any kind; typed loosely because the site may bring its own user model.
Person = Any


class Kind(TextChoices):
    """How soon an article grows old: by what it is about, the quickest to change first."""

    CERTIFICATION = "certification", "articles about certifications"
    ROLE = "role", "articles about roles"
    OTHER = "other", "all other articles"


class MayNotReview(PermissionDenied):
    """Someone tried to vouch for an article that is not theirs to change."""


# --- When -------------------------------------------------------------------


def due_on(kind: str, looked_at: date) -> date:
    """The day by which an article of this kind is looked at again."""
    return looked_at + timedelta(days=settings.REVIEW_DAYS[kind])


def next_review(article: Article) -> date:
    """For an article out of ``with_reviews``: the day chosen for it, or what its kind gets."""
    review: ArticleReview | None = getattr(article, "review", None)
    if review and review.review_by:
        return review.review_by
    annotated: Any = article
    return due_on(annotated.kind, timezone.localdate(annotated.looked_at))


def with_reviews(articles: ArticleQuerySet) -> ArticleQuerySet:
    """With all that ``next_review`` asks."""
    return _looked_at(articles).select_related("review", "review__reviewed_by")


def _looked_at(articles: ArticleQuerySet) -> ArticleQuerySet:
    """With the ``kind`` of each and when somebody last looked at it, for whatever reason."""
    began = Coalesce("published_at", "created_at")
    credentials = Article.credentials.through.objects.filter(article=OuterRef("pk"))
    roles = Article.roles.through.objects.filter(article=OuterRef("pk"))
    return articles.annotate(
        kind=Case(
            When(Exists(credentials), Value(Kind.CERTIFICATION.value)),
            When(Exists(roles), Value(Kind.ROLE.value)),
            default=Value(Kind.OTHER.value),
        ),
        looked_at=Greatest(began, Coalesce("updated_at", began), Coalesce("review__reviewed_at", began)),
    )


def due(articles: ArticleQuerySet, *, on: date) -> ArticleQuerySet:
    """Those whose day has come, the longest unread first."""
    by_kind = Q(pk__in=[])
    for kind in Kind.values:
        last = on - timedelta(days=settings.REVIEW_DAYS[kind])
        by_kind |= Q(kind=kind, looked_at__lt=_end_of(last))
    chosen = Q(review__review_by__lte=on) | (Q(review__review_by__isnull=True) & by_kind)
    return _looked_at(articles).filter(chosen).order_by("looked_at", "pk")


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


# --- Who and what -----------------------------------------------------------


def may_review(person: Person, article: Article) -> bool:
    """Editors and publishers vouch for any article, a writer for those they began."""
    if not person.has_perm("blog.change_article"):
        return False
    return _may_review_any(person) or article.created_by_id == person.pk


def reviewed_by(person: Person, articles: ArticleQuerySet) -> ArticleQuerySet:
    """The many-row twin of ``may_review``."""
    if not person.has_perm("blog.change_article"):
        return articles.none()
    return articles if _may_review_any(person) else articles.filter(created_by=person)


def _may_review_any(person: Person) -> bool:
    return bool(person.has_perm("blog.change_any_article") or publishing.may_publish(person))


def still_correct(
    article: Article, *, by: Person | None, review_by: date | None = None, now: datetime
) -> ArticleReview:
    """Somebody has read ``article`` and stands by it until ``review_by``, or for as long as its kind gets."""
    if by is not None and not may_review(by, article):
        raise MayNotReview("Only its writer, an editor or a publisher can say that it is still correct.")
    if not article.is_public_at(now):
        raise ValidationError("Readers do not see this article now, so there is nothing to review.")
    if review_by is not None and review_by <= timezone.localdate(now):
        raise ValidationError("The next review has to be after today.")
    review, _ = ArticleReview.objects.update_or_create(
        article=article, defaults={"reviewed_at": now, "reviewed_by": by, "review_by": review_by}
    )
    return review
