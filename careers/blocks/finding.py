"""The fact a reference means, or a refusal that says to the editor what is wrong with it."""

from typing import Any

from .catalogue import WORDS, Catalogue
from .references import Reference, readable, slugs


class Refused(Exception):
    """The block cannot be shown; the message is for the editor."""


def find(catalogue: Catalogue, noun: str, slug: str) -> Any:
    word = WORDS.get(noun, noun)
    fact = catalogue[noun].get(slug)
    if fact is None:
        raise Refused(f"There is no {word} “{readable(slug)}” in the catalogue.")
    if not fact.is_public:
        raise Refused(f"The {word} “{fact.name}” is not published.")
    return fact


def find_one(catalogue: Catalogue, noun: str, reference: Reference) -> Any:
    named = slugs(reference)
    if len(named) != 1:
        raise Refused(f"This block needs the name of one {WORDS.get(noun, noun)}.")
    return find(catalogue, noun, named[0])
