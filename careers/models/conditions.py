from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from .credentials import Credential
from .skills import Skill
from .sources import Source


class Condition(models.Model):
    """What a credential asks for or stands in a relation to (CTDL ConditionProfile)."""

    class Relation(models.TextChoices):
        REQUIRES = "requires", "Requires"
        RECOMMENDS = "recommends", "Recommends"
        COREQUISITE = "corequisite", "Taken together with"
        PREPARATION_FOR = "preparation_for", "Prepares for"
        ADVANCED_STANDING_FROM = "advanced_standing_from", "Shortened by"
        RENEWS = "renews", "Renews"

    # No credential may come, over these, to depend on itself.
    ACYCLIC = (Relation.REQUIRES, Relation.RENEWS)

    credential = models.ForeignKey(Credential, models.CASCADE, related_name="conditions")
    relation = models.CharField(max_length=22, choices=Relation, default=Relation.REQUIRES)
    group = models.PositiveSmallIntegerField(
        default=1, help_text="Conditions of one group are alternatives; of each group one must be met."
    )
    target_credential = models.ForeignKey(
        Credential, models.PROTECT, null=True, blank=True, related_name="conditions_on"
    )
    target_skill = models.ForeignKey(
        Skill, models.PROTECT, null=True, blank=True, related_name="conditions_on"
    )
    text = models.CharField(max_length=200, blank=True, help_text="In words, where it is none of the others.")
    years_experience = models.PositiveSmallIntegerField(null=True, blank=True)
    must_be_current = models.BooleanField(
        null=True, blank=True, help_text="Whether the credential asked for must still be valid."
    )
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["relation", "group", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target_credential__isnull=False)
                | Q(target_skill__isnull=False)
                | Q(years_experience__isnull=False)
                | ~Q(text=""),
                name="condition_asks_for_something",
                violation_error_message="Say what is asked for: a certification, a skill, years or a text.",
            ),
            models.CheckConstraint(
                condition=Q(target_credential__isnull=True) | ~Q(target_credential=F("credential")),
                name="condition_not_on_itself",
                violation_error_message="A certification cannot be a condition of itself.",
            ),
            models.UniqueConstraint(
                fields=["credential", "relation", "group", "target_credential"], name="condition_once"
            ),
        ]

    def __str__(self) -> str:
        asked = self.target_credential or self.target_skill or self.text
        return f"{self.get_relation_display()} {asked or f'{self.years_experience} years of experience'}"

    def clean(self) -> None:
        super().clean()
        if self.relation not in self.ACYCLIC or not self.target_credential_id or not self.credential_id:
            return
        others = Condition.objects.filter(relation__in=self.ACYCLIC, target_credential__isnull=False)
        graph: dict[int, list[int]] = {}
        for start, end in others.exclude(pk=self.pk).values_list("credential", "target_credential"):
            graph.setdefault(start, []).append(end)
        if reaches(graph, self.target_credential_id, self.credential_id):
            raise ValidationError(
                {"target_credential": f"“{self.target_credential}” itself depends on “{self.credential}”."}
            )


def reaches(graph: Mapping[int, Sequence[int]], start: int, goal: int) -> bool:
    """Whether a way leads from ``start`` to ``goal``. Ends in a graph with cycles too."""
    seen, ahead = set(), [start]
    while ahead:
        here = ahead.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            ahead.extend(graph.get(here, ()))
    return False
