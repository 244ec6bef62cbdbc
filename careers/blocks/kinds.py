"""Every kind of live part, in the order in which editors choose."""

from typing import Any

from . import certifications, comparisons, facts, links, pathways, role_cards
from .catalogue import SHELVES
from .references import Kind, Reference

BLOCKS = [comparisons.KIND, certifications.KIND, role_cards.KIND, pathways.KIND]
INLINE = [facts.KIND, links.KIND]
BY_SLUG: dict[str, Kind] = {kind.slug: kind for kind in (*BLOCKS, *INLINE)}
KINDS = [(kind.slug, kind.label) for kind in BLOCKS]


def noun_of(reference: Reference) -> str:
    """What the reference names: empty where it names nothing that there could be."""
    kind = BY_SLUG.get(reference.kind)
    return kind.noun(reference) if kind else ""


def choices() -> dict[str, list[tuple[str, str]]]:
    """For the editor's dialogs, as (value, label): kinds, fields, and the published facts of every noun.

    ``nouns`` says of the kinds that show one fact of a noun which that is.
    """
    return {
        "kinds": list(KINDS),
        "nouns": [(kind.slug, noun) for kind in BLOCKS if (noun := kind.noun(Reference(kind.slug, "")))],
        "fields": [(key, label) for key, (label, _) in facts.FIELDS.items()],
        **{f"{noun}s": published(model) for noun, (model, _) in SHELVES.items()},
    }


def published(model: Any) -> list[tuple[str, str]]:
    return list(model.objects.public().values_list("slug", "name"))
