from typing import Self

from django.db import models
from django.db.models import Sum


class ArticleCountQuerySet(models.QuerySet["ArticleCount"]):
    def by_key(self) -> "models.QuerySet[ArticleCount, tuple[int, int]]":
        """PostgreSQL may have several rows of one key: writers do not wait for one another."""
        return self.order_by().values_list("key").annotate(total=Sum("number"))

    def totals(self) -> dict[int, int]:
        return {key: total for key, total in self.by_key() if total}

    def of(self, kind: str) -> Self:
        return self.filter(kind=kind)


class ArticleCount(models.Model):
    """How many articles there are of something, hidden ones too.

    The database keeps it, by triggers that stand in the migrations, so that no way of writing passes it by.
    The key is that of the category, author, hashtag or series, or a month of universal time, as 202605.
    """

    class Kind(models.TextChoices):
        CATEGORY = "category"
        AUTHOR = "author"
        HASHTAG = "hashtag"
        SERIES = "series"
        MONTH = "month"

    kind = models.CharField(max_length=8, choices=Kind)
    key = models.BigIntegerField()
    number = models.BigIntegerField()

    objects = ArticleCountQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "key", "number"], name="article_count")]

    def __str__(self) -> str:
        return f"{self.number} of {self.kind} {self.key}"
