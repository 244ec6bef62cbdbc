from typing import Self

from django.db import models
from django.urls import reverse
from taggit.models import ItemBase, TagBase


class HashtagQuerySet(models.QuerySet["Hashtag"]):
    def public(self) -> Self:
        return self.all()


class Hashtag(TagBase):
    """One topic, however it is spelt: ``key`` is what Python, python and #PYTHON have in common."""

    key = models.CharField(max_length=100, unique=True, editable=False)
    description = models.TextField(blank=True)

    objects = HashtagQuerySet.as_manager()  # type: ignore[assignment,misc]  # taggit's own has no public()

    class Meta:
        ordering = ["name"]

    def get_absolute_url(self) -> str:
        return reverse("blog:tag-detail", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return True

    def search_text(self) -> dict[str, str]:
        return {"title": self.name, "keywords": "", "summary": self.description, "body": ""}


class HashtagAlias(models.Model):
    """Another spelling that means an existing hashtag: ML for machine learning."""

    name = models.CharField(max_length=100)
    key = models.CharField(max_length=100, unique=True, editable=False)
    hashtag = models.ForeignKey(Hashtag, models.CASCADE, related_name="aliases")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "hashtag aliases"

    def __str__(self) -> str:
        return self.name


class ArticleHashtag(ItemBase):
    content_object = models.ForeignKey("blog.Article", models.CASCADE, related_name="article_hashtags")
    tag = models.ForeignKey(Hashtag, models.CASCADE, related_name="article_hashtags")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="article_hashtag_once")]
        indexes = [models.Index(fields=["content_object", "tag"])]
