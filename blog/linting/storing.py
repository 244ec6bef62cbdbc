"""What the last check of each article found, kept for lists and for the desk."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from blog.models import Article, ArticleCheck, ArticleFinding, ArticleQuerySet

from .findings import Finding
from .registry import version


@transaction.atomic
def store(article: Article, findings: Iterable[Finding], *, now: datetime) -> None:
    """In the place of what was found before. Of two at a time the later waits: the check is one row."""
    checked = {"rules": version(), "checked_at": now}
    ArticleCheck.objects.update_or_create(article=article, defaults=checked)
    ArticleFinding.objects.filter(article=article).delete()
    ArticleFinding.objects.bulk_create(
        _row(article, finding, number) for number, finding in enumerate(findings)
    )


def unchecked(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Those never held against the rules as they are now."""
    return articles.filter(Q(desk_check__isnull=True) | ~Q(desk_check__rules=version()))


def with_findings(articles: ArticleQuerySet, severity: str) -> ArticleQuerySet:
    return articles.filter(pk__in=ArticleFinding.objects.filter(severity=severity).values("article"))


def _row(article: Article, finding: Finding, number: int) -> ArticleFinding:
    return ArticleFinding(
        article=article,
        key=finding.key,
        rule=finding.rule,
        severity=finding.severity,
        field=finding.place.field,
        excerpt=finding.place.excerpt,
        message=finding.message,
        order=number,
    )
