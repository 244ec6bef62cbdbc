from django.db import models

from careers.texts import TextListField

from .addresses import address
from .publishable import Fact, FactQuerySet
from .roles import Role


class Technology(Fact):
    """What the work is done with: a field of technique, or a tool one can install."""

    class Kind(models.TextChoices):
        TECHNOLOGY = "technology", "Technology"
        TOOL = "tool", "Tool"

    kind = models.CharField(max_length=10, choices=Kind)
    vendor = models.CharField(max_length=80, blank=True)
    category = models.CharField(max_length=80, blank=True)
    is_hot = models.BooleanField(
        "hot technology", default=False, help_text="Often asked for in job adverts (O*NET Hot Technology)."
    )
    aliases = TextListField()

    objects = FactQuerySet["Technology"].as_manager()

    class Meta(Fact.Meta):
        verbose_name_plural = "technologies"

    def get_absolute_url(self) -> str:
        return address("careers:technology-detail", self.slug)

    def search_text(self) -> dict[str, str]:
        return {
            "title": self.name,
            "keywords": ", ".join(self.aliases),
            "summary": self.summary,
            "body": self.vendor,
        }


class RoleTechnology(models.Model):
    class Use(models.TextChoices):
        CORE = "core", "Core"
        COMMON = "common", "Common"
        SITUATIONAL = "situational", "Situational"

    role = models.ForeignKey(Role, models.CASCADE, related_name="role_technologies")
    technology = models.ForeignKey(Technology, models.PROTECT, related_name="role_technologies")
    use = models.CharField(max_length=12, choices=Use, default=Use.CORE)
    is_in_demand = models.BooleanField(
        "in demand", default=False, help_text="Often asked for in adverts for this role (O*NET In Demand)."
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["role", "technology"], name="role_technology_once")]

    def __str__(self) -> str:
        return f"{self.role} → {self.technology}"
