"""The page of the fact that something is called by, for pages that are not of the catalogue."""

import re
from collections.abc import Iterable
from functools import lru_cache

from django import template

from careers.naming import Called, Rows, called_by, names_kept

register = template.Library()
KINDS = {"credential": "Certification"}


class Hub:
    def __init__(self, fact: Called) -> None:
        self.name, self.address = fact.name, fact.address
        self.kind = KINDS.get(fact.noun, fact.noun.capitalize())


@register.simple_tag
def hub_called(names: Iterable[str]) -> Hub | None:
    """Of the first name that a public role, skill, technology or certification has: #machinelearning too."""
    known = _by_names(names_kept())
    found = next((known[key] for name in names if (key := _key(name)) in known), None)
    return Hub(found) if found else None


@lru_cache(4)
def _by_names(kept: tuple[Rows, ...]) -> dict[str, Called]:
    known: dict[str, Called] = {}
    for fact in called_by(*kept):
        if fact.is_public:
            for name in (fact.name, *fact.others, *fact.codes):
                known.setdefault(_key(name), fact)
    return known


def _key(name: str) -> str:
    return re.sub(r"[\s_-]", "", name.casefold())
