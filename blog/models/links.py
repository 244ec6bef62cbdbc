"""What is known of the links in the articles."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q

from .articles import Article


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def dead(self) -> Self:
        """Those that a reader must not be left with."""
        return self.filter(status__in=[LinkCheck.Status.BROKEN, LinkCheck.Status.DANGER])

    def to_mend(self) -> Self:
        return self.dead() | self.filter(status=LinkCheck.Status.MOVED)

    def longest_unasked(self) -> Self:
        """Links to other sites, those never asked first."""
        return self.filter(is_external=True).order_by(models.F("checked_at").asc(nulls_first=True), "pk")

    def keep(self, article: Article, found: Iterable["LinkCheck"]) -> None:
        """``found`` are the links the article has now. What other sites have said stays with those it had."""
        fresh = {row.url: row for row in found}
        before = {row.url: row for row in self.filter(article=article)}
        gone = [row.pk for url, row in before.items() if url not in fresh]
        self.filter(pk__in=gone).delete()
        self.bulk_create(
            (row for url, row in fresh.items() if url not in before), ignore_conflicts=True
        )  # two people may save one article at once
        for url in before.keys() & fresh.keys():
            before[url].learn(fresh[url])
        self.bulk_update((before[url] for url in before.keys() & fresh.keys()), LinkCheck.LEARNT)


class LinkCheck(models.Model):
    """One address that an article links to, and what became of it when somebody looked."""

    class Status(models.TextChoices):
        UNASKED = "unasked", "Not asked yet"
        OK = "ok", "Works"
        MOVED = "moved", "Moved"
        BROKEN = "broken", "Leads nowhere"
        DANGER = "danger", "Dangerous"

    MAX_URL = 2000  # ASCII only, so that PostgreSQL can index it
    LEARNT = ("text", "status", "problem", "suggested_fix", "checked_at")

    article = models.ForeignKey(Article, models.CASCADE, related_name="link_checks")
    url = models.CharField(max_length=MAX_URL)
    text = models.CharField(max_length=200, blank=True)
    is_external = models.BooleanField()
    status = models.CharField(max_length=10, choices=Status, default=Status.UNASKED)
    problem = models.CharField(max_length=300, blank=True)
    suggested_fix = models.CharField(max_length=MAX_URL, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        ordering = ["article", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "url"], name="link_check_once"),
            models.CheckConstraint(
                condition=Q(status="unasked") | Q(checked_at__isnull=False), name="link_check_has_its_time"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "article"], name="link_check_status"),
            models.Index(fields=["is_external", "checked_at"], name="link_check_longest_unasked"),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def is_dead(self) -> bool:
        return self.status in (self.Status.BROKEN, self.Status.DANGER)

    def learn(self, fresh: "LinkCheck") -> None:
        """A link to another site that was not asked anew keeps what is known of it."""
        names = ("text",) if fresh.status == self.Status.UNASKED else self.LEARNT
        for name in names:
            setattr(self, name, getattr(fresh, name))
