from typing import Self

from django.conf import settings
from django.db import models

from blog.alt_texts import says_what_it_shows

from .paths import path_of


class ListingQuerySet(models.QuerySet["models.Model"]):
    def public(self) -> Self:
        """Categories and authors are shown as soon as they exist; their articles decide for themselves."""
        return self.all()


class Category(models.Model):
    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    description = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0, help_text="Smaller numbers come first.")

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_of("blog:category-detail", self.slug)

    @property
    def is_public(self) -> bool:
        return True

    def search_text(self) -> dict[str, str]:
        return {"title": self.name, "keywords": "", "summary": self.description, "body": ""}


class Author(models.Model):
    """A byline. Not an account: a desk can be an author, and an account can leave without its stories."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    is_organisation = models.BooleanField(
        "a desk, not one person", default=False, help_text="Search engines are told which it is."
    )
    short_bio = models.CharField(max_length=200, blank=True)
    bio = models.TextField(blank=True)
    photo = models.ForeignKey("blog.Picture", models.PROTECT, null=True, blank=True, related_name="photo_of")
    photo_alt = models.CharField(
        "photo description",
        max_length=200,
        blank=True,
        validators=[says_what_it_shows],
        help_text="Empty: as the picture library has it.",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="byline"
    )

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_of("blog:author-detail", self.slug)

    @property
    def is_public(self) -> bool:
        return True

    def search_text(self) -> dict[str, str]:
        return {"title": self.name, "keywords": "", "summary": self.short_bio, "body": self.bio}


class AuthorLink(models.Model):
    author = models.ForeignKey(Author, models.CASCADE, related_name="links")
    label = models.CharField(max_length=60)
    url = models.URLField(max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.label
