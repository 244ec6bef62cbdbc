from django.db import models
from django.db.models.functions import Lower


class Source(models.Model):
    """Where a fact was read."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", "Official page"
        SECONDARY = "secondary", "Secondary source"
        DATASET = "dataset", "Data set"
        EDITOR = "editor", "Our own desk"
        GENERAL = "general", "General knowledge, unverified"

    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=250)
    url = models.URLField(max_length=500, blank=True)
    publisher = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    licence = models.CharField(max_length=120, blank=True)
    checked = models.CharField(max_length=60, blank=True, help_text="When it was read, as far as recorded.")
    note = models.TextField(blank=True)

    class Meta:
        ordering = [Lower("title")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_verified(self) -> bool:
        """General knowledge is shown, but said to be unverified."""
        return self.kind != self.Kind.GENERAL
