from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django.db import models
from django.db.models import Q

NOUNS = ("role", "skill", "technology", "credential")


class FactNamed(Protocol):
    @property
    def noun(self) -> str: ...
    @property
    def pk(self) -> int: ...


class Found(Protocol):
    """A fact that the words of a body name."""

    @property
    def fact(self) -> FactNamed: ...
    @property
    def count(self) -> int: ...
    @property
    def first_heading(self) -> str: ...


class MentionManager(models.Manager["Mention"]):
    def keep(self, found: Mapping[int, Iterable[Found]]) -> int:
        """What these articles name, by their keys, in the place of what they named before; how many changed.

        As many queries for all of them as for one.
        """
        now = {article: [self.row(article, one) for one in named] for article, named in found.items()}
        before: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
        for row in self.filter(article__in=now):
            before[row.article_id].add(row.content)
        changed = [
            article for article, rows in now.items() if {row.content for row in rows} != before[article]
        ]
        if changed:
            self.filter(article__in=changed).delete()
            self.bulk_create([row for article in changed for row in now[article]])
        return len(changed)

    def row(self, article: int, found: Found) -> "Mention":
        return Mention(
            article_id=article,
            count=found.count,
            first_heading=found.first_heading,
            **{f"{found.fact.noun}_id": found.fact.pk},
        )


def only(noun: str) -> Q:
    return Q(**{f"{other}__isnull": other != noun for other in NOUNS})


def named(model: str) -> "models.ForeignKey[Any, Any]":
    """No constraint of the database: an index of words must not stop anyone from saving an article while
    somebody else deletes a fact. A row without its fact is read by nobody and goes with the next save."""
    return models.ForeignKey(
        f"careers.{model}", models.CASCADE, null=True, db_constraint=False, related_name="mentions"
    )


class Mention(models.Model):
    """That the words of an article name a fact, read from its body whenever that is saved.

    A name given to a fact later is found when the article is saved again, or by ``manage.py find_names``.
    """

    article = models.ForeignKey("blog.Article", models.CASCADE, related_name="mentions")
    role = named("Role")
    skill = named("Skill")
    technology = named("Technology")
    credential = named("Credential")
    count = models.PositiveIntegerField()
    first_heading = models.CharField(max_length=200, blank=True)

    objects = MentionManager()

    class Meta:
        verbose_name = "mention in an article"
        verbose_name_plural = "mentions in articles"
        ordering = ["article", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=only("role") | only("skill") | only("technology") | only("credential"),
                name="mention_of_one_fact",
            ),
            models.CheckConstraint(condition=Q(count__gt=0), name="mention_at_least_once"),
            *(
                models.UniqueConstraint(fields=["article", noun], name=f"mention_of_{noun}_once")
                for noun in NOUNS
            ),
        ]

    def __str__(self) -> str:
        under = f", first under “{self.first_heading}”" if self.first_heading else ""
        return f"{self.count} in article {self.article_id}{under}"

    @property
    def content(self) -> tuple[Any, ...]:
        return (self.count, self.first_heading, *(getattr(self, f"{noun}_id") for noun in NOUNS))
