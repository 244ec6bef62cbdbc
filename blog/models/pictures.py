from django.conf import settings
from django.db import models


class Picture(models.Model):
    """An uploaded image, re-encoded on arrival; ``blog.pictures`` makes its files."""

    title = models.CharField(max_length=200, help_text="For finding it again; readers never see it.")
    token = models.CharField(max_length=32, unique=True, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(
        max_length=300, blank=True, help_text="What the picture shows. Proposed wherever it is used."
    )
    credit = models.CharField(max_length=200, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.title
