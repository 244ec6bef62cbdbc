from collections.abc import Collection
from functools import partial, reduce
from operator import or_
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import OuterRef, Q, Value
from django.db.models.functions import Coalesce

from blog.alt_texts import says_what_it_shows
from blog.picture_files import Sources, address, nearest, picture_sources, remove_files


class PictureQuerySet(models.QuerySet["Picture"]):
    def named(self, names: Collection[str]) -> "dict[str, Picture]":
        """By the tokens they have or once had."""
        if not names:
            return {}
        found = {picture.token: picture for picture in self.filter(token__in=names).order_by("pk")}
        if missing := set(names) - found.keys():
            found |= FormerPictureName.objects.pictures(missing)
        return found

    def counting_uses(self) -> Self:
        """With ``use_count``: texts, covers and photographs."""
        counts = (
            models.Subquery(rows.order_by().values(column).annotate(count=models.Count("pk")).values("count"))
            for rows, column in self._places()
        )
        return self.annotate(use_count=sum((Coalesce(count, 0) for count in counts), Value(0)))

    def unused(self) -> Self:
        return self.exclude(self._is_used())

    def used(self) -> Self:
        return self.filter(self._is_used())

    def _is_used(self) -> Q:
        return reduce(or_, (Q(models.Exists(rows)) for rows, _ in self._places()))

    def _places(self) -> list[tuple[models.QuerySet[Any], str]]:
        ways = (("uses", "picture"), ("cover_of", "cover"), ("photo_of", "photo"))
        related: list[tuple[Any, str]] = [
            (self.model._meta.get_field(way).related_model, column) for way, column in ways
        ]
        return [
            (rows._default_manager.filter(**{column: OuterRef("pk")}), column) for rows, column in related
        ]

    def delete(self) -> tuple[int, dict[str, int]]:
        tokens = list(self.values_list("token", flat=True))
        deleted = super().delete()
        for token in tokens:
            transaction.on_commit(partial(remove_files, token))
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


def percentage(name: str, side: str) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(
        name,
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=f"Where the thing that matters most is, in per cent from {side}.",
    )


class Picture(models.Model):
    """An uploaded image, re-encoded on arrival; ``blog.pictures`` makes its files."""

    title = models.CharField(max_length=200, help_text="For finding it again; readers never see it.")
    token = models.CharField(max_length=32, unique=True, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(
        "description",
        max_length=300,
        blank=True,
        validators=[says_what_it_shows],
        help_text="What the picture shows, for those who cannot see it. Proposed wherever it is used.",
    )
    is_decorative = models.BooleanField(
        "decorative", default=False, help_text="It says nothing that the text beside it does not."
    )
    focus_x = percentage("focus across", "the left")
    focus_y = percentage("focus down", "the top")
    credit = models.CharField(max_length=200, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="uploader",
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=False) | Q(alt=""), name="picture_decorative_says_nothing"
            ),
            models.CheckConstraint(
                condition=Q(focus_x__lte=100, focus_y__lte=100), name="picture_focus_lies_within"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.is_decorative and self.alt:
            text = "A decorative picture says nothing. Empty this, or untick “decorative”."
            raise ValidationError({"alt": text})
        if not self.is_decorative and not self.alt:
            text = "Say what the picture shows, or tick “decorative”."
            raise ValidationError({"alt": text})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        transaction.on_commit(partial(remove_files, self.token))
        return deleted

    @property
    def names(self) -> tuple[str, int, int]:
        """All that a text must know to show it."""
        return self.token, self.width, self.height

    @property
    def sources(self) -> Sources:
        return picture_sources(self.token, self.width)

    @property
    def thumbnail(self) -> str:
        """The address of its smallest file, for lists of pictures."""
        return address(self.token, nearest(480, self.width))

    @property
    def focus_classes(self) -> str:
        """In steps of ten per cent, for the style sheet; none for the middle, where crops begin."""
        x, y = round(self.focus_x / 10), round(self.focus_y / 10)
        return "" if (x, y) == (5, 5) else f"focus-x-{x} focus-y-{y}"


class FormerPictureNameManager(models.Manager["FormerPictureName"]):
    def pictures(self, tokens: set[str]) -> dict[str, Picture]:
        rows = self.filter(token__in=tokens).select_related("picture")
        return {row.token: row.picture for row in rows}


class FormerPictureName(models.Model):
    """The token a picture had before its file was replaced: older texts and other sites still ask by it."""

    token = models.CharField(max_length=32, unique=True)
    picture = models.ForeignKey(Picture, models.CASCADE, related_name="former_names")

    objects = FormerPictureNameManager()

    class Meta:
        verbose_name = "former name of a picture"
        verbose_name_plural = "former names of pictures"

    def __str__(self) -> str:
        return self.token
