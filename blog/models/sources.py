from typing import Any

from django.db import models


class ArticleSource(models.Model):
    """The text an article was imported from, so that the same text never becomes two articles."""

    article = models.OneToOneField("blog.Article", models.CASCADE, related_name="source")
    digest = models.CharField(max_length=64, unique=True)  # of the text as it was handed in
    title = models.CharField(max_length=200, db_index=True)  # in lower case
    file_name = models.CharField(max_length=200, blank=True, db_index=True)
    body_digest = models.CharField(max_length=64)  # of the body it became: another one was written since
    imported_at = models.DateTimeField()

    objects: Any = models.Manager()

    def __str__(self) -> str:
        return f"{self.article_id}: {self.file_name or 'pasted'}"
