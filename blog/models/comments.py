"""What colleagues say to each other about an article before readers see it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

LONGEST = 4000


class CommentQuerySet(models.QuerySet["DraftComment"]):
    def threads(self) -> Self:
        """The first of each, the open ones before those resolved, with their answers: two queries."""
        resolved_last = models.F("resolved_at").asc(nulls_first=True)
        answers = models.Prefetch("answers", DraftComment.objects.order_by("made_at", "pk"))
        return self.filter(answer_to=None).order_by(resolved_last, "made_at", "pk").prefetch_related(answers)


class DraftComment(models.Model):
    """One remark, on the version it was made about. An answer belongs to the remark that began the thread."""

    article = models.ForeignKey("blog.Article", models.CASCADE, related_name="comments")
    answer_to = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    version = models.PositiveIntegerField()
    text = models.TextField(max_length=LONGEST)
    quote = models.CharField(max_length=300, blank=True)  # the words it is about
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=150, blank=True)  # outlives the account
    resolved_at = models.DateTimeField(null=True)
    resolved_by_name = models.CharField(max_length=150, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = "comment"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) | Q(answer_to__isnull=True),
                name="comment_threads_are_resolved_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.by_name = self.by_name or (self.made_by.get_username() if self.made_by else "")
        super().save(*args, **kwargs)
