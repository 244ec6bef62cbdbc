"""What every fact with a page of its own shares."""

from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.db.models import ProtectedError, Q
from django.db.models.functions import Lower

from careers.bringing import BringingQuerySet

from .aliases import SlugAlias


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"


AnyFact = TypeVar("AnyFact", bound="Fact")


class FactQuerySet(BringingQuerySet[AnyFact]):
    def public(self) -> Self:
        """The rows a reader may see. Everything public starts here."""
        return self.filter(status=Status.PUBLISHED)

    def delete(self) -> tuple[int, dict[str, int]]:
        refuse_to_delete(self)
        return super().delete()

    def named(self, slugs: Iterable[str]) -> Self:
        """Those that have one of the slugs, or had it before."""
        asked = set(slugs)
        return self.filter(Q(slug__in=asked) | Q(slug_aliases__slug__in=asked)).distinct()


def named_elsewhere(facts: Iterable["Fact"]) -> list[models.Model]:
    """What other apps hold that is about one of the facts: an article must not lose its subject unasked."""
    found: dict[models.Model, None] = {}
    for model, keys in keys_by_model(facts).items():
        for relation in model._meta.related_objects:
            other: Any = relation.related_model
            if relation.many_to_many and other._meta.app_label != model._meta.app_label:
                rows = other._default_manager.filter(**{f"{relation.field.name}__in": keys})
                found |= dict.fromkeys(rows.distinct())
    return list(found)


def keys_by_model(facts: Iterable["Fact"]) -> dict[type[models.Model], list[int]]:
    keys: dict[type[models.Model], list[int]] = {}
    for fact in facts:
        keys.setdefault(type(fact), []).append(fact.pk)
    return keys


def refuse_to_delete(facts: Iterable["Fact"]) -> None:
    if rows := named_elsewhere(facts):
        raise ProtectedError("Something else on the site is about it.", set(rows))


class Fact(models.Model):
    """A catalogue entry: named, addressed, and shown only once published."""

    Status = Status

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    summary = models.TextField(
        blank=True, help_text="One or two plain sentences for cards, search results and link previews."
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED, db_index=True)
    editor_note = models.TextField(blank=True, help_text="For the desk only; readers never see it.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    slug_aliases = GenericRelation(SlugAlias)

    class Meta:
        abstract = True
        # Lower: the two databases disagree about where capitals go.
        ordering = [Lower("name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        rows = type(self)._default_manager
        before = rows.filter(pk=self.pk).values_list("slug", flat=True).first() if self.pk else None
        with transaction.atomic():
            super().save(*args, **kwargs)
            if before != self.slug:
                self.remember_slug(before)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse_to_delete([self])
        return super().delete(*args, **kwargs)

    def remember_slug(self, before: str | None) -> None:
        """A slug in use leads to nobody else; one given up goes on leading here."""
        aliases = SlugAlias.objects.filter(content_type=self.slug_aliases.content_type)
        aliases.filter(slug=self.slug).delete()
        if before:
            aliases.update_or_create(
                content_type=self.slug_aliases.content_type, slug=before, defaults={"object_id": self.pk}
            )

    def get_absolute_url(self) -> str:
        raise NotImplementedError("Every fact has a page.")

    @property
    def is_public(self) -> bool:
        return self.status == Status.PUBLISHED
