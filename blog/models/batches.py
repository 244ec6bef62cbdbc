from django.conf import settings
from django.db import models


class Batch(models.Model):
    """One change of many articles at once, and what is needed to take it back.

    ``rows`` holds for each article: its key, its version before, its version after, and how it was written:
    ``publish`` where readers see the change, ``draft`` where there was a draft, ``over`` where one was made,
    ``state`` where not its text but its state changed. ``states`` then has by key how it stood before, and
    after. ``told`` has by key what readers were told with it: the note in the change log, and the date of the
    last change before that.
    """

    what = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    rows = models.JSONField(default=list)
    states = models.JSONField(default=dict)
    told = models.JSONField(default=dict)
    addresses = models.JSONField(default=dict)  # what they answered; written by whoever keeps addresses
    left = models.JSONField(default=list)  # the keys of those that the undo left as they were
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.what

    @property
    def articles(self) -> int:
        return len(self.rows)

    @property
    def changes_state(self) -> bool:
        return bool(self.states)
