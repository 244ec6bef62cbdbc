from functools import cache
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.functions import Lower

from careers.bringing import selected
from careers.texts import TextListField

from .addresses import address
from .publishable import Fact, FactQuerySet, Status
from .sources import Source


class RoleQuerySet(FactQuerySet["Role"]):
    def with_profile(self) -> Self:
        """All that a role page or a comparison tells, in a fixed number of queries."""
        return self.prefetch_related(
            "dimension_values",
            joined("role_technologies", "technology"),
            joined("role_skills", "skill"),
            joined("recommendations", "credential__provider"),
            "recommendations__credential__versions__deliveries",
            "recommendations__credential__versions__fees__source",
        )


@cache
def joined(way: str, to: str) -> "Prefetch[Any]":
    """From a role, in one query what would be one for each step of the way."""
    rows: Any = Role._meta.get_field(way).related_model
    return selected(way, rows._default_manager.select_related(to))


# For rows that hang on a role and are shown without it.
OF_A_PUBLIC_ROLE = Q(role__status=Status.PUBLISHED)
PREPARATION = ["Little", "Some", "Medium", "Considerable", "Extensive"]


class Role(Fact):
    """A kind of job (schema.org Occupation)."""

    main_focus = models.CharField(max_length=200)
    job_zone = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text="O*NET job zone, 1 (little preparation) to 5 (extensive). Empty means not known.",
    )
    demand_note = models.CharField(
        max_length=300, blank=True, help_text="What is known of demand, with where and when."
    )
    checked_on = models.DateField(null=True, blank=True)
    related: "models.ManyToManyField[Role, RoleRelation]" = models.ManyToManyField(
        "self", through="RoleRelation", symmetrical=False, related_name="related_from"
    )
    sources = models.ManyToManyField(Source, blank=True, related_name="roles")

    objects = RoleQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(job_zone__isnull=True) | Q(job_zone__range=(1, 5)), name="role_job_zone_1_to_5"
            ),
            # The address of a comparison is its roles joined by "-vs-".
            models.CheckConstraint(
                condition=~Q(slug__contains="-vs-"),
                name="role_slug_without_vs",
                violation_error_message="A role's slug cannot contain “-vs-”.",
            ),
        ]

    def get_absolute_url(self) -> str:
        return address("careers:role-detail", self.slug)

    @property
    def preparation(self) -> str:
        """The job zone in O*NET's words."""
        return PREPARATION[self.job_zone - 1] if self.job_zone else ""

    def search_text(self) -> dict[str, str]:
        return {
            "title": self.name,
            "keywords": ", ".join(title.title for title in self.titles.all()),
            "summary": self.summary or self.main_focus,
            "body": "\n".join([self.main_focus, *(task.text for task in self.tasks.all())]),
        }


class RoleRelation(models.Model):
    """That people move from one role to another, and how near they are (O*NET related occupations)."""

    class Tier(models.TextChoices):
        PRIMARY_SHORT = "primary-short", "Nearest"
        PRIMARY_LONG = "primary-long", "Near"
        SUPPLEMENTAL = "supplemental", "Further"

    from_role = models.ForeignKey(Role, models.CASCADE, related_name="relations")
    to_role = models.ForeignKey(Role, models.CASCADE, related_name="relations_from")
    tier = models.CharField(max_length=13, choices=Tier, default=Tier.PRIMARY_SHORT)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["from_role", "to_role"], name="role_relation_once"),
            models.CheckConstraint(condition=~Q(from_role=F("to_role")), name="role_not_related_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.from_role} → {self.to_role}"


class RoleTitle(models.Model):
    """Another title the same work goes by."""

    class Kind(models.TextChoices):
        ALTERNATE = "alternate", "Alternate"
        REPORTED = "reported", "Reported by employers"

    role = models.ForeignKey(Role, models.CASCADE, related_name="titles")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ALTERNATE)

    class Meta:
        ordering = [Lower("title")]
        constraints = [models.UniqueConstraint("role", Lower("title"), name="role_title_once")]

    def __str__(self) -> str:
        return self.title


class RoleCode(models.Model):
    """The same work in somebody else's classification, with how close the match is (SKOS)."""

    class Framework(models.TextChoices):
        ONET = "onet-soc-2019", "O*NET-SOC 2019"
        ISCO = "isco-08", "ISCO-08"
        ESCO = "esco", "ESCO"
        SFIA = "sfia", "SFIA"

    class Match(models.TextChoices):
        EXACT = "exact", "Exact"
        CLOSE = "close", "Close"
        BROAD = "broad", "Broader"
        NARROW = "narrow", "Narrower"
        RELATED = "related", "Related"

    role = models.ForeignKey(Role, models.CASCADE, related_name="codes")
    framework = models.CharField(max_length=20, choices=Framework)
    code = models.CharField(max_length=60)
    match = models.CharField(max_length=10, choices=Match)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="role_codes")

    class Meta:
        ordering = ["framework", "code"]
        constraints = [models.UniqueConstraint(fields=["role", "framework", "code"], name="role_code_once")]

    def __str__(self) -> str:
        return f"{self.get_framework_display()} {self.code}"


class RoleTask(models.Model):
    """One responsibility of a role (O*NET task)."""

    class Kind(models.TextChoices):
        CORE = "core", "Core"
        SUPPLEMENTAL = "supplemental", "Supplemental"

    role = models.ForeignKey(Role, models.CASCADE, related_name="tasks")
    text = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.CORE)
    importance = models.DecimalField(
        max_digits=3,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text="1 to 5 (O*NET importance). Empty means not known.",
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(importance__isnull=True) | Q(importance__range=(1, 5)),
                name="role_task_importance_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Dimension(models.Model):
    """A row of a comparison table. Kinds other than text are read from the facts, never retyped."""

    class ValueKind(models.TextChoices):
        TEXT = "text", "Text"
        TEXT_LIST = "text_list", "List of texts"
        FOCUS = "focus", "Main focus"
        TECHNOLOGIES = "technologies", "Technologies"
        TOOLS = "tools", "Tools"
        SKILLS = "skills", "Essential skills"
        CERTIFICATIONS = "certifications", "Certifications"
        TASKS = "tasks", "Responsibilities"
        PREPARATION = "preparation", "Preparation (job zone)"
        NUMBER = "number", "Number"

    class Better(models.TextChoices):
        NONE = "", "Neither"
        HIGHER = "higher", "More is better"
        LOWER = "lower", "Less is better"

    key = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)
    value_kind = models.CharField(max_length=14, choices=ValueKind, default=ValueKind.TEXT)
    better = models.CharField(max_length=6, choices=Better, blank=True, help_text="For numbers.")
    unit = models.CharField(max_length=40, blank=True, help_text="For numbers.")

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.label


class RoleDimensionValue(models.Model):
    role = models.ForeignKey(Role, models.CASCADE, related_name="dimension_values")
    dimension = models.ForeignKey(Dimension, models.CASCADE, related_name="values")
    items = TextListField(help_text="Short texts.")
    number = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["dimension__order"]
        constraints = [
            models.UniqueConstraint(fields=["role", "dimension"], name="role_dimension_once"),
            models.CheckConstraint(
                condition=~Q(items=[]) | Q(number__isnull=False), name="role_dimension_says_something"
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.items) or str(self.number)
