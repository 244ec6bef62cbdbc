from itertools import chain, count
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from careers.texts import TextListField

from .credentials import Credential
from .dates import Precision
from .exams import ExamVersion
from .sources import Source


class LifecycleEvent(models.Model):
    """A dated change in the life of a credential. The change log, the feeds and the calendar read these."""

    class Kind(models.TextChoices):
        ANNOUNCED = "announced", "Announced"
        BETA_OPEN = "beta_open", "Beta opens"
        BETA_CLOSE = "beta_close", "Beta closes"
        GENERAL_AVAILABILITY = "general_availability", "Generally available"
        BLUEPRINT_CHANGE = "blueprint_change", "Blueprint changes"
        LANGUAGE_ADDED = "language_added", "Languages added"
        LANGUAGE_REMOVED = "language_removed", "Languages end"
        PRICE_CHANGE = "price_change", "Price changes"
        RENAME = "rename", "Renamed"
        REGISTRATION_CLOSE = "registration_close", "Registration closes"
        LAST_EXAM = "last_exam", "Last day to sit it"
        RETIRED = "retired", "Retired"
        REPLACED = "replaced", "Replaced"

    class Certainty(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        ANNOUNCED = "announced", "Announced"
        EXPECTED = "expected", "Expected"
        DISPUTED = "disputed", "Disputed"

    key = models.SlugField(max_length=220, unique=True, editable=False)
    credential = models.ForeignKey(Credential, models.CASCADE, related_name="events")
    version = models.ForeignKey(ExamVersion, models.CASCADE, null=True, blank=True, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind)
    languages = TextListField(help_text="BCP-47 codes, where only some languages are concerned.")
    happens_on = models.DateField(null=True, blank=True, help_text="Empty means no date is known yet.")
    happens_on_precision = models.CharField(max_length=7, choices=Precision, default=Precision.DAY)
    certainty = models.CharField(max_length=9, choices=Certainty, default=Certainty.CONFIRMED)
    note = models.CharField(max_length=300, blank=True, help_text="A sentence for readers.")
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, related_name="events")
    review_on = models.DateField(null=True, blank=True, help_text="When the desk should look again.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["happens_on", "pk"]
        indexes = [models.Index(fields=["happens_on"], name="event_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(happens_on__isnull=False) | ~Q(certainty="confirmed"),
                name="event_confirmed_has_a_date",
                violation_error_message="A confirmed event has a date.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version or self.credential}: {self.get_kind_display().lower()}"

    def get_absolute_url(self) -> str:
        return self.credential.get_absolute_url()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or self.free_key()
        super().save(*args, **kwargs)

    def free_key(self) -> str:
        """What names it in feeds and calendars for good, whatever becomes of its date."""
        about = self.version.key if self.version else self.credential.slug
        stem = slugify(" ".join([about, self.kind.replace("_", "-"), *self.languages]))
        taken = set(LifecycleEvent.objects.filter(key__startswith=stem).values_list("key", flat=True))
        names = chain([stem], (f"{stem}-{number}" for number in count(2)))
        return next(name for name in names if name not in taken)
