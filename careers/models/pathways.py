from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Prefetch, Q

from careers.bringing import BringingQuerySet, selected

from .addresses import address
from .conditions import Condition, reaches
from .credentials import Credential
from .publishable import Fact, FactQuerySet
from .roles import Role
from .skills import Skill

CALLED = ("Pathway", "Learning path", "Roadmap")  # what readers ask for: “data engineer roadmap”


class PathwayQuerySet(FactQuerySet["Pathway"]):
    def with_steps(self) -> Self:
        """All that is drawn of a pathway: its steps, what they stand for, and what those ask for."""
        return self.prefetch_related(_steps(), "edges")


@cache
def _steps() -> "Prefetch[Any]":
    steps = PathwayStep.objects.select_related("skill", "role", "choice")
    conditions = Condition.objects.select_related("target_credential", "target_skill")
    of_a_step = (
        selected("credential", Credential.objects.with_exams()),
        selected("credential__conditions", conditions),
    )
    return selected("steps", steps.prefetch_related(*of_a_step))


class Pathway(Fact):
    """A way through several steps (CTDL Pathway). What certifications ask of each other is not retyped."""

    intro = models.TextField(blank=True, help_text="Who it is for and how to read it. Plain paragraphs.")
    role = models.ForeignKey(
        Role, models.SET_NULL, null=True, blank=True, related_name="pathways", help_text="Where it leads."
    )

    objects = PathwayQuerySet.as_manager()

    def get_absolute_url(self) -> str:
        return address("careers:pathway-detail", self.slug)

    def search_text(self) -> dict[str, str]:
        names = ", ".join(str(step) for step in self.steps.all() if step.is_public)
        words = ", ".join(filter(None, [names, *CALLED]))
        return {"title": self.name, "keywords": words, "summary": self.summary, "body": self.intro}


class PathwayChoice(models.Model):
    """Some steps of a pathway of which a number is enough (CTDL SelectionGroup)."""

    pathway = models.ForeignKey(Pathway, models.CASCADE, related_name="choices")
    key = models.SlugField(max_length=60)
    label = models.CharField(max_length=120)
    needed = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["pathway", "key"], name="pathway_choice_once"),
            models.CheckConstraint(condition=Q(needed__gte=1), name="pathway_choice_needs_one"),
        ]

    def __str__(self) -> str:
        return self.label


class PathwayStep(models.Model):
    """One component of a pathway."""

    class Kind(models.TextChoices):
        CREDENTIAL = "credential", "Certification"
        SKILL = "skill", "Skill"
        ROLE = "role", "Role"
        TEXT = "text", "Text"

    pathway = models.ForeignKey(Pathway, models.CASCADE, related_name="steps")
    key = models.SlugField(max_length=60, help_text="Names the step within its pathway.")
    kind = models.CharField(max_length=10, choices=Kind)
    credential = models.ForeignKey(
        Credential, models.PROTECT, null=True, blank=True, related_name="pathway_steps"
    )
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="pathway_steps")
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="pathway_steps")
    text = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=200, blank=True, help_text="Why it stands here.")
    choice = models.ForeignKey(PathwayChoice, models.SET_NULL, null=True, blank=True, related_name="steps")
    order = models.PositiveSmallIntegerField(default=0)

    objects = BringingQuerySet["PathwayStep"].as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pathway", "key"], name="pathway_step_once"),
            models.CheckConstraint(
                condition=Q(kind="credential", credential__isnull=False, skill=None, role=None)
                | Q(kind="skill", credential=None, skill__isnull=False, role=None)
                | Q(kind="role", credential=None, skill=None, role__isnull=False)
                | (Q(kind="text", credential=None, skill=None, role=None) & ~Q(text="")),
                name="pathway_step_is_what_its_kind_says",
                violation_error_message="Choose what the kind of the step says, and only that.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.fact or self.text)

    @property
    def fact(self) -> Credential | Skill | Role | None:
        """What it stands for, where that has a page of its own."""
        return self.credential or self.skill or self.role

    @property
    def is_public(self) -> bool:
        return self.fact is None or self.fact.is_public


class PathwayEdge(models.Model):
    """That one step comes before another, where the certifications themselves do not say it."""

    class Relation(models.TextChoices):
        REQUIRES = "requires", "Required"
        RECOMMENDS = "recommends", "Recommended"
        OPTIONAL = "optional", "Optional"

    pathway = models.ForeignKey(Pathway, models.CASCADE, related_name="edges")
    from_step = models.ForeignKey(PathwayStep, models.CASCADE, related_name="edges_out")
    to_step = models.ForeignKey(PathwayStep, models.CASCADE, related_name="edges_in")
    relation = models.CharField(max_length=10, choices=Relation, default=Relation.RECOMMENDS)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["from_step", "to_step"], name="pathway_edge_once"),
            models.CheckConstraint(
                condition=~Q(from_step=F("to_step")),
                name="pathway_edge_leads_on",
                violation_error_message="A step cannot lead to itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_step} → {self.to_step}"


def refuse_cycles(edges: Iterable[tuple[int, int]], names: Mapping[int, str] | None = None) -> None:
    """Raise ValidationError when the steps, as (from, to) pairs, come round to where they began."""
    graph: dict[int, list[int]] = {}
    for start, end in edges:
        if reaches(graph, end, start):
            around = [start, *way_back(graph, end, start)]
            named = " → ".join((names or {}).get(step, str(step)) for step in around)
            raise ValidationError(f"These steps go round in a circle: {named}. Each must lead on.")
        graph.setdefault(start, []).append(end)


def way_back(graph: Mapping[int, Sequence[int]], start: int, goal: int) -> list[int]:
    """The shortest way, both ends included; there must be one."""
    ways, seen = [[start]], {start}
    for way in ways:  # grows as it is walked
        if way[-1] == goal:
            return way
        ahead = [step for step in dict.fromkeys(graph.get(way[-1], ())) if step not in seen]
        seen.update(ahead)
        ways += [[*way, step] for step in ahead]
    return [start]
