from functools import partial
from typing import Any

from django.conf import settings
from django.db import models, transaction

from blog.picture_files import Sources, address, nearest, picture_sources, remove_files


class PictureQuerySet(models.QuerySet["Picture"]):
    def delete(self) -> tuple[int, dict[str, int]]:
        files = list(self.values_list("token", "width"))
        deleted = super().delete()
        for token, width in files:
            transaction.on_commit(partial(remove_files, token, width))
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


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

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        transaction.on_commit(partial(remove_files, self.token, self.width))
        return deleted

    @property
    def sources(self) -> Sources:
        return picture_sources(self.token, self.width)

    @property
    def thumbnail(self) -> str:
        """The address of its smallest file, for lists of pictures."""
        return address(self.token, nearest(480, self.width))
