"""Stored roles as the plain values that a comparison works on."""

from collections.abc import Callable, Iterable, Sequence

from careers.comparison import Facet, Item, RoleProfile, SkillNeed
from careers.models import Dimension, Role, RoleSkill, Technology

Kind = Dimension.ValueKind


def profiles(roles: Iterable[Role], dimensions: Sequence[Dimension]) -> list[RoleProfile]:
    """Needs what ``Role.objects.with_profile()`` brings."""
    return [profile(role, dimensions) for role in roles]


def profile(role: Role, dimensions: Iterable[Dimension]) -> RoleProfile:
    return RoleProfile(
        slug=role.slug,
        name=role.name,
        url=role.get_absolute_url(),
        facets=tuple(Facet(row.key, row.label, tuple(items(role, row))) for row in dimensions),
        skills=tuple(need(needed) for needed in role.role_skills.all() if is_shown(needed)),
    )


def is_shown(needed: RoleSkill) -> bool:
    """A value that its source recommends not to show is kept, and not shown."""
    return needed.skill.is_public and not needed.is_suppressed


def items(role: Role, dimension: Dimension) -> list[Item]:
    """What the role says to the dimension: retyped nowhere, read from where it is kept."""
    read = READERS.get(Kind(dimension.value_kind))
    if read:
        return read(role)
    texts = [value.items for value in role.dimension_values.all() if value.dimension_id == dimension.pk]
    return [Item(text) for text in (texts[0] if texts else [])]


def focus(role: Role) -> list[Item]:
    return [Item(role.main_focus)] if role.main_focus else []


def technologies(role: Role, kind: Technology.Kind) -> list[Item]:
    used = [use.technology for use in role.role_technologies.all()]
    shown = [technology for technology in used if technology.is_public and technology.kind == kind]
    return [Item(technology.name, technology.get_absolute_url()) for technology in shown]


def need(needed: RoleSkill) -> SkillNeed:
    return SkillNeed(
        name=needed.skill.name,
        url=needed.skill.get_absolute_url(),
        importance=needed.importance,
        level=needed.level,
        is_essential=needed.relation == RoleSkill.Relation.ESSENTIAL,
    )


READERS: dict[Kind, Callable[[Role], list[Item]]] = {
    Kind.FOCUS: focus,
    Kind.TECHNOLOGIES: lambda role: technologies(role, Technology.Kind.TECHNOLOGY),
    Kind.TOOLS: lambda role: technologies(role, Technology.Kind.TOOL),
}
