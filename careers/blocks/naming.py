"""Which facts an article names, in live parts or in words, for those who keep account of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from careers.naming import all_called
from careers.recognising import Vocabulary, vocabulary

from . import catalogue
from .filling import wanted
from .kinds import noun_of
from .references import Reference, possible_slugs


@dataclass(frozen=True)
class Named:
    """One fact that one reference names. ``pk`` is empty where the catalogue has no such fact."""

    reference: Reference
    order: int
    noun: str
    slug: str
    pk: int | None


def named(references: Sequence[Reference]) -> list[Named]:
    """In order. Until the end of the transaction nobody deletes what is found here."""
    shelves = {noun: locked(noun, slugs) for noun, slugs in sorted(wanted(references).items()) if slugs}
    return [
        Named(reference, order, noun, slug, shelves[noun].get(slug))
        for order, reference in enumerate(references)
        if (noun := noun_of(reference))
        for slug in possible_slugs(reference)
    ]


def locked(noun: str, slugs: set[str]) -> dict[str, int]:
    rows = catalogue.facts(noun, slugs).select_for_update(no_key=True).order_by("pk")
    return {slug: fact.pk for slug, fact in catalogue.by_slug(rows).items()}


def names_known() -> Vocabulary:
    """What every fact is called, to look for in texts: a fixed number of queries."""
    return vocabulary(all_called())
