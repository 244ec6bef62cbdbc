"""Roles and their skills as a table for spreadsheets: what is published, one need a line."""

import csv
from collections.abc import Iterable
from io import StringIO

from careers.models import OF_A_PUBLIC_ROLE, RoleSkill, Status
from careers.transfer.values import plain

HEADER = ("role", "role_slug", "skill", "skill_slug", "relation", "importance", "level", "basis")
# A cell that begins so is worked out by spreadsheets, whoever wrote it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def table() -> str:
    """RFC 4180, in the order of roles and skills by name."""
    needs = RoleSkill.objects.filter(OF_A_PUBLIC_ROLE, skill__status=Status.PUBLISHED, is_suppressed=False)
    rows = sorted(needs.select_related("role", "skill"), key=lambda row: (row.role.name, row.skill.name))
    return written([HEADER, *(cells(row) for row in rows)])


def cells(row: RoleSkill) -> Iterable[object]:
    numbers = (plain(row.importance), plain(row.level))
    return (row.role.name, row.role.slug, row.skill.name, row.skill.slug, row.relation, *numbers, row.basis)


def written(rows: Iterable[Iterable[object]]) -> str:
    text = StringIO()
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
