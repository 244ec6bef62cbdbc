"""Roles and their skills as a table for spreadsheets: what is published, one need a line."""

from careers.models import OF_A_PUBLIC_ROLE, RoleSkill, Status
from careers.transfer.values import plain

HEADER = ("role", "role_slug", "skill", "skill_slug", "relation", "importance", "level", "basis")
Line = tuple[object, ...]


def lines() -> list[Line]:
    """In the order of roles and skills by name."""
    needs = RoleSkill.objects.filter(OF_A_PUBLIC_ROLE, skill__status=Status.PUBLISHED, is_suppressed=False)
    rows = sorted(needs.select_related("role", "skill"), key=lambda row: (row.role.name, row.skill.name))
    return [HEADER, *(line(row) for row in rows)]


def line(row: RoleSkill) -> Line:
    numbers = (plain(row.importance), plain(row.level))
    return (row.role.name, row.role.slug, row.skill.name, row.skill.slug, row.relation, *numbers, row.basis)
