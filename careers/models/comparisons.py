from collections.abc import Iterable

from django.db import models
from django.urls import reverse

from .publishable import Status
from .roles import Dimension, Role


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    def public(self) -> "ComparisonQuerySet":
        return self.filter(status=Status.PUBLISHED)


class Comparison(models.Model):
    """What the desk has to say to a comparison of roles, whichever order they are named in."""

    key = models.CharField(
        max_length=500, unique=True, editable=False, help_text="The ids of the roles in order, as 3-17."
    )
    roles = models.ManyToManyField(Role, related_name="comparisons")
    dimensions = models.ManyToManyField(
        Dimension, blank=True, related_name="comparisons", help_text="None chosen means all."
    )
    intro = models.TextField(blank=True, help_text="Above the table. Plain paragraphs.")
    verdict = models.TextField(blank=True, help_text="Which to choose, and why. Plain paragraphs.")
    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return " vs ".join(sorted(role.name for role in self.roles.all()))

    def get_absolute_url(self) -> str:
        slugs = sorted(role.slug for role in self.roles.all())
        return reverse("careers:comparison", args=["-vs-".join(slugs)])

    @staticmethod
    def key_of(roles: Iterable[Role]) -> str:
        return "-".join(str(pk) for pk in sorted(role.pk for role in roles))
