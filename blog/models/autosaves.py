"""What is being written and is not saved yet, and who is writing it."""

from django.conf import settings
from django.db import models


class Autosave(models.Model):
    """One form as one person left it, fit to be shown again: raw, and so with what is not valid yet.

    Readers, other editors, the article and its history know nothing of it. ``article`` is empty for a form
    never saved, and for one whose article is gone: the text stays.
    """

    article = models.ForeignKey(
        "blog.Article", models.SET_NULL, null=True, blank=True, related_name="autosaves"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    form_token = models.UUIDField()
    base_version = models.PositiveIntegerField(default=0)  # the save it went on from
    title = models.CharField(max_length=200, blank=True)
    data = models.JSONField()  # by field, all that was sent for it
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["by", "form_token"], name="autosave_once")]
        indexes = [models.Index(fields=["by", "article", "-saved_at"], name="autosave_newest")]

    def __str__(self) -> str:
        return self.title or "Untitled"


class EditingSession(models.Model):
    """One open form. It stops nobody; it only lets others know."""

    article = models.ForeignKey("blog.Article", models.CASCADE, related_name="editing_sessions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    form_token = models.UUIDField()
    last_seen_at = models.DateTimeField(db_index=True)
    is_writing = models.BooleanField(default=False)  # has changed something and not saved it

    class Meta:
        ordering = ["-last_seen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "by", "form_token"], name="editing_session_once")
        ]

    def __str__(self) -> str:
        return f"{self.by_id} at {self.article_id}"
