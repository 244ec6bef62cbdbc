"""What belongs to the site as a whole: what search knows of each public page, and addresses that moved."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class SearchDocumentQuerySet(models.QuerySet["SearchDocument"]):
    def visible(self, now: datetime) -> Self:
        return self.filter(Q(visible_until__isnull=True) | Q(visible_until__gt=now), visible_from__lte=now)


class SearchDocument(models.Model):
    """A public page as search sees it, for one span of time in which readers may see it.

    Nearly every page has one row. A hashtag whose articles leave a gap in time has a row on each side of it.
    """

    kind = models.CharField(max_length=20)
    ref = models.PositiveBigIntegerField()
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField(null=True)
    weight = models.PositiveSmallIntegerField(default=0)  # which of two pages of one name comes first
    url = models.CharField(max_length=300)
    names = models.TextField()  # keys of everything the page is called, each between two bars

    # As shown.
    title = models.TextField()
    keywords = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)

    # As found: the words website.search.words makes of them, and all that either database indexes.
    title_words = models.TextField()
    keywords_words = models.TextField(blank=True)
    summary_words = models.TextField(blank=True)
    body_words = models.TextField(blank=True)

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "ref", "visible_from"], name="search_document_once"),
        ]
        indexes = [
            models.Index(fields=["-visible_from"], name="search_document_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"


class Redirect(models.Model):
    """An address a public page once had. It names the page, not its next address: so no chain can form."""

    old_path = models.CharField(max_length=300, unique=True)
    target_model = models.CharField(max_length=60)
    target_ref = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["target_model", "target_ref"], name="redirect_target")]

    def __str__(self) -> str:
        return self.old_path
