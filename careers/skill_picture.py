"""The skills of a role drawn by importance and level: where each point and its name goes. Plain values.

A point keeps its level exactly; where points or names would cover each other they move up or down, and a line
leads to the place that they belong to.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count
from math import ceil, floor

from careers.comparison import SkillNeed

MOST_IMPORTANCE, MOST_LEVEL = 5, 7
# So much of a name fits beside its point wherever that is: one side has always half the width.
LONGEST = 42


@dataclass(frozen=True)
class Style:
    """The measures of one form of the picture, in units of its view box."""

    name: str
    width: int
    step_down: int  # the height of one unit of importance
    line: int  # the least distance between two points above each other
    radius: int
    letter: float  # the width of a letter of a name; 0 where the points carry numbers only
    left: int = 34
    right: int = 22
    top: int = 26
    bottom: int = 44


WIDE = Style("wide", width=780, step_down=96, line=27, radius=11, letter=8)
NARROW = Style("narrow", width=288, step_down=72, line=26, radius=12, letter=0)


@dataclass(frozen=True)
class Box:
    """A rectangle that nothing else may touch."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Point:
    """One skill. ``place`` is the height at which its importance lies, ``y`` that at which it is drawn."""

    number: int
    need: SkillNeed
    x: float
    y: float
    place: float
    is_left: bool
    box: Box
    radius: int

    @property
    def is_moved(self) -> bool:
        return abs(self.y - self.place) > self.radius

    @property
    def label(self) -> str:
        return shortened(self.need.name)

    @property
    def text_x(self) -> float:
        return self.x - self.radius - 6 if self.is_left else self.x + self.radius + 6

    @property
    def text_y(self) -> float:
        return self.y + 5

    @property
    def corner(self) -> tuple[float, float]:
        """Where the square of an optional skill begins."""
        return self.x - self.radius + 1, self.y - self.radius + 1

    @property
    def side(self) -> int:
        return 2 * self.radius - 2


@dataclass(frozen=True)
class Tick:
    value: int
    at: float


@dataclass(frozen=True)
class Picture:
    style: Style
    height: float
    points: tuple[Point, ...]
    levels: tuple[Tick, ...]
    importances: tuple[Tick, ...]

    @property
    def floor(self) -> float:
        """Where the axis of levels is drawn."""
        return round(self.height - self.style.bottom, 1)

    @property
    def far_right(self) -> int:
        return self.style.width - self.style.right


@dataclass(frozen=True)
class Scale:
    """Whole numbers from ``low`` to ``high`` spread from ``start`` to ``end``."""

    low: int
    high: int
    start: float
    end: float

    def at(self, value: Decimal | int) -> float:
        share = (float(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self) -> tuple[Tick, ...]:
        return tuple(Tick(value, self.at(value)) for value in range(self.low, self.high + 1))


def pictures(needs: Sequence[SkillNeed]) -> tuple[Picture, ...]:
    """The same skills with names for a wide page and with numbers for a narrow one; nothing for no skill."""
    return (picture(needs, WIDE), picture(needs, NARROW)) if needs else ()


def picture(needs: Sequence[SkillNeed], style: Style) -> Picture:
    levels = Scale(*level_range(needs), style.left, style.width - style.right)
    lowest = min([4, *(floor(need.importance) for need in needs)])
    deep = style.top + style.step_down * (MOST_IMPORTANCE - lowest)
    importances = Scale(lowest, MOST_IMPORTANCE, deep, style.top)
    points = moved_into_sight(placed(needs, levels, importances, style), style)
    shift = points[0].place - importances.at(points[0].need.importance) if points else 0
    under = max([deep + shift, *(point.box.bottom for point in points)])
    return Picture(
        style=style,
        height=round(under + style.bottom, 1),
        points=tuple(points),
        levels=levels.ticks(),
        importances=tuple(Tick(tick.value, round(tick.at + shift, 1)) for tick in importances.ticks()),
    )


def level_range(needs: Iterable[SkillNeed]) -> tuple[int, int]:
    """The levels worth drawing: all that occur and one beside each end, so that names have room."""
    found = [need.level for need in needs] or [Decimal(4)]
    return max(0, floor(min(found)) - 1), min(MOST_LEVEL, ceil(max(found)) + 1)


def placed(needs: Sequence[SkillNeed], levels: Scale, importances: Scale, style: Style) -> list[Point]:
    """Every skill at the free place nearest to where it belongs, in the order given."""
    points: list[Point] = []
    for number, need in enumerate(needs, start=1):
        x, place = levels.at(need.level), importances.at(need.importance)
        taken = [point.box for point in points]
        y, is_left, box = next(free_places(need, x, place, taken, style))
        points.append(Point(number, need, x, y, place, is_left, box, style.radius))
    return points


def free_places(
    need: SkillNeed, x: float, place: float, taken: Sequence[Box], style: Style
) -> Iterator[tuple[float, bool, Box]]:
    for y in nearby(place, style.line):
        for is_left in (False, True):
            box = box_of(need, x, y, style, is_left=is_left)
            fits = box.left >= 0 and box.right <= style.width
            if fits and not any(box.meets(other) for other in taken):
                yield y, is_left, box


def nearby(place: float, line: int) -> Iterator[float]:
    """The place itself, then ever further above and below: it never ends, so there is always a free one."""
    yield place
    for distance in count(line // 2, line // 2):
        yield place - distance
        yield place + distance


def box_of(need: SkillNeed, x: float, y: float, style: Style, *, is_left: bool) -> Box:
    half = style.line / 2 - 0.5
    text = len(shortened(need.name)) * style.letter + 10 if style.letter else 1
    near, far = style.radius + 1, style.radius + text
    return Box(x - (far if is_left else near), y - half, x + (near if is_left else far), y + half)


def shortened(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def moved_into_sight(points: list[Point], style: Style) -> list[Point]:
    """All of it lower, where points were moved above the edge."""
    above = min((point.box.top for point in points), default=0)
    down = round(max(0.0, 4 - above), 1)
    return [lower(point, down) for point in points] if down else points


def lower(point: Point, down: float) -> Point:
    box = replace(point.box, top=point.box.top + down, bottom=point.box.bottom + down)
    return replace(point, y=round(point.y + down, 1), place=round(point.place + down, 1), box=box)
