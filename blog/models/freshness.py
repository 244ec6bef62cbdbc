"""When an article was last found correct, and what readers are told of its major changes."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from .articles import Article


class ArticleReview(models.Model):
    """The last time somebody found a live article still correct. An article nobody has reviewed has none."""

    article = models.OneToOneField(Article, models.CASCADE, related_name="review")
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Chosen for this article by a person; empty means what articles of its kind get.
    review_by = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.article_id}, {self.reviewed_at}"


class ChangeNote(models.Model):
    """What readers are told of one major change to an article they could see before."""

    MAX_LENGTH = 300

    article = models.ForeignKey(Article, models.CASCADE, related_name="change_notes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=MAX_LENGTH)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="change_note_says_something")]
        indexes = [models.Index(fields=["article", "-at"], name="change_note_newest")]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def tell(cls, article: Article, text: str, *, by: Any, now: datetime) -> "ChangeNote | None":
        """What a major change was. Readers are told nothing of an article they have never seen."""
        if not article.was_public_by(now):
            return None
        said = " ".join(text.split())
        if not said:
            raise ValidationError({"change_note": "Say in a sentence what has changed: readers see it."})
        return cls.objects.create(article=article, at=now, by=by, text=said)
