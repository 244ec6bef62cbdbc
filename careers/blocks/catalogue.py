"""The facts that the live parts of one article ask for, loaded once. A fact answers to its old slugs too."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from careers.bringing import selected
from careers.models import Credential, Dimension, Fact, Pathway, Provider, Role, Skill
from careers.pathways import credentials_of
from careers.succession import Heirs, heirs

Shelf = dict[str, Any]  # slug: fact


@dataclass(frozen=True)
class Catalogue:
    """By noun, and on each shelf by slug, what was asked for and exists; and what follows what is retired."""

    shelves: Mapping[str, Shelf] = field(default_factory=dict)
    dimensions: list[Dimension] = field(default_factory=list)
    heirs: Heirs = field(default_factory=dict)

    def __getitem__(self, noun: str) -> Shelf:
        return self.shelves.get(noun, {})


CREDENTIALS = selected("credentials", Credential.objects.public().with_exams())


# What an article can name, and with what each comes.
SHELVES: dict[str, tuple[type[Fact], Callable[[Any], QuerySet[Any]]]] = {
    "role": (Role, lambda roles: roles.with_profile()),
    "skill": (Skill, lambda skills: skills.prefetch_related(CREDENTIALS)),
    "provider": (Provider, lambda providers: providers.prefetch_related(CREDENTIALS)),
    "credential": (
        Credential,
        lambda credentials: credentials.with_exams().prefetch_related(
            "fees__source", "versions__sources", "versions__validity_source"
        ),
    ),
    "pathway": (Pathway, lambda pathways: pathways.with_steps()),
}
# What editors call it, where that is another word.
WORDS = {"credential": "certification"}


def load(wanted: Mapping[str, set[str]], *, on: date) -> Catalogue:
    """As many queries for a hundred slugs of a noun as for one."""
    shelves = {
        noun: by_slug(with_all(facts(noun, wanted[noun])))
        for noun, (_, with_all) in SHELVES.items()
        if wanted.get(noun)
    }
    dimensions = list(Dimension.objects.all()) if "role" in shelves else []
    return Catalogue(shelves, dimensions, heirs(offered(shelves), on=on))


def offered(shelves: Mapping[str, Shelf]) -> list[Credential]:
    """Those in whose place a reader gets their successors once they are retired."""
    roles = shelves.get("role", {}).values()
    advised = [row.credential for role in roles for row in role.recommendations.all()]
    steps = [row for way in shelves.get("pathway", {}).values() for row in credentials_of(way)]
    return [*advised, *steps, *shelves.get("credential", {}).values()]


def facts(noun: str, slugs: Iterable[str]) -> Any:
    """Those that have the slugs or had them, with all of their slugs."""
    rows: Any = SHELVES[noun][0]._default_manager
    return rows.filter(pk__in=rows.named(slugs).values("pk")).prefetch_related("slug_aliases")


def by_slug(found: Iterable[Any]) -> Shelf:
    """A slug in use comes before the same slug given up."""
    rows = list(found)
    before = {alias.slug: fact for fact in rows for alias in fact.slug_aliases.all()}
    return before | {fact.slug: fact for fact in rows}
