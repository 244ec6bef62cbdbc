"""How much of what one role asks for another brings already, and what is missing. Plain values only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_DOWN, Decimal

from careers.comparison import RoleProfile, SkillNeed


@dataclass(frozen=True)
class Missing:
    """An essential skill that is not there (``held`` is None), or not at the level asked for."""

    need: SkillNeed
    held: Decimal | None

    @property
    def level_gap(self) -> Decimal:
        return self.need.level - (self.held or 0)

    @property
    def weight(self) -> Decimal:
        """What is worth learning first: what matters most and is furthest away."""
        return self.need.importance * self.level_gap


@dataclass(frozen=True)
class Gap:
    """``share`` is what is covered, from 0 to 1; None where the role aimed at names no essential skill."""

    share: Decimal | None
    missing: tuple[Missing, ...]
    asked: int

    @property
    def percent(self) -> int | None:
        """Whole per cent. Never 100 while something is missing, nor 0 while something is there."""
        if self.share is None or self.share in {0, 1}:
            return None if self.share is None else int(self.share * 100)
        return min(99, max(1, int((self.share * 100).to_integral_value(ROUND_HALF_DOWN))))

    @property
    def covered(self) -> int:
        return self.asked - len(self.missing)


def gap(here: Iterable[SkillNeed], there: Iterable[SkillNeed]) -> Gap:
    """The way from one role to another. One direction only: the way back is another question.

    Each essential skill of the role aimed at counts by its importance, and as far as the level here reaches.
    """
    levels = {need.name: need.level for need in here}
    asked = [need for need in there if need.is_essential]
    whole = sum((need.importance for need in asked), Decimal(0))
    covered = sum((need.importance * reached(need, levels.get(need.name)) for need in asked), Decimal(0))
    missing = [
        Missing(need, levels.get(need.name)) for need in asked if reached(need, levels.get(need.name)) < 1
    ]
    missing.sort(key=lambda row: (-row.weight, row.need.name.casefold()))
    return Gap(covered / whole if whole else None, tuple(missing), len(asked))


def reached(need: SkillNeed, held: Decimal | None) -> Decimal:
    """How far the level held reaches, from 0 to 1. A skill that is there is enough for level 0."""
    if held is None:
        return Decimal(0)
    return min(Decimal(1), Decimal(held) / Decimal(need.level)) if need.level else Decimal(1)


@dataclass(frozen=True)
class Move:
    """One role that another leads to, and the way there."""

    name: str
    url: str
    slug: str
    gap: Gap


def moves(here: RoleProfile, ways: Iterable[RoleProfile]) -> list[Move]:
    """In the order given."""
    return [Move(way.name, way.url, way.slug, gap(here.skills, way.skills)) for way in ways]


def both_ways(roles: Sequence[RoleProfile]) -> list[tuple[RoleProfile, Move]]:
    """From each of the roles to each of the others."""
    return [(here, move) for here in roles for move in moves(here, [way for way in roles if way != here])]
