"""What editors decided about hashtags: which were one, and which are not."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .hashtags import Hashtag


class HashtagMerge(models.Model):
    """One hashtag that went into another: the log of it, and what is needed to take it back.

    ``kept`` holds the columns of the one that is gone, and the keys of the rows that moved or were double.
    """

    source_ref = models.PositiveBigIntegerField()
    source_name = models.CharField(max_length=60)
    target_ref = models.PositiveBigIntegerField()
    target_name = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    kept = models.JSONField(default=dict)
    addresses = models.JSONField(default=list)  # that led to it; written by whoever keeps addresses
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.source_name} into #{self.target_name}"

    @property
    def articles(self) -> int:
        return len(self.kept["moved"]) + len(self.kept["double"])


class HashtagsApart(models.Model):
    """Two hashtags that look like one and are not: nobody is asked again."""

    first = models.ForeignKey(Hashtag, models.CASCADE, related_name="+")
    second = models.ForeignKey(Hashtag, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="hashtags_apart_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="hashtags_apart_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"

    @classmethod
    def keep(cls, one: Hashtag, other: Hashtag, **details: Any) -> None:
        first, second = sorted([one.pk, other.pk])
        cls.objects.get_or_create(first_id=first, second_id=second, defaults=details)
