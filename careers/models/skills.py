from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from careers.texts import TextListField

from .addresses import address
from .publishable import Fact, FactQuerySet
from .roles import Role


class Skill(Fact):
    """Something a person can do or know (ESCO skill)."""

    class Kind(models.TextChoices):
        SKILL = "skill", "Skill"
        KNOWLEDGE = "knowledge", "Knowledge"
        SOFTWARE = "software", "Software"

    class ReuseLevel(models.TextChoices):
        TRANSVERSAL = "transversal", "Transversal"
        CROSS_SECTOR = "cross-sector", "Cross-sector"
        SECTOR_SPECIFIC = "sector-specific", "Sector-specific"
        OCCUPATION_SPECIFIC = "occupation-specific", "Occupation-specific"

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SKILL)
    reuse_level = models.CharField(max_length=20, choices=ReuseLevel, default=ReuseLevel.CROSS_SECTOR)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="The wider skill that this one is part of.",
    )
    aliases = TextListField(help_text="Other names, searched but not shown as titles.")

    objects = FactQuerySet["Skill"].as_manager()

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="skill_not_its_own_parent",
                violation_error_message="A skill cannot be part of itself.",
            )
        ]

    def clean(self) -> None:
        super().clean()
        seen = {self.pk}
        wider = self.parent
        while wider is not None and self.pk:
            if wider.pk in seen:
                raise ValidationError({"parent": f"“{self.parent}” is itself part of this skill."})
            seen.add(wider.pk)
            wider = wider.parent

    def get_absolute_url(self) -> str:
        return address("careers:skill-detail", self.slug)

    def search_text(self) -> dict[str, str]:
        return {"title": self.name, "keywords": ", ".join(self.aliases), "summary": self.summary, "body": ""}


class RoleSkill(models.Model):
    """How much a role needs a skill: ESCO's relation in words, O*NET's importance and level in numbers."""

    class Relation(models.TextChoices):
        ESSENTIAL = "essential", "Essential"
        OPTIONAL = "optional", "Optional"

    class Basis(models.TextChoices):
        EDITORIAL = "editorial", "Our own judgement"
        IMPORTED = "imported", "Measured elsewhere"

    role = models.ForeignKey(Role, models.CASCADE, related_name="role_skills")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="role_skills")
    relation = models.CharField(max_length=10, choices=Relation, default=Relation.ESSENTIAL)
    importance = models.DecimalField(
        max_digits=3,
        decimal_places=2,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text="1 to 5 (O*NET importance).",
    )
    level = models.DecimalField(
        max_digits=3,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(7)],
        help_text="0 to 7 (O*NET level).",
    )
    basis = models.CharField(max_length=9, choices=Basis, default=Basis.EDITORIAL)
    sample_size = models.PositiveIntegerField(null=True, blank=True)
    standard_error = models.DecimalField(max_digits=6, decimal_places=4, null=True, blank=True)
    is_suppressed = models.BooleanField(
        default=False, help_text="The source recommends not to show it: too few were asked."
    )

    class Meta:
        ordering = ["-importance", "-level", Lower("skill__name")]
        constraints = [
            models.UniqueConstraint(fields=["role", "skill"], name="role_skill_once"),
            models.CheckConstraint(
                condition=Q(importance__range=(1, 5)), name="role_skill_importance_1_to_5"
            ),
            models.CheckConstraint(condition=Q(level__range=(0, 7)), name="role_skill_level_0_to_7"),
        ]

    def __str__(self) -> str:
        return f"{self.role} → {self.skill}"
