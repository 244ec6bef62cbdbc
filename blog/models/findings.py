from django.db import models

from .articles import Article


class ArticleCheck(models.Model):
    """That an article was held against the rules of the desk check as they were at that time."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="desk_check")
    rules = models.CharField(max_length=16, help_text="The version of the rules.")
    checked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["rules"], name="article_check_by_rules")]

    def __str__(self) -> str:
        return f"{self.article_id} by {self.rules}"


class ArticleFinding(models.Model):
    """What the last check of an article found."""

    class Severity(models.TextChoices):
        BLOCK = "block", "Keeps it from readers"
        WARN = "warn", "Warning"
        INFO = "info", "Note"

    article = models.ForeignKey(Article, models.CASCADE, related_name="findings")
    key = models.CharField(max_length=60)
    rule = models.CharField(max_length=40)
    severity = models.CharField(max_length=5, choices=Severity)
    field = models.CharField(max_length=20)
    excerpt = models.CharField(max_length=100, blank=True)
    message = models.TextField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="article_finding_once"),
            models.CheckConstraint(
                condition=models.Q(severity__in=["block", "warn", "info"]), name="article_finding_severity"
            ),
        ]
        indexes = [models.Index(fields=["severity", "article"], name="article_finding_by_severity")]

    def __str__(self) -> str:
        return self.message
