"""Which role fits: the ticked statements are in the address, and so is the answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from careers.choosing import (
    MOST_POINTS,
    Answer,
    Change,
    RoleOption,
    Statement,
    Weight,
    changes,
    choose,
    reaches,
)
from careers.comparison import FEWEST, MOST, address
from careers.models import Role
from careers.spreadsheets import csv_response
from careers.statements import public_statements, role_options

SAY, ROLE = "say", "role"


@dataclass(frozen=True)
class Asked:
    """What an address asks for, as far as it makes sense, and what had to be left out."""

    ticked: frozenset[str]
    roles: tuple[RoleOption, ...]
    is_narrowed: bool
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """A change of the answer, with the address at which its statement is ticked."""

    change: Change
    url: str


@require_safe
def choose_role(request: HttpRequest) -> HttpResponse:
    roles, statements = Role.objects.public().prefetch_related("slug_aliases"), public_statements()
    asked = read(request.GET.getlist(SAY), request.GET.getlist(ROLE), list(roles), statements)
    answer = choose(asked.roles, statements, asked.ticked)
    found = changes(asked.roles, statements, answer)
    only = [role.slug for role in asked.roles] if asked.is_narrowed else []
    ticked = [statement.slug for statement in answer.ticked]
    order = [statement.slug for statement in statements]
    compared = asked.roles if asked.is_narrowed and len(asked.roles) <= MOST else answer.shortlist
    context = {
        "asked": asked,
        "answer": answer,
        "groups": grouped(shown(statements, asked, answer)),
        "steps": steps(found.for_contenders, ticked, only, order),
        "further": steps(found.for_others, ticked, only, order),
        "share": request.build_absolute_uri(place(ticked, only)),
        "everything": place(ticked, []),
        "again": place([], only),
        "compared": compared,
        "comparison": address(role.slug for role in compared),
        "most_points": MOST_POINTS,
    }
    return TemplateResponse(request, "careers/choose.html", context)


def read(said: Sequence[str], named: Sequence[str], roles: list[Role], statements: list[Statement]) -> Asked:
    """Of statements and roles that are not there, a draft is one like any other."""
    known = {statement.slug for statement in statements}
    by_slug = {alias.slug: role for role in roles for alias in role.slug_aliases.all()}
    by_slug |= {role.slug: role for role in roles}
    wanted = {by_slug[slug].pk for slug in named if slug in by_slug}
    is_narrowed = len(wanted) >= FEWEST
    return Asked(
        ticked=frozenset(said) & known,
        roles=tuple(role_options(role for role in roles if not is_narrowed or role.pk in wanted)),
        is_narrowed=is_narrowed,
        problems=tuple(
            problems(
                unknown=bool({*said} - {*known, ""}),
                strange=bool({*named} - {*by_slug, ""}),
                alone=len(wanted) == 1,
            )
        ),
    )


def problems(*, unknown: bool, strange: bool, alone: bool) -> Iterable[str]:
    if unknown:
        yield "This address ticks a statement that is not among ours, so that tick was left out."
    if strange:
        yield "This address names a role that is not in the catalogue, so that name was left out."
    if alone:
        yield "One role alone leaves nothing to choose, so all of them are here."


def shown(statements: Sequence[Statement], asked: Asked, answer: Answer) -> list[Statement]:
    """Between a few roles, only what says something about them; what is ticked stays in any case."""
    return [each for each in statements if each in answer.ticked or each.speaks_about(asked.roles)]


def grouped(statements: Sequence[Statement]) -> list[tuple[str, list[Statement]]]:
    """Under one heading each, the headings in the order in which they first come up."""
    headings = list(dict.fromkeys(statement.about for statement in statements))
    ordered = sorted(statements, key=lambda statement: headings.index(statement.about))
    return [(about, list(group)) for about, group in groupby(ordered, key=lambda each: each.about)]


def place(ticked: Sequence[str], only: Sequence[str]) -> str:
    """The one address of an answer, in the order of the catalogue."""
    query = urlencode([*((SAY, slug) for slug in ticked), *((ROLE, slug) for slug in only)])
    return reverse("careers:choose") + (f"?{query}" if query else "")


def steps(
    found: Iterable[Change], ticked: Sequence[str], only: Sequence[str], order: Sequence[str]
) -> list[Step]:
    """One more tick each, at the place that it has in the catalogue."""
    return [
        Step(change, place([slug for slug in order if slug in {*ticked, change.statement.slug}], only))
        for change in found
    ]


@require_safe
def choose_how(request: HttpRequest) -> HttpResponse:
    roles, statements = role_options(Role.objects.public()), public_statements()
    context = {
        "roles": roles,
        "rows": [(statement, [statement.of(role) for role in roles]) for statement in statements],
        "reasons": [(statement, reasons(statement, roles)) for statement in statements],
        "reaches": reaches(roles, statements),
        "most_points": MOST_POINTS,
    }
    return TemplateResponse(request, "careers/choose_how.html", context)


def reasons(statement: Statement, roles: Sequence[RoleOption]) -> list[tuple[RoleOption, Weight]]:
    found = [(role, statement.of(role)) for role in roles if statement.of(role).reason]
    return sorted(found, key=lambda row: -row[1].points)


@require_safe
def choose_csv(request: HttpRequest) -> HttpResponse:
    """The same matrix: a line for each statement, a column for each role."""
    roles, statements = role_options(Role.objects.public()), public_statements()
    head = ["Statement", "About", *(role.name for role in roles)]
    lines = [[each.text, each.about, *(in_a_cell(each.of(role)) for role in roles)] for each in statements]
    return csv_response("which-role-fits", [head, *lines])


def in_a_cell(weight: Weight) -> object:
    return "rules it out" if weight.is_excluding else weight.points
