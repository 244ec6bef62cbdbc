from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from .credentials import Credential
from .exams import ExamVersion
from .roles import Role
from .sources import Source


class FieldCheck(models.Model):
    """That somebody read one fact at one source on one day, and what was read there."""

    class Field(models.TextChoices):
        """Facts that age each in its own time."""

        PRICE = "price", "Price"
        STATUS = "status", "Status"
        LANGUAGES = "languages", "Languages"
        MINUTES = "minutes", "Length"
        ITEMS = "items", "Questions"
        PASS_MARK = "pass_mark", "Pass mark"
        VALIDITY = "validity", "Validity"
        AVAILABLE_FROM = "available_from", "Offered from"
        LAST_EXAM = "last_exam", "Last exam"
        PREREQUISITES = "prerequisites", "Prerequisites"
        RENEWAL = "renewal", "Renewal"
        ACCESS = "access", "Access"
        LEVEL = "level", "Level"
        DOMAINS = "domains", "Exam domains"
        SUCCESSOR = "successor", "Successor"
        SKILLS = "skills", "Skills"
        TASKS = "tasks", "Responsibilities"
        TECHNOLOGIES = "technologies", "Technologies"
        TITLES = "titles", "Titles"
        CODES = "codes", "Codes"

    class Verdict(models.TextChoices):
        CONFIRMS = "confirms", "Confirms"
        CONTRADICTS = "contradicts", "Contradicts"
        SILENT = "silent", "Says nothing"  # which proves nothing

    credential = models.ForeignKey(
        Credential, models.CASCADE, null=True, blank=True, related_name="field_checks"
    )
    version = models.ForeignKey(
        ExamVersion, models.CASCADE, null=True, blank=True, related_name="field_checks"
    )
    role = models.ForeignKey(Role, models.CASCADE, null=True, blank=True, related_name="field_checks")
    field = models.CharField(max_length=14, choices=Field)
    value = models.CharField(
        "value seen", max_length=300, blank=True, help_text="As the source words it, such as “170 minutes”."
    )
    verdict = models.CharField(max_length=11, choices=Verdict, default=Verdict.CONFIRMS)
    source = models.ForeignKey(Source, models.PROTECT, related_name="field_checks")
    checked_on = models.DateField()
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-checked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(credential__isnull=False, version__isnull=True, role__isnull=True)
                | Q(credential__isnull=True, version__isnull=False, role__isnull=True)
                | Q(credential__isnull=True, version__isnull=True, role__isnull=False),
                name="check_of_one_thing",
                violation_error_message="A check is of one thing: a certification, an exam or a role.",
            ),
            models.CheckConstraint(
                condition=Q(verdict="silent") | ~Q(value=""),
                name="check_says_what_was_seen",
                violation_error_message="Say what the source says, or that it says nothing.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()} of {self.credential or self.version or self.role}"

    def clean(self) -> None:
        super().clean()
        if self.verdict == self.Verdict.SILENT and self.value:
            raise ValidationError({"value": "A source that says nothing shows no value."})


class FieldChange(models.Model):
    """One field of one fact, before and after: who changed it, when and why."""

    fact_model = models.CharField(max_length=40, help_text="Such as careers.Credential.")
    fact_id = models.PositiveBigIntegerField()
    fact_name = models.CharField(max_length=200)
    part = models.CharField(max_length=200, blank=True, help_text="The row within the fact, such as an exam.")
    field = models.CharField(max_length=60)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["fact_model", "fact_id", "-changed_at"], name="changes_of_a_fact")]

    def __str__(self) -> str:
        return f"{self.fact_name}: {self.field}"
