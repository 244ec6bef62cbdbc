"""What can be earned now: for a role, in a skill, of a provider."""

from datetime import date

from careers import directory

from .catalogue import Catalogue
from .finding import Refused, find_one
from .references import Content, Kind, Reference

BY = ("role", "skill", "provider")


def certifications_of(reference: Reference, catalogue: Catalogue, on: date) -> Content:
    heading, groups = certification_groups(reference, catalogue, on=on)
    if not groups:
        raise Refused(
            f"Nothing to list under “{heading}”: the catalogue knows no such certification to take."
        )
    entries = [advice.entry for group in groups for advice in group.advice]
    return Content(
        heading=heading,
        text="\n".join(advice_text(advice) for group in groups for advice in group.advice),
        context={
            "groups": groups,
            "by_level": reference.by != "role",
            "oldest": directory.oldest_check(entries),
        },
    )


def certification_groups(
    reference: Reference, catalogue: Catalogue, *, on: date
) -> tuple[str, tuple[directory.Tier, ...]]:
    if reference.by not in BY:
        raise Refused("A list of certifications is by role, by skill or by provider.")
    fact = find_one(catalogue, reference.by, reference)
    if reference.by == "role":
        return f"{fact.name} certifications", directory.tiers(
            fact.recommendations.all(), catalogue.heirs, on=on
        )
    heading = f"Certifications in {fact.name}" if reference.by == "skill" else f"{fact.name} certifications"
    return heading, directory.levels(fact.credentials.all(), on=on)


def advice_text(advice: directory.Advice) -> str:
    entry = advice.entry
    return " ".join(filter(None, [f"{entry.name}.", entry.codes, advice.reason]))


def noun(reference: Reference) -> str:
    return reference.by if reference.by in BY else ""


KIND = Kind("certifications", "List of certifications", certifications_of, noun)
