from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from .articles import Article


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self, now: datetime) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=now)


class PreviewLink(models.Model):
    """A way to one version for people without an account, until it expires, is revoked or is published."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="preview_links")
    version = models.PositiveIntegerField()
    nonce = models.CharField(max_length=43, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="preview_link_expires_later"
            )
        ]

    def __str__(self) -> str:
        return f"version {self.version} until {self.expires_at:%Y-%m-%d}"
