"""Two to four roles side by side. Plain values in, plain values out; no database, no HTML."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

FEWEST, MOST = 2, 4
T = TypeVar("T")


@dataclass(frozen=True)
class Item:
    """A text in a cell, with a page of its own or none."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class SkillNeed:
    """How much one role needs one skill."""

    name: str
    url: str
    importance: Decimal
    level: Decimal
    is_essential: bool


@dataclass(frozen=True)
class Facet:
    """What one role says to one dimension."""

    key: str
    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class RoleProfile:
    """All of a role that a comparison looks at."""

    slug: str
    name: str
    url: str
    facets: tuple[Facet, ...] = ()
    skills: tuple[SkillNeed, ...] = ()


@dataclass(frozen=True)
class Row:
    """A dimension, with a cell for each role in the order of the roles."""

    key: str
    label: str
    cells: tuple[tuple[Item, ...], ...]
    differs: bool


@dataclass(frozen=True)
class SkillRow:
    """A skill, with the need of each role for it or None."""

    name: str
    url: str
    needs: tuple[SkillNeed | None, ...]
    differs: bool


@dataclass(frozen=True)
class OwnSkills:
    """What one role needs and none of the others does."""

    role: RoleProfile
    skills: tuple[SkillNeed, ...]


@dataclass(frozen=True)
class Comparison:
    roles: tuple[RoleProfile, ...]
    rows: tuple[Row, ...]
    shared: tuple[SkillRow, ...]
    partly: tuple[SkillRow, ...]
    own: tuple[OwnSkills, ...]


def compare(roles: Sequence[RoleProfile]) -> Comparison:
    """Set 2–4 different roles side by side; the order given is the order of the columns."""
    if not FEWEST <= len(roles) <= MOST or len({role.slug for role in roles}) < len(roles):
        raise ValueError(f"A comparison takes {FEWEST} to {MOST} different roles.")
    skills = skill_rows(roles)
    return Comparison(
        roles=tuple(roles),
        rows=tuple(dimension_rows(roles)),
        shared=tuple(row for row in skills if None not in row.needs),
        partly=tuple(row for row in skills if 1 < holders(row) < len(roles)),
        own=tuple(own_skills(role, index, skills) for index, role in enumerate(roles)),
    )


def holders(row: SkillRow) -> int:
    return sum(need is not None for need in row.needs)


def dimension_rows(roles: Sequence[RoleProfile]) -> list[Row]:
    """One row for each dimension any role speaks to, in the order the roles bring them."""
    labels = {facet.key: facet.label for role in roles for facet in role.facets}
    columns = [{facet.key: facet.items for facet in role.facets} for role in roles]
    rows = []
    for key, label in labels.items():
        cells = tuple(column.get(key, ()) for column in columns)
        if any(cells):
            rows.append(Row(key, label, cells, differ(cells, key=words)))
    return rows


def words(items: tuple[Item, ...]) -> frozenset[str]:
    return frozenset(item.text.casefold() for item in items)


def differ(values: Iterable[T], *, key: Callable[[T], Hashable]) -> bool:
    return len({key(value) for value in values}) > 1


def skill_rows(roles: Sequence[RoleProfile]) -> list[SkillRow]:
    """Every skill any of the roles needs, what matters most to the most of them first."""
    columns = [{need.name: need for need in role.skills} for role in roles]
    names = dict.fromkeys(need.name for role in roles for need in role.skills)
    rows = [skill_row(name, [column.get(name) for column in columns]) for name in names]
    return sorted(rows, key=lambda row: (-weight(row), row.name))


def skill_row(name: str, needs: Sequence[SkillNeed | None]) -> SkillRow:
    url = next(need.url for need in needs if need)
    return SkillRow(name, url, tuple(needs), differ(needs, key=strength))


def strength(need: SkillNeed | None) -> tuple[Decimal, Decimal, bool] | None:
    return (need.importance, need.level, need.is_essential) if need else None


def weight(row: SkillRow) -> Decimal:
    return sum((need.importance for need in row.needs if need), Decimal(0))


def own_skills(role: RoleProfile, index: int, skills: Sequence[SkillRow]) -> OwnSkills:
    alone = [row.needs[index] for row in skills if holders(row) == 1]
    return OwnSkills(role, tuple(need for need in alone if need))


def address(slugs: Iterable[str]) -> str:
    """The one address of a comparison, whatever order its roles are named in."""
    return "-vs-".join(sorted(slugs))


def differences(whole: Comparison) -> Comparison:
    """Without the rows that say the same of all. What skills they share is an answer of its own and stays."""
    return replace(whole, rows=tuple(row for row in whole.rows if row.differs))


def count_of_same(whole: Comparison) -> int:
    return sum(not row.differs for row in whole.rows)


def table(whole: Comparison) -> list[list[str]]:
    """All of it as the lines of a spreadsheet: a column for each role; an empty cell is not listed."""
    own = [
        [need.name, *(need_text(need) if role == alone.role else "" for role in whole.roles)]
        for alone in whole.own
        for need in alone.skills
    ]
    return [
        ["", *(role.name for role in whole.roles)],
        *([row.label, *("; ".join(item.text for item in cell) for cell in row.cells)] for row in whole.rows),
        *([row.name, *map(need_text, row.needs)] for row in (*whole.shared, *whole.partly)),
        *own,
    ]


def need_text(need: SkillNeed | None) -> str:
    if need is None:
        return ""
    kind = "essential" if need.is_essential else "optional"
    return f"{kind}, importance {float(need.importance):g} of 5, level {float(need.level):g} of 7"
