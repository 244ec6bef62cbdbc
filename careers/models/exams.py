from itertools import chain, count
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.text import slugify

from careers.texts import TextListField

from .credentials import Credential
from .dates import Precision
from .providers import Provider
from .skills import Skill
from .sources import Source


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
    key = models.SlugField(max_length=180, unique=True, editable=False)
    part = models.PositiveSmallIntegerField(
        default=1, help_text="Exams of one part are alternatives; of each part one must be passed."
    )
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
        self.key = self.key or self.free_key()
        super().save(*args, **kwargs)

    def free_key(self) -> str:
        """What names this version in files and feeds for good, whatever becomes of its code."""
        credential = self.credential
        stem = slugify(f"{credential.provider.slug} {self.exam_code}") if self.exam_code else credential.slug
        taken = set(ExamVersion.objects.filter(key__startswith=stem).values_list("key", flat=True))
        names = chain([stem], (f"{stem}-{number}" for number in count(2)))
        return next(name for name in names if name not in taken)

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
    pass_share = models.DecimalField(
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text="The pass mark as a share of the scale, 0 to 1.",
    )
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
            models.CheckConstraint(
                condition=Q(pass_share__isnull=True) | Q(pass_share__range=(0, 1)),
                name="delivery_pass_share_0_to_1",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()} {', '.join(self.languages)}".strip()


class ExamDomain(models.Model):
    """A part of the blueprint and its weight, in per cent; a range where the provider gives one."""

    version = models.ForeignKey(ExamVersion, models.CASCADE, related_name="domains")
    name = models.CharField(max_length=200)
    weight_min = models.DecimalField(
        max_digits=4, decimal_places=1, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    weight_max = models.DecimalField(
        max_digits=4, decimal_places=1, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    skills = models.ManyToManyField(Skill, blank=True, related_name="exam_domains")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="exam_domain_once"),
            models.CheckConstraint(
                condition=Q(weight_min__range=(0, 100))
                & Q(weight_max__range=(0, 100))
                & Q(weight_min__lte=F("weight_max")),
                name="exam_domain_weight_in_per_cent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Fee(models.Model):
    """What an exam or a credential costs (CTDL CostProfile). Zero means free and is entered on purpose."""

    class Kind(models.TextChoices):
        EXAM = "exam", "Exam"
        BETA_EXAM = "beta_exam", "Beta exam"
        RETAKE = "retake", "Retake"
        RENEWAL = "renewal", "Renewal"
        ANNUAL = "annual", "Annual"
        APPLICATION = "application", "Application"
        BUNDLE = "bundle", "Bundle"

    version = models.ForeignKey(ExamVersion, models.CASCADE, null=True, blank=True, related_name="fees")
    credential = models.ForeignKey(Credential, models.CASCADE, null=True, blank=True, related_name="fees")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.EXAM)
    amount = models.DecimalField(max_digits=8, decimal_places=2, validators=[MinValueValidator(0)])
    currency = models.CharField(max_length=3, default="USD")
    region = models.CharField(max_length=60, blank=True, help_text="Where this price holds. Empty: anywhere.")
    is_from_price = models.BooleanField(default=False, help_text="The provider says “from”.")
    note = models.CharField(max_length=200, blank=True)
    observed_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="fees")

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="fee_not_negative"),
            models.CheckConstraint(
                condition=Q(version__isnull=True, credential__isnull=False)
                | Q(version__isnull=False, credential__isnull=True),
                name="fee_of_an_exam_or_a_credential",
            ),
            models.UniqueConstraint(
                fields=["version", "kind", "currency", "region"], name="fee_once_per_kind"
            ),
            models.UniqueConstraint(
                fields=["credential", "kind", "currency", "region"], name="credential_fee_once_per_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
