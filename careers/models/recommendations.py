from django.db import models
from django.db.models import Q

from .credentials import Credential
from .roles import Role
from .skills import Skill


class Recommendation(models.Model):
    """That a role is well served by a credential, at which step, and why."""

    class Tier(models.TextChoices):
        START = "start", "Start"
        CORE = "core", "Core"
        ADVANCE = "advance", "Advance"
        SPECIALISE = "specialise", "Specialise"

    role = models.ForeignKey(Role, models.CASCADE, related_name="recommendations")
    credential = models.ForeignKey(Credential, models.PROTECT, related_name="recommendations")
    tier = models.CharField(max_length=10, choices=Tier)
    for_skill = models.ForeignKey(
        Skill,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The skill of the role that it is recommended for, where it is one.",
    )
    reason = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["role", "credential"], name="recommendation_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="recommendation_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.role} → {self.credential}"
