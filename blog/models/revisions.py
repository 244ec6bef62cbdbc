"""What an article said at each save, and who did what to it."""

from typing import Any

from django.conf import settings
from django.db import models


class Revision(models.Model):
    """All that a person can change of an article, as it was after one save (``blog.snapshots``)."""

    article = models.ForeignKey("blog.Article", models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)
    is_major = models.BooleanField(default=False)
    change_note = models.CharField(max_length=300, blank=True)  # what readers are told, once it is live
    content = models.JSONField()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["article", "version"], name="revision_once")]

    def __str__(self) -> str:
        return f"version {self.version}"


class Act(models.Model):
    """One line of the log: it outlives the article and the account, and nobody edits it."""

    class Verb(models.TextChoices):
        SAVED = "saved", "Saved"
        SAVED_DRAFT = "saved draft", "Saved a draft of the live article"
        PUBLISHED = "published", "Published"
        SCHEDULED = "scheduled", "Scheduled"
        UNSCHEDULED = "unscheduled", "Took back what was scheduled"
        WENT_LIVE = "went live", "Scheduled changes went live"
        UNPUBLISHED = "unpublished", "Unpublished"
        ARCHIVED = "archived", "Archived"
        BINNED = "binned", "Moved to the bin"
        RESTORED = "restored", "Restored"
        TAKEN_BACK = "taken back", "Took back a change of many articles"
        DISCARDED = "discarded", "Discarded the draft"
        SUBMITTED = "submitted", "Submitted for review"
        ASSIGNED = "assigned", "Assigned"
        WITHDRAWN = "withdrawn", "Took back from review"
        RETURNED = "returned", "Returned to the writer"
        APPROVED = "approved", "Approved"
        COMMENTED = "commented", "Commented"
        RESOLVED = "resolved", "Resolved a comment"
        REOPENED = "reopened", "Opened a comment again"
        OVERRODE = "overrode", "Published over the desk check"
        DELETED = "deleted", "Deleted for good"

    article = models.ForeignKey("blog.Article", models.SET_NULL, null=True, blank=True, related_name="acts")
    title = models.CharField(max_length=200)
    verb = models.CharField(max_length=12, choices=Verb)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)
    note = models.TextField(blank=True)
    changes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "act"
        verbose_name_plural = "log"
        indexes = [models.Index(fields=["-at", "-id"], name="act_newest")]

    def __str__(self) -> str:
        return f"{self.by_name or 'The site'}: {self.get_verb_display()}: {self.title}"

    @classmethod
    def record(cls, article: Any, verb: str, *, by: Any, **details: Any) -> "Act":
        name = by.get_username() if by is not None else ""
        return cls.objects.create(
            article=article, title=article.title, verb=verb, by=by, by_name=name, **details
        )
