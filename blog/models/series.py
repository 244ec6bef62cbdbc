from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from .hashtags import merged
from .paths import path_of
from .visibility import visible


class SeriesQuerySet(models.QuerySet["Series"]):
    def public(self, now: datetime | None = None) -> Self:
        """Those a reader can follow: with at least one public part. A draft's series gives nothing away."""
        seen = visible(now or timezone.now(), of="article__")
        return self.filter(Exists(SeriesPart.objects.filter(seen, series=OuterRef("pk"))))


class Series(models.Model):
    """Articles to be read one after the other, in an order that is not that of their dates."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    description = models.TextField(blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_of("blog:series-detail", self.slug)

    @property
    def is_public(self) -> bool:
        return Series.objects.public().filter(pk=self.pk).exists()

    def visible_spans(self) -> list[tuple[datetime, datetime | None]]:
        """When at least one of its parts may be seen: ``public`` for all times at once."""
        return merged(span for part in self.parts.all() for span in part.article.visible_spans())

    def search_text(self) -> dict[str, str]:
        return {"title": self.name, "keywords": "", "summary": self.description, "body": ""}


class SeriesPart(models.Model):
    """No part of what revisions keep: where a part stands is a matter of the series, not of its text.

    In one series only, or what comes before and after it would have two answers.
    """

    series = models.ForeignKey(Series, models.CASCADE, related_name="parts")
    article = models.OneToOneField(
        "blog.Article",
        models.CASCADE,
        related_name="series_part",
        error_messages={"unique": "This article is part of a series already."},
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "part"

    def __str__(self) -> str:
        return f"Part {self.order}"
