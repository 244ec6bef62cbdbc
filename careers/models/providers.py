from django.db import models
from django.urls import reverse

from .publishable import Fact, FactQuerySet


class Provider(Fact):
    """Who awards credentials (CTDL CredentialOrganization)."""

    short_name = models.CharField(max_length=40, blank=True)
    site_url = models.URLField(max_length=300, blank=True)
    catalogue_url = models.URLField(max_length=300, blank=True)

    objects = FactQuerySet["Provider"].as_manager()

    def get_absolute_url(self) -> str:
        return reverse("careers:provider-detail", args=[self.slug])

    def search_text(self) -> dict[str, str]:
        return {"title": self.name, "keywords": self.short_name, "summary": self.summary, "body": ""}
