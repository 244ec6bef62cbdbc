from typing import Any, Self

from django.db import models
from django.db.models import Q

from careers.texts import TextListField

from .addresses import address
from .dates import Precision
from .providers import Provider
from .publishable import Fact, FactQuerySet
from .skills import Skill
from .sources import Source


class CredentialQuerySet(FactQuerySet["Credential"]):
    def with_exams(self) -> Self:
        """What a line of a list tells: provider, exams, ways of sitting them and prices."""
        return self.select_related("provider").prefetch_related(
            "versions__deliveries", "versions__fees__source"
        )


class Credential(Fact):
    """What a person holds (CTDL Certification). It outlives the exams that lead to it."""

    class Level(models.TextChoices):
        FOUNDATIONAL = "foundational", "Foundational"
        ASSOCIATE = "associate", "Associate"
        PROFESSIONAL = "professional", "Professional"
        EXPERT = "expert", "Expert"
        SPECIALTY = "specialty", "Specialty"

    class Access(models.TextChoices):
        OPEN = "open", "Open to all"
        PARTNER = "partner", "Members of the partner programme only"
        INVITE = "invite", "By invitation only"
        ENTERPRISE = "enterprise", "Enterprises only"

    class Kind(models.TextChoices):
        CERTIFICATION = "certification", "Certification"
        CERTIFICATE = "certificate", "Certificate"
        BADGE = "badge", "Badge"

    class Audience(models.TextChoices):
        """CTDL's words for whom it is made."""

        BEGINNER = "beginner", "Beginners"
        INTERMEDIATE = "intermediate", "Intermediate"
        ADVANCED = "advanced", "Advanced"
        PROFESSIONAL = "professional", "Professionals"

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="credentials")
    short_name = models.CharField(max_length=40, blank=True)
    level_label = models.CharField(
        max_length=40, blank=True, help_text="The provider's own word for the level."
    )
    level = models.CharField(max_length=12, choices=Level)
    audience_level = models.CharField(max_length=12, choices=Audience, blank=True)
    access = models.CharField(max_length=10, choices=Access, default=Access.OPEN)
    kind = models.CharField(max_length=13, choices=Kind, default=Kind.CERTIFICATION)
    official_url = models.URLField(max_length=300, blank=True)
    is_exam_required = models.BooleanField(null=True, blank=True, help_text="Empty means not known.")
    is_without_prerequisites = models.BooleanField(
        default=False, help_text="Known to have no formal prerequisites. Leave it unticked when not known."
    )
    replaced_by = models.ManyToManyField("self", blank=True, symmetrical=False, related_name="replaces")
    skills = models.ManyToManyField(Skill, blank=True, related_name="credentials")
    sources = models.ManyToManyField(Source, blank=True, related_name="credentials")
    checked_on = models.DateField(
        null=True, blank=True, help_text="When the facts were last read at the source."
    )
    checked_on_precision = models.CharField(max_length=7, choices=Precision, default=Precision.DAY)
    note = models.TextField(blank=True, help_text="What a reader should know besides. Shown on the page.")
    conflicts = TextListField(help_text="Where sources disagree, a sentence each. Shown on the page.")

    objects = CredentialQuerySet.as_manager()

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.versions.exclude(provider=self.provider_id).update(provider=self.provider_id)

    def get_absolute_url(self) -> str:
        return address("careers:credential-detail", self.slug)

    @property
    def shown_provider(self) -> Provider | None:
        """Whom readers know of: a draft's name is not told before its page is."""
        return self.provider if self.provider.is_public else None

    def search_text(self) -> dict[str, str]:
        codes = [version.exam_code for version in self.versions.all() if version.exam_code]
        provider = self.shown_provider.name if self.shown_provider else ""
        return {
            "title": self.name,
            "keywords": ", ".join(filter(None, [*codes, self.short_name, provider])),
            "summary": self.summary,
            "body": self.level_label,
        }


class Renewal(models.Model):
    """One way of keeping a credential valid (CTDL renewal)."""

    class Method(models.TextChoices):
        RETAKE = "retake", "Sitting the exam again"
        ONLINE_ASSESSMENT = "online_assessment", "An online assessment"
        CONTINUING_EDUCATION = "continuing_education", "Continuing education"
        HIGHER_EXAM = "higher_exam", "Passing a higher exam"
        MAINTENANCE_MODULE = "maintenance_module", "A maintenance module"
        FEE = "fee", "A fee"

    credential = models.ForeignKey(Credential, models.CASCADE, related_name="renewals")
    method = models.CharField(max_length=20, choices=Method, blank=True, help_text="Empty means not known.")
    window_months_before = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many months before the end renewing is possible."
    )
    note = models.CharField(max_length=200, blank=True, help_text="In one sentence.")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(method="") | ~Q(note=""), name="renewal_says_something"),
        ]

    def __str__(self) -> str:
        return self.note or self.get_method_display()
