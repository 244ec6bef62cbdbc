"""Facts that may be one fact entered twice: their names differ in nothing that a reader would see."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from careers.models import Credential, Fact, Provider, Role, Skill, Technology


@dataclass(frozen=True)
class Named:
    """One name of a fact: its own, a short one, a title or an alias."""

    fact: Fact
    name: str


@dataclass(frozen=True)
class Twins:
    key: str
    names: tuple[Named, ...]


def fold(name: str) -> str:
    """Without case, accents of width, dashes, dots, spaces and marks; but C++, C# and C stay apart."""
    compatible = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in compatible if char.isalnum() or char in "+#")


def names_of(fact: Fact) -> list[str]:
    """Needs the titles of a role prefetched."""
    names = [fact.name]
    if isinstance(fact, Role):
        names += [title.title for title in fact.titles.all()]
    if isinstance(fact, Skill | Technology | Provider):
        names += fact.aliases
    if isinstance(fact, Credential | Provider):
        names.append(fact.short_name)
    return [name for name in dict.fromkeys(names) if name]


def twins(facts: Iterable[Fact]) -> list[Twins]:
    """Of facts of one kind: each folded name that leads to more than one of them."""
    found: dict[str, dict[int, Named]] = {}
    for fact in facts:
        for name in names_of(fact):
            if key := fold(name):
                found.setdefault(key, {}).setdefault(fact.pk, Named(fact, name))
    return [
        Twins(key, tuple(sorted(named.values(), key=lambda one: one.fact.pk)))
        for key, named in sorted(found.items())
        if len(named) > 1
    ]


def all_twins() -> Mapping[str, list[Twins]]:
    """By the plural of their kind; a number of queries that does not grow with the facts."""
    rows: list[Any] = [
        Credential.objects.all(),
        Role.objects.prefetch_related("titles"),
        Skill.objects.all(),
        Technology.objects.all(),
        Provider.objects.all(),
    ]
    found = {str(facts.model._meta.verbose_name_plural): twins(facts) for facts in rows}
    return {kind: pairs for kind, pairs in found.items() if pairs}


def twin_of(fact: Fact) -> Fact | None:
    """Another fact of its kind that has one of its names."""
    keys = {fold(name) for name in names_of(fact)}
    rows: Any = type(fact)._default_manager.exclude(pk=fact.pk)
    others = rows.prefetch_related("titles") if isinstance(fact, Role) else rows
    return next((other for other in others if keys & {fold(name) for name in names_of(other)}), None)
