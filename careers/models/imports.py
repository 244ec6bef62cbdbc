from django.conf import settings
from django.db import models

from careers.texts import TextListField


class System(models.TextChoices):
    """Whose files can be read."""

    ONET = "onet", "O*NET database"
    MICROSOFT_LEARN = "microsoft-learn", "Microsoft Learn catalogue"
    ESCO = "esco", "ESCO"
    CTDL = "ctdl", "Credential Registry (CTDL)"


class ImportRun(models.Model):
    """One reading of somebody else's file: from which file, under which licence, with which result."""

    system = models.CharField(max_length=20, choices=System)
    file_name = models.CharField(max_length=300)
    file_hash = models.CharField(max_length=64, help_text="SHA-256 of what was read.")
    release = models.CharField(max_length=80, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    is_dry_run = models.BooleanField(default=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    run_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    counts = models.JSONField(default=dict, help_text="How many rows had which verdict.")

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_system_display()}: {self.file_name}"


class ImportRow(models.Model):
    """What one row of the file would do, or did."""

    class Verdict(models.TextChoices):
        CREATED = "created", "Created"
        UPDATED = "updated", "Updated"
        UNCHANGED = "unchanged", "Unchanged"
        LOCKED = "locked", "Kept: an editor changed it"
        REJECTED = "rejected", "Refused"

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    place = models.CharField(max_length=200, help_text="File and line.")
    external_id = models.CharField(max_length=200, blank=True)
    fact_model = models.CharField(max_length=40, blank=True)
    fact_id = models.PositiveBigIntegerField(null=True, blank=True)
    label = models.CharField(max_length=300, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.CharField(max_length=500, blank=True)
    changes = models.JSONField(default=dict, help_text="For each field, before and after.")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.place}: {self.get_verdict_display()}"


class ExternalRecord(models.Model):
    """Which of our facts is which of somebody else's, and what an import may no longer touch."""

    system = models.CharField(max_length=20, choices=System)
    external_id = models.CharField(max_length=200)
    fact_model = models.CharField(max_length=40)
    fact_id = models.PositiveBigIntegerField()
    values = models.JSONField(default=dict, help_text="What the import wrote last, by field.")
    locked_fields = TextListField(help_text="Fields that imports leave alone.")
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["system", "external_id"]
        indexes = [models.Index(fields=["fact_model", "fact_id"], name="records_of_a_fact")]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "fact_model", "external_id"], name="external_record_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.external_id}"
