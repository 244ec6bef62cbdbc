"""References filled from the catalogue, each by the template of its kind."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.template.loader import render_to_string
from django.utils.text import slugify

from . import catalogue
from .finding import Refused
from .kinds import BY_SLUG, noun_of
from .references import Content, Filled, Kind, Reference, possible_slugs, readable


def fill(references: Sequence[Reference], *, on: date) -> list[Filled]:
    """One answer for each reference, in order, with a number of queries that does not grow with them."""
    loaded = catalogue.load(wanted(references), on=on)
    return [
        fill_one(reference, loaded, number=number, on=on) for number, reference in enumerate(references, 1)
    ]


def wanted(references: Iterable[Reference]) -> dict[str, set[str]]:
    """The slugs asked for, by what they name."""
    found: dict[str, set[str]] = {}
    for reference in references:
        if noun := noun_of(reference):
            found.setdefault(noun, set()).update(possible_slugs(reference))
    return found


def fill_one(reference: Reference, loaded: catalogue.Catalogue, *, number: int, on: date) -> Filled:
    kind = BY_SLUG.get(reference.kind)
    if kind is None:
        return Filled(problem=f"There is no live block of the kind “{readable(reference.kind)}”.")
    try:
        content = kind.content(reference, loaded, on)
    except Refused as refusal:
        return Filled(html=kind.instead, text=kind.instead, problem=str(refusal))
    if kind.is_inline:
        return in_a_sentence(kind, content)
    return as_a_block(kind, content, reference, number=number, on=on)


def in_a_sentence(kind: Kind, content: Content) -> Filled:
    html = render_to_string(f"careers/blocks/{kind.slug}.html", content.context).strip()
    return Filled(html, text=content.text, note=content.note, problem=content.problem)


def as_a_block(kind: Kind, content: Content, reference: Reference, *, number: int, on: date) -> Filled:
    heading = readable(reference.heading, 200) or content.heading
    anchor = f"block-{number}-{slugify(heading)[:60].strip('-') or kind.slug}"
    context = {**content.context, "heading": heading, "anchor": anchor, "on": on}
    html = render_to_string(f"careers/blocks/{kind.slug}.html", context)
    return Filled(html, heading, anchor, f"{heading}\n{content.text}", content.problem)


def instead(reference: Reference) -> str:
    """What readers get where even the catalogue is away: nothing, or what keeps a sentence a sentence."""
    kind = BY_SLUG.get(reference.kind)
    return kind.instead if kind else ""


def is_inline(kind: str) -> bool:
    return kind in BY_SLUG and BY_SLUG[kind].is_inline
