from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class SlugAlias(models.Model):
    """A slug that a fact had before: what named the fact by it still finds it."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    fact = GenericForeignKey()
    slug = models.SlugField(max_length=120)

    class Meta:
        verbose_name_plural = "slug aliases"
        ordering = ["slug"]
        constraints = [models.UniqueConstraint(fields=["content_type", "slug"], name="slug_alias_once")]
        indexes = [models.Index(fields=["content_type", "object_id"], name="slug_alias_of_fact")]

    def __str__(self) -> str:
        return self.slug
