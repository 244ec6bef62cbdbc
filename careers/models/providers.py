from django.db import models

from careers.texts import TextListField

from .addresses import address
from .publishable import Fact, FactQuerySet


class Provider(Fact):
    """Who awards credentials (CTDL CredentialOrganization)."""

    short_name = models.CharField(max_length=40, blank=True)
    site_url = models.URLField(max_length=300, blank=True)
    catalogue_url = models.URLField(max_length=300, blank=True)
    badge_issuer_url = models.URLField(max_length=300, blank=True)
    aliases = TextListField(help_text="Other names, searched but not shown as titles.")

    objects = FactQuerySet["Provider"].as_manager()

    def get_absolute_url(self) -> str:
        return address("careers:provider-detail", self.slug)

    def search_text(self) -> dict[str, str]:
        return {
            "title": self.name,
            "keywords": ", ".join(filter(None, [self.short_name, *self.aliases])),
            "summary": self.summary,
            "body": "",
        }
