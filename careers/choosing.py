"""Ticked statements to ranked roles, by plain addition. Plain values only; no database, no HTML."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

MOST_POINTS = 3


@dataclass(frozen=True)
class RoleOption:
    """A role that can be chosen."""

    slug: str
    name: str
    url: str = ""


@dataclass(frozen=True)
class Weight:
    """What a statement says of one role: so many points, or that it is ruled out."""

    points: int = 0
    is_excluding: bool = False
    reason: str = ""


NOTHING = Weight()


@dataclass(frozen=True)
class Statement:
    """Something a reader can say of themselves, with its weights by the slug of the role."""

    slug: str
    text: str
    about: str = ""
    weights: Mapping[str, Weight] = field(default_factory=dict)

    def of(self, role: RoleOption) -> Weight:
        return self.weights.get(role.slug, NOTHING)

    def speaks_about(self, roles: Sequence[RoleOption]) -> bool:
        return any(self.of(role).points or self.of(role).is_excluding for role in roles)


@dataclass(frozen=True)
class Ground:
    """A ticked statement that speaks for a role or rules it out."""

    statement: Statement
    weight: Weight


@dataclass(frozen=True)
class Place:
    """A role in the ranking. Roles with equal points share a rank, and the next rank is as much later."""

    role: RoleOption
    rank: int
    points: int
    is_shared: bool
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class RuledOut:
    role: RoleOption
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class Row:
    """A ticked statement with what it gives each column's role."""

    statement: Statement
    cells: tuple[Weight, ...]


@dataclass(frozen=True)
class Working:
    """The whole sum: a row for each ticked statement, a column for each role they speak about."""

    columns: tuple[RoleOption, ...]
    rows: tuple[Row, ...]
    totals: tuple[int | None, ...]  # None where the role is ruled out


@dataclass(frozen=True)
class Change:
    """A statement not ticked yet, and the roles that would be first with it."""

    statement: Statement
    first: tuple[RoleOption, ...]


@dataclass(frozen=True)
class Answer:
    ticked: tuple[Statement, ...]
    ranking: tuple[Place, ...]
    ruled_out: tuple[RuledOut, ...]
    unsaid: tuple[RoleOption, ...]

    @property
    def most(self) -> int:
        """What a role could get at best."""
        return MOST_POINTS * len(self.ticked)

    @property
    def first(self) -> tuple[RoleOption, ...]:
        return tuple(place.role for place in self.ranking if place.rank == 1)

    @property
    def contenders(self) -> tuple[RoleOption, ...]:
        """Who could take the first place: those who share it, those next to it, or those unheard of."""
        if len(self.first) > 1:
            return self.first
        later = [place for place in self.ranking if place.rank > 1]
        if not later:
            return self.unsaid if self.ranking else ()
        return tuple(place.role for place in later if place.rank == later[0].rank)

    @property
    def shortlist(self) -> tuple[RoleOption, ...]:
        """The first two, or three where two share the second place or more the first: for a closer look."""
        leading = [place for place in self.ranking[:3] if place.rank <= 2]
        return tuple(place.role for place in leading) if len(leading) > 1 else ()

    @property
    def working(self) -> Working:
        placed = {place.role: place.points for place in self.ranking}
        columns = (*placed, *(out.role for out in self.ruled_out))
        rows = tuple(Row(said, tuple(said.of(role) for role in columns)) for said in self.ticked)
        return Working(columns, rows, tuple(placed.get(role) for role in columns))


def choose(roles: Sequence[RoleOption], statements: Sequence[Statement], ticked: Collection[str]) -> Answer:
    """Rank the roles by the points of the ticked statements.

    The order and the number of ticks do not matter, nor does a tick that belongs to no statement. Roles of
    one rank keep the order they are given in.
    """
    said = tuple(statement for statement in statements if statement.slug in ticked)
    sums, barred = totals(said), ruled_out_by(said)
    open_to = [role for role in roles if role.slug not in barred]
    return Answer(
        ticked=said,
        ranking=tuple(ranked([role for role in open_to if sums[role.slug]], sums, said)),
        ruled_out=tuple(RuledOut(role, excluding(role, said)) for role in roles if role.slug in barred),
        unsaid=tuple(role for role in open_to if not sums[role.slug]),
    )


def totals(said: Iterable[Statement]) -> Counter[str]:
    """Points by the slug of the role."""
    sums: Counter[str] = Counter()
    for statement in said:
        sums.update({slug: weight.points for slug, weight in statement.weights.items()})
    return sums


def ruled_out_by(said: Iterable[Statement]) -> set[str]:
    return {slug for statement in said for slug, weight in statement.weights.items() if weight.is_excluding}


def leading(roles: Sequence[RoleOption], said: Sequence[Statement]) -> tuple[RoleOption, ...]:
    """Who comes first: one, several, or nobody."""
    sums, barred = totals(said), ruled_out_by(said)
    best = max((sums[role.slug] for role in roles if role.slug not in barred), default=0)
    if not best:
        return ()
    return tuple(role for role in roles if role.slug not in barred and sums[role.slug] == best)


def ranked(
    roles: Sequence[RoleOption], sums: Mapping[str, int], said: Sequence[Statement]
) -> Iterator[Place]:
    reached = [sums[role.slug] for role in roles]
    for role in sorted(roles, key=lambda role: -sums[role.slug]):
        own = sums[role.slug]
        rank = 1 + sum(other > own for other in reached)
        yield Place(role, rank, own, reached.count(own) > 1, speaking_for(role, said))


def speaking_for(role: RoleOption, said: Sequence[Statement]) -> tuple[Ground, ...]:
    """What says most first."""
    grounds = [Ground(statement, statement.of(role)) for statement in said if statement.of(role).points]
    return tuple(sorted(grounds, key=lambda ground: -ground.weight.points))


def excluding(role: RoleOption, said: Sequence[Statement]) -> tuple[Ground, ...]:
    return tuple(Ground(each, each.of(role)) for each in said if each.of(role).is_excluding)


# --- What would change the answer -------------------------------------------


@dataclass(frozen=True)
class Changes:
    """Single statements that would bring another answer: for the runners-up, and for anybody else."""

    for_contenders: tuple[Change, ...]
    for_others: tuple[Change, ...]


def changes(roles: Sequence[RoleOption], statements: Sequence[Statement], answer: Answer) -> Changes:
    """Try every statement that is not ticked, one at a time."""
    if not answer.ranking:
        return Changes((), ())
    tried = [
        Change(statement, leading(roles, [*answer.ticked, statement]))
        for statement in statements
        if statement not in answer.ticked
    ]
    others = [change for change in tried if change.first and set(change.first) != set(answer.first)]
    others.sort(key=lambda change: len(change.first))
    near = [change for change in others if is_for_contenders(change, answer)]
    return Changes(tuple(near), tuple(change for change in others if change not in near))


def is_for_contenders(change: Change, answer: Answer) -> bool:
    """It decides a shared first place, or lifts a runner-up there."""
    if len(answer.first) > 1:
        return set(change.first) < set(answer.first)
    return not set(change.first).isdisjoint(answer.contenders)


# --- For those who write the statements -------------------------------------


@dataclass(frozen=True)
class Reach:
    """How far a role can get: with every statement ticked that speaks for it."""

    role: RoleOption
    most: int
    strong: int  # statements that give it two points or three
    is_weak: bool
    is_far_below: bool


FEWEST_STRONG = 2


def reaches(roles: Sequence[RoleOption], statements: Sequence[Statement]) -> list[Reach]:
    """A role that gets less than two thirds of what the middle one can get will hardly ever come first."""
    most = totals(statements)
    middle = sorted(most[role.slug] for role in roles)[len(roles) // 2] if roles else 0
    return [
        Reach(
            role=role,
            most=most[role.slug],
            strong=strong,
            is_weak=strong < FEWEST_STRONG,
            is_far_below=3 * most[role.slug] < 2 * middle,
        )
        for role in roles
        for strong in [sum(statement.of(role).points > 1 for statement in statements)]
    ]


def says_nothing(weights: Mapping[str, Weight], roles: Collection[str]) -> bool:
    """Whoever gives every role the same helps nobody to choose."""
    each = [weights.get(role, NOTHING) for role in roles]
    return len({(weight.points, weight.is_excluding) for weight in each}) < 2
