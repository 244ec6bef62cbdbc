"""What a story may embed of the catalogue: the app's public surface.

``fill`` answers for any reference, however wrong: a reader sees the facts or nothing, an editor a sentence.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils.text import Truncator, get_text_list, slugify

from careers import comparison, directory
from careers.models import Credential, Dimension, Fact, Provider, Role, RoleSkill, Skill
from careers.profiles import profiles
from careers.succession import Heirs, heirs

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,120}")
KINDS = [
    ("comparison", "Comparison of 2–4 roles"),
    ("certifications", "List of certifications"),
    ("role-card", "Role card"),
]
AnyFact = TypeVar("AnyFact", bound=Fact)


@dataclass(frozen=True)
class Reference:
    """What an article asks for, as its writer left it."""

    kind: str
    ref: str
    by: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Filled:
    """What it gets. ``html`` is empty when a reader should see nothing; ``problem`` tells the editor why."""

    html: str = ""
    heading: str = ""
    anchor: str = ""
    text: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Content:
    """A block before it has a place in an article: what its template needs, and the same in plain words."""

    heading: str = ""
    text: str = ""
    problem: str = ""
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Catalogue:
    """The facts that the blocks of one article ask for, loaded once."""

    roles: dict[str, Role]
    skills: dict[str, Skill]
    providers: dict[str, Provider]
    dimensions: list[Dimension]
    heirs: Heirs


class Refused(Exception):
    """The block cannot be shown; the message is for the editor."""


def fill(references: Sequence[Reference], *, on: date) -> list[Filled]:
    """One answer for each reference, in order, with a number of queries that does not grow with them."""
    catalogue = load(references, on=on)
    return [
        fill_one(reference, catalogue, number=number, on=on) for number, reference in enumerate(references, 1)
    ]


def fill_one(reference: Reference, catalogue: Catalogue, *, number: int, on: date) -> Filled:
    try:
        content = contents_of(reference, catalogue, on=on)
    except Refused as refusal:
        return Filled(problem=str(refusal))
    heading = readable(reference.heading, 200) or content.heading
    anchor = f"block-{number}-{slugify(heading)[:60].strip('-') or reference.kind}"
    context = {**content.context, "heading": heading, "anchor": anchor, "on": on}
    html = render_to_string(f"careers/blocks/{reference.kind}.html", context)
    return Filled(html, heading, anchor, f"{heading}\n{content.text}", content.problem)


def contents_of(reference: Reference, catalogue: Catalogue, *, on: date) -> Content:
    if reference.kind == "comparison":
        return comparison_of(reference, catalogue)
    if reference.kind == "certifications":
        return certifications_of(reference, catalogue, on=on)
    if reference.kind == "role-card":
        return role_card_of(reference, catalogue)
    raise Refused(f"There is no live block of the kind “{readable(reference.kind)}”.")


# --- What is asked for ------------------------------------------------------


def readable(text: object, length: int = 60) -> str:
    """One line without control characters, fit for a heading or a message."""
    words = "".join(char if char.isprintable() else " " for char in str(text or "")[:2000]).split()
    return Truncator(" ".join(words)).chars(length)


def slugs(reference: Reference) -> list[str]:
    """The slugs named, each once; what cannot be a slug stays out of the queries."""
    parts = str(reference.ref or "")[:2000].split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def load(references: Iterable[Reference], *, on: date) -> Catalogue:
    wanted: dict[str, set[str]] = {"role": set(), "skill": set(), "provider": set()}
    for reference in references:
        by = reference.by if reference.kind == "certifications" else "role"
        wanted.get(by, set()).update(slug for slug in slugs(reference) if SLUG.fullmatch(slug))
    with_credentials = Prefetch("credentials", Credential.objects.public().with_exams())
    roles = by_slug(Role.objects.filter(slug__in=wanted["role"]).with_profile())
    advised = [row.credential for role in roles.values() for row in role.recommendations.all()]
    return Catalogue(
        roles=roles,
        skills=by_slug(Skill.objects.filter(slug__in=wanted["skill"]).prefetch_related(with_credentials)),
        providers=by_slug(
            Provider.objects.filter(slug__in=wanted["provider"]).prefetch_related(with_credentials)
        ),
        dimensions=list(Dimension.objects.all()) if wanted["role"] else [],
        heirs=heirs(advised, on=on),
    )


def by_slug(facts: Iterable[AnyFact]) -> dict[str, AnyFact]:
    return {fact.slug: fact for fact in facts}


def find(facts: dict[str, AnyFact], slug: str, noun: str) -> AnyFact:
    """The published fact of that slug, or a refusal that says what is wrong with it."""
    fact = facts.get(slug)
    if fact is None:
        raise Refused(f"There is no {noun} “{readable(slug)}” in the catalogue.")
    if not fact.is_public:
        raise Refused(f"The {noun} “{fact.name}” is not published.")
    return fact


def find_one(facts: dict[str, AnyFact], reference: Reference, noun: str) -> AnyFact:
    named = slugs(reference)
    if len(named) != 1:
        raise Refused(f"This block needs the name of one {noun}.")
    return find(facts, named[0], noun)


# --- Comparison -------------------------------------------------------------


def comparison_of(reference: Reference, catalogue: Catalogue) -> Content:
    """Roles that cannot be shown are left out, as long as two remain to be compared."""
    roles, problems = comparable(slugs(reference), catalogue)
    compared = comparison.compare(profiles(roles, catalogue.dimensions))
    if not compared.rows:
        raise Refused("The catalogue says nothing yet that could be compared between these roles.")
    names = [role.name for role in compared.roles]
    return Content(
        heading=f"{get_text_list(names, 'and')} compared",
        text=comparison_text(compared),
        problem=" ".join(problems),
        context={
            "comparison": compared,
            "names": get_text_list(names, "and"),
            "address": comparison.address(role.slug for role in compared.roles),
        },
    )


def comparable(named: list[str], catalogue: Catalogue) -> tuple[list[Role], list[str]]:
    if len(named) > comparison.MOST:
        raise Refused(f"A comparison takes at most {comparison.MOST} roles.")
    roles, problems = [], []
    for slug in named:
        try:
            roles.append(find(catalogue.roles, slug, "role"))
        except Refused as refusal:
            problems.append(str(refusal))
    if len(roles) < comparison.FEWEST:
        raise Refused(" ".join([*problems, "A comparison needs two roles at least."]))
    return roles, problems


def comparison_text(compared: comparison.Comparison) -> str:
    lines = []
    for row in compared.rows:
        cells = zip(compared.roles, row.cells, strict=True)
        said = [f"{role.name}: {', '.join(item.text for item in cell)}" for role, cell in cells if cell]
        lines.append(f"{row.label}. {'; '.join(said)}.")
    return "\n".join(lines)


# --- Certifications ---------------------------------------------------------


def certifications_of(reference: Reference, catalogue: Catalogue, *, on: date) -> Content:
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
    if reference.by == "role":
        role = find_one(catalogue.roles, reference, "role")
        return f"{role.name} certifications", directory.tiers(
            role.recommendations.all(), catalogue.heirs, on=on
        )
    if reference.by == "skill":
        skill = find_one(catalogue.skills, reference, "skill")
        return f"Certifications in {skill.name}", directory.levels(skill.credentials.all(), on=on)
    if reference.by == "provider":
        provider = find_one(catalogue.providers, reference, "provider")
        return f"{provider.name} certifications", directory.levels(provider.credentials.all(), on=on)
    raise Refused("A list of certifications is by role, by skill or by provider.")


def advice_text(advice: directory.Advice) -> str:
    entry = advice.entry
    return " ".join(filter(None, [f"{entry.name}.", entry.codes, advice.reason]))


# --- Role card --------------------------------------------------------------


def role_card_of(reference: Reference, catalogue: Catalogue) -> Content:
    role = find_one(catalogue.roles, reference, "role")
    skills = [
        needed.skill
        for needed in role.role_skills.all()
        if needed.relation == RoleSkill.Relation.ESSENTIAL and needed.skill.is_public
    ][:5]
    text = "\n".join([role.main_focus, role.summary, ", ".join(skill.name for skill in skills)])
    return Content(role.name, text, context={"role": role, "skills": skills})


# --- For the editor's dialog ------------------------------------------------


def choices() -> dict[str, list[tuple[str, str]]]:
    """What can be chosen, as (value, label): block kinds, and the published facts they may point at."""
    return {
        "kinds": list(KINDS),
        "roles": list(Role.objects.public().values_list("slug", "name")),
        "skills": list(Skill.objects.public().values_list("slug", "name")),
        "providers": list(Provider.objects.public().values_list("slug", "name")),
    }
