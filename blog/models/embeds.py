from collections.abc import Iterable
from typing import Any, Protocol

from django.db import models
from django.db.models import Q

# What an article can name, and the column that keeps it.
NOUNS = ("role", "skill", "provider", "credential", "pathway")


class Named(Protocol):
    """A fact as the catalogue tells of it. Without a key, the catalogue has no such fact."""

    @property
    def reference(self) -> Any: ...
    @property
    def order(self) -> int: ...
    @property
    def noun(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def pk(self) -> int | None: ...


class EmbedManager(models.Manager["ArticleEmbed"]):
    def keep(self, article: int, facts: Iterable[Named]) -> None:
        """What the article of this key shows, in the place of what it showed before."""
        rows = [self.row(article, fact) for fact in facts]
        before = self.filter(article=article).order_by("order", "pk")
        if [row.content for row in before] != [row.content for row in rows]:
            before.delete()
            self.bulk_create(rows)

    def row(self, article: int, fact: Named) -> "ArticleEmbed":
        return ArticleEmbed(
            article_id=article,
            order=fact.order,
            kind=fact.reference.kind,
            params={
                name: value for name in ("by", "field", "heading") if (value := getattr(fact.reference, name))
            },
            noun=fact.noun,
            slug=fact.slug,
            **{f"{fact.noun}_id": fact.pk},
        )

    def settle(self, sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
        """A fact that came by its slug is from now on what articles show that name it so."""
        columns = ((noun, self.model._meta.get_field(noun)) for noun in NOUNS)
        noun = next((noun for noun, column in columns if column.related_model is sender), None)
        if noun is not None:
            named = self.filter(noun=noun, slug=getattr(instance, "slug", ""))
            named.exclude(**{noun: instance.pk}).update(**{noun: instance.pk})


def only(noun: str) -> Q:
    return Q(noun=noun, **{f"{other}__isnull": True for other in NOUNS if other != noun})


class ArticleEmbed(models.Model):
    """One fact that an article shows, read from its body whenever that is saved.

    ``slug`` is as the article has it: the fact may have another by now, or there may be no such fact.
    A fact that is shown cannot be deleted.
    """

    article = models.ForeignKey("blog.Article", models.CASCADE, related_name="embeds")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    noun = models.CharField(max_length=10, choices=[(noun, noun) for noun in NOUNS])
    slug = models.CharField(max_length=120)
    role = models.ForeignKey("careers.Role", models.PROTECT, null=True, related_name="embeds")
    skill = models.ForeignKey("careers.Skill", models.PROTECT, null=True, related_name="embeds")
    provider = models.ForeignKey("careers.Provider", models.PROTECT, null=True, related_name="embeds")
    credential = models.ForeignKey("careers.Credential", models.PROTECT, null=True, related_name="embeds")
    pathway = models.ForeignKey("careers.Pathway", models.PROTECT, null=True, related_name="embeds")

    objects = EmbedManager()

    class Meta:
        verbose_name = "place in an article"
        verbose_name_plural = "places in articles"
        ordering = ["article", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "order", "slug"], name="embed_once_in_a_place"),
            models.CheckConstraint(
                condition=only("role")
                | only("skill")
                | only("provider")
                | only("credential")
                | only("pathway"),
                name="embed_shows_what_it_names",
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="embed_names_something"),
        ]
        indexes = [models.Index(fields=["noun", "slug"], name="embed_by_name")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"

    @property
    def content(self) -> tuple[Any, ...]:
        keys = tuple(getattr(self, f"{noun}_id") for noun in NOUNS)
        return (self.order, self.kind, self.params, self.noun, self.slug, *keys)
