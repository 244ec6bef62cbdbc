from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from careers.bringing import BringingQuerySet

from .publishable import Status
from .roles import Role
from .sources import Source


class StatementQuerySet(BringingQuerySet["PreferenceStatement"]):
    def public(self) -> "StatementQuerySet":
        return self.filter(status=Status.PUBLISHED)


class PreferenceStatement(models.Model):
    """Something a reader can say of themselves, which speaks for some roles."""

    class About(models.TextChoices):
        WORK = "work", "The work you like"
        STRENGTH = "strength", "What you are good at"
        BACKGROUND = "background", "Where you come from"
        CONSTRAINT = "constraint", "What must be"

    slug = models.SlugField(max_length=60, unique=True)
    text = models.CharField(max_length=200, unique=True, help_text="In the reader's own voice: “I enjoy …”")
    about = models.CharField(max_length=10, choices=About)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED)
    order = models.PositiveSmallIntegerField(default=0)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class PreferenceWeight(models.Model):
    """How many points a statement gives a role, or that it rules the role out."""

    statement = models.ForeignKey(PreferenceStatement, models.CASCADE, related_name="weights")
    role = models.ForeignKey(Role, models.CASCADE, related_name="preference_weights")
    weight = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(3)])
    is_excluding = models.BooleanField(
        "rules it out", default=False, help_text="Whoever says this cannot take the role."
    )
    reason = models.CharField(max_length=200, blank=True, help_text="Needed from two points on.")

    class Meta:
        ordering = ["-weight", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "role"], name="preference_weight_once"),
            models.CheckConstraint(
                condition=Q(weight__range=(0, 3)),
                name="preference_weight_0_to_3",
                violation_error_message="A statement gives a role 0 to 3 points.",
            ),
            models.CheckConstraint(
                condition=Q(weight__lt=2, is_excluding=False) | ~Q(reason=""),
                name="preference_weight_has_a_reason",
                violation_error_message="Two points or more, and ruling out, need a reason.",
            ),
            models.CheckConstraint(
                condition=Q(is_excluding=False) | Q(weight=0),
                name="preference_excludes_without_points",
                violation_error_message="What is ruled out gets no points.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement} → {self.role}"
