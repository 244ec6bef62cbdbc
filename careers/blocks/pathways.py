"""A way through several steps, drawn and as a list."""

from datetime import date

from careers.pathways import drawn

from .catalogue import Catalogue
from .finding import Refused, find_one
from .references import Content, Kind, Reference


def pathway_of(reference: Reference, catalogue: Catalogue, on: date) -> Content:
    pathway = find_one(catalogue, "pathway", reference)
    way = drawn(pathway, on=on, instead=catalogue.heirs)
    if not way.stages:
        raise Refused(f"No step of the pathway “{pathway.name}” is published.")
    days = [row.credential.checked_on for row in pathway.steps.all() if row.credential and row.is_public]
    context = {
        "way": way,
        "pathway": pathway,
        "checked_on": oldest(days),
    }
    text = "\n".join([pathway.summary, *(f"{step.kind_label}: {step.title}" for step in way.steps)])
    return Content(pathway.name, text, context=context)


def oldest(days: list[date | None]) -> date | None:
    """None where one of the facts was never checked."""
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None


KIND = Kind("pathway", "Pathway", pathway_of, noun=lambda reference: "pathway")
