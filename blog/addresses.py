"""The address of an article: proposed from its title, numbered where taken, settled once readers have it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from .models import Article
from .slugs import free_slug, is_numbered_form_of, numbered, slug_of

MAX_SLUG_LENGTH = 120
LONGEST_PROPOSAL = 88
ATTEMPTS = 20  # each time somebody else got through


def proposed_slug(title: str) -> str:
    """The address a title asks for, before anyone looks whether it is free."""
    return slug_of(title, max_length=LONGEST_PROPOSAL, fallback="article")


def settle(article: Article, *, now: datetime) -> None:
    """The address follows the title until readers have it, or until an editor writes one."""
    stored = Article.objects.filter(pk=article.pk).values("title", "slug").first() if article.pk else None
    if stored is None:
        article.slug = _free(article.slug or proposed_slug(article.title), article)
    elif not article.slug:
        article.slug = stored["slug"]
    elif not article.was_public_by(now) and article.slug == stored["slug"] and _follows(**stored):
        article.slug = _free_unless_kept(article, stored["slug"])


def step_aside(article: Article) -> None:
    """Where nobody is there to be asked, the next free address has to do."""
    article.slug = _free(article.slug, article)


def write(article: Article) -> None:
    """Save the row, under the next free address where somebody took its own in this moment.

    An address that a person wrote is theirs or nobody's: IntegrityError says that it is taken.
    """
    if _follows(title=article.title, slug=article.slug):
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
