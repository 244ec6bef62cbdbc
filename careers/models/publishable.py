"""What every fact with a page of its own shares."""

from typing import Self, TypeVar

from django.db import models
from django.db.models.functions import Lower


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"


AnyFact = TypeVar("AnyFact", bound="Fact")


class FactQuerySet(models.QuerySet[AnyFact]):
    def public(self) -> Self:
        """The rows a reader may see. Everything public starts here."""
        return self.filter(status=Status.PUBLISHED)


class Fact(models.Model):
    """A catalogue entry: named, addressed, and shown only once published."""

    Status = Status

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    summary = models.TextField(
        blank=True, help_text="One or two plain sentences for cards, search results and link previews."
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED, db_index=True)
    editor_note = models.TextField(blank=True, help_text="For the desk only; readers never see it.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
        # Lower: the two databases disagree about where capitals go.
        ordering = [Lower("name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        raise NotImplementedError("Every fact has a page.")

    @property
    def is_public(self) -> bool:
        return self.status == Status.PUBLISHED
