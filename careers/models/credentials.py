from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.urls import reverse

from careers.texts import TextListField

from .providers import Provider
from .publishable import Fact, FactQuerySet
from .roles import Role
from .skills import Skill
from .sources import Source


class Precision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", "Day"
    MONTH = "month", "Month"
    QUARTER = "quarter", "Quarter"
    YEAR = "year", "Year"


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

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="credentials")
    short_name = models.CharField(max_length=40, blank=True)
    level_label = models.CharField(
        max_length=40, blank=True, help_text="The provider's own word for the level."
    )
    level = models.CharField(max_length=12, choices=Level)
    access = models.CharField(max_length=10, choices=Access, default=Access.OPEN)
    kind = models.CharField(max_length=13, choices=Kind, default=Kind.CERTIFICATION)
    official_url = models.URLField(max_length=300, blank=True)
    replaced_by = models.ManyToManyField("self", blank=True, symmetrical=False, related_name="replaces")
    skills = models.ManyToManyField(Skill, blank=True, related_name="credentials")
    sources = models.ManyToManyField(Source, blank=True, related_name="credentials")
    checked_on = models.DateField(
        null=True, blank=True, help_text="When the facts were last read at the source."
    )
    checked_on_precision = models.CharField(max_length=7, choices=Precision, default=Precision.DAY)
    renewal = models.CharField(max_length=200, blank=True, help_text="How it is renewed, in one sentence.")
    renewal_source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True, help_text="What a reader should know besides. Shown on the page.")
    conflicts = TextListField(help_text="Where sources disagree, a sentence each. Shown on the page.")

    objects = CredentialQuerySet.as_manager()

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.versions.exclude(provider=self.provider_id).update(provider=self.provider_id)

    def get_absolute_url(self) -> str:
        return reverse("careers:credential-detail", args=[self.slug])

    def search_text(self) -> dict[str, str]:
        codes = [version.exam_code for version in self.versions.all() if version.exam_code]
        return {
            "title": self.name,
            "keywords": ", ".join(filter(None, [*codes, self.short_name, self.provider.name])),
            "summary": self.summary,
            "body": self.level_label,
        }


class ExamVersion(models.Model):
    """One edition of the exam behind a credential (CTDL AssessmentProfile). Validity belongs here."""

    class Status(models.TextChoices):
        IN_DEVELOPMENT = "in_development", "In development"
        BETA = "beta", "Beta"
        ACTIVE = "active", "Active"
        RETIREMENT_ANNOUNCED = "retirement_announced", "Retirement announced"
        RETIRED = "retired", "Retired"

    credential = models.ForeignKey(Credential, models.CASCADE, related_name="versions")
    # Repeated from the credential because exam codes are unique only within a provider.
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="exam_versions", editable=False)
    exam_code = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001  # unknown codes must not collide
    version_label = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    available_from = models.DateField(null=True, blank=True)
    available_from_precision = models.CharField(max_length=7, choices=Precision, default=Precision.DAY)
    last_exam_on = models.DateField(null=True, blank=True)
    last_exam_on_precision = models.CharField(max_length=7, choices=Precision, default=Precision.DAY)
    date_note = models.CharField(
        max_length=200, blank=True, help_text="How sure the dates are: announced, expected, disputed."
    )
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="predecessors")
    validity_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Empty means not known."
    )
    no_expiry = models.BooleanField(default=False, help_text="Known to be valid for life.")
    validity_source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")
    sources = models.ManyToManyField(Source, blank=True, related_name="exam_versions")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-available_from", "-pk"]
        constraints = [
            models.UniqueConstraint("provider", Upper("exam_code"), name="exam_code_once_per_provider"),
            models.CheckConstraint(
                condition=Q(no_expiry=False) | Q(validity_months__isnull=True),
                name="exam_validity_or_no_expiry",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("pk")),
                name="exam_not_its_own_successor",
                violation_error_message="An exam cannot succeed itself.",
            ),
            models.CheckConstraint(
                condition=Q(exam_code__isnull=True) | ~Q(exam_code=""), name="exam_code_null_or_filled"
            ),
        ]

    def __str__(self) -> str:
        return self.exam_code or self.version_label or "Exam without a code"

    def get_absolute_url(self) -> str:
        return self.credential.get_absolute_url()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.provider_id = self.credential.provider_id
        self.exam_code = (self.exam_code or "").strip() or None
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """The constraint says this too, but Django leaves it out where a form has no provider field."""
        if self.credential_id is None:
            return  # the form says that it is missing
        code = (self.exam_code or "").strip()
        same = ExamVersion.objects.filter(provider=self.credential.provider_id, exam_code__iexact=code)
        if code and same.exclude(pk=self.pk).exists():
            raise ValidationError({"exam_code": "This provider already has an exam with this code."})


class Delivery(models.Model):
    """One way of sitting a version: a phase, a group of languages, and the window in which it is offered."""

    class Phase(models.TextChoices):
        BETA = "beta", "Beta"
        STANDARD = "standard", "Standard"

    version = models.ForeignKey(ExamVersion, models.CASCADE, related_name="deliveries")
    phase = models.CharField(max_length=8, choices=Phase, default=Phase.STANDARD)
    languages = TextListField(help_text="BCP-47 codes such as en, pt-BR. Empty means not known.")
    appointment_code = models.CharField(max_length=40, blank=True)
    channels = TextListField(help_text="Where it is sat, such as online or test centre.")
    parts = TextListField(help_text="What it consists of, where it has several parts.")
    minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(1440)]
    )
    items_min = models.PositiveSmallIntegerField(null=True, blank=True)
    items_max = models.PositiveSmallIntegerField(null=True, blank=True)
    items_scored = models.PositiveSmallIntegerField(null=True, blank=True)
    items_are_approximate = models.BooleanField(default=False)
    pass_mark = models.CharField(max_length=40, blank=True)
    window_from = models.DateField(null=True, blank=True)
    window_to = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["phase", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, 1440)),
                name="delivery_minutes_within_a_day",
            ),
            models.CheckConstraint(
                condition=Q(items_min__isnull=True)
                | Q(items_max__isnull=True)
                | Q(items_min__lte=F("items_max")),
                name="delivery_items_ordered",
            ),
            models.CheckConstraint(
                condition=Q(window_from__isnull=True)
                | Q(window_to__isnull=True)
                | Q(window_from__lte=F("window_to")),
                name="delivery_window_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()} {', '.join(self.languages)}".strip()


class Fee(models.Model):
    """What a version costs (CTDL CostProfile). Zero means free and is entered on purpose."""

    class Kind(models.TextChoices):
        EXAM = "exam", "Exam"
        BETA_EXAM = "beta_exam", "Beta exam"
        RETAKE = "retake", "Retake"
        RENEWAL = "renewal", "Renewal"
        ANNUAL = "annual", "Annual"

    version = models.ForeignKey(ExamVersion, models.CASCADE, related_name="fees")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.EXAM)
    amount = models.DecimalField(max_digits=8, decimal_places=2, validators=[MinValueValidator(0)])
    currency = models.CharField(max_length=3, default="USD")
    is_from_price = models.BooleanField(default=False, help_text="The provider says “from”.")
    note = models.CharField(max_length=200, blank=True)
    observed_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="fees")

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="fee_not_negative"),
            models.UniqueConstraint(fields=["version", "kind", "currency"], name="fee_once_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


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
