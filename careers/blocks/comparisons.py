"""Two to four roles side by side."""

from collections.abc import Iterable
from datetime import date

from django.utils.text import get_text_list

from careers import comparison
from careers.models import Role
from careers.profiles import profiles

from .catalogue import Catalogue
from .finding import Refused, find
from .references import Content, Kind, Reference, slugs


def comparison_of(reference: Reference, catalogue: Catalogue, on: date) -> Content:
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
            "checked_on": oldest(roles),
        },
    )


def comparable(named: list[str], catalogue: Catalogue) -> tuple[list[Role], list[str]]:
    """Each role once, even where it is named by its slug of today and by one it had before."""
    if len(named) > comparison.MOST:
        raise Refused(f"A comparison takes at most {comparison.MOST} roles.")
    roles: dict[int, Role] = {}
    problems = []
    for slug in named:
        try:
            role = find(catalogue, "role", slug)
        except Refused as refusal:
            problems.append(str(refusal))
        else:
            roles.setdefault(role.pk, role)
    if len(roles) < comparison.FEWEST:
        raise Refused(" ".join([*problems, "A comparison needs two roles at least."]))
    return list(roles.values()), problems


def comparison_text(compared: comparison.Comparison) -> str:
    lines = []
    for row in compared.rows:
        cells = zip(compared.roles, row.cells, strict=True)
        said = [f"{role.name}: {', '.join(item.text for item in cell)}" for role, cell in cells if cell]
        lines.append(f"{row.label}. {'; '.join(said)}.")
    return "\n".join(lines)


def oldest(roles: Iterable[Role]) -> date | None:
    """The day since which all of them have been read at their sources; nothing where one never was."""
    days = [role.checked_on for role in roles]
    return None if None in days else min(day for day in days if day is not None)


KIND = Kind("comparison", "Comparison of 2–4 roles", comparison_of, noun=lambda reference: "role")
