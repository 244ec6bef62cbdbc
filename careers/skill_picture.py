"""The skills of a role drawn by importance and level: where each point and its name goes. Plain values.

A point keeps its level exactly. Each whole number of importance is a band as high as its skills need, one
above the other where points or names would cover each other: so a 4 is never nearer to a 5 than to another 4.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
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
    line: int  # the least distance between two points above each other
    radius: int
    letter: float  # the width of a letter of a name; 0 where the points carry numbers only
    left: int = 34
    right: int = 22
    top: int = 2
    bottom: int = 44
    margin: int = 7  # above and below the points of a band


WIDE = Style("wide", width=780, line=27, radius=11, letter=8)
NARROW = Style("narrow", width=288, line=26, radius=12, letter=0)


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
    """One skill."""

    number: int
    need: SkillNeed
    x: float
    y: float
    is_left: bool
    box: Box
    radius: int

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
class Band:
    """One importance, to the nearest whole number, with the skills that have it."""

    value: int
    top: float
    bottom: float
    points: tuple[Point, ...]

    @property
    def middle(self) -> float:
        return round((self.top + self.bottom) / 2, 1)


@dataclass(frozen=True)
class Picture:
    style: Style
    bands: tuple[Band, ...]
    levels: tuple[Tick, ...]

    @property
    def points(self) -> list[Point]:
        return [point for band in self.bands for point in band.points]

    @property
    def floor(self) -> float:
        """Where the axis of levels is drawn."""
        return self.bands[-1].bottom

    @property
    def height(self) -> float:
        return round(self.floor + self.style.bottom, 1)

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
    numbered = list(enumerate(needs, start=1))
    lowest = min([MOST_IMPORTANCE - 1, *(nearest(need.importance) for need in needs)])
    bands: list[Band] = []
    top: float = style.top
    for value in range(MOST_IMPORTANCE, lowest - 1, -1):
        chosen = [(number, need) for number, need in numbered if nearest(need.importance) == value]
        bands.append(band(value, chosen, top, levels, style))
        top = bands[-1].bottom
    return Picture(style, tuple(bands), levels.ticks())


def nearest(importance: Decimal) -> int:
    return int(Decimal(importance).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def band(
    value: int, chosen: Sequence[tuple[int, SkillNeed]], top: float, levels: Scale, style: Style
) -> Band:
    points = tuple(placed(chosen, top + style.margin, levels, style))
    under = max([top + style.margin + style.line, *(point.box.bottom for point in points)])
    return Band(value, round(top, 1), round(under + style.margin, 1), points)


def level_range(needs: Iterable[SkillNeed]) -> tuple[int, int]:
    """The levels worth drawing: all that occur and one beside each end, so that names have room."""
    found = [need.level for need in needs] or [Decimal(4)]
    return max(0, floor(min(found)) - 1), min(MOST_LEVEL, ceil(max(found)) + 1)


def placed(chosen: Sequence[tuple[int, SkillNeed]], top: float, levels: Scale, style: Style) -> list[Point]:
    """Every skill in the first line with room for it, in the order given."""
    points: list[Point] = []
    for number, need in chosen:
        x, taken = levels.at(need.level), [point.box for point in points]
        y, is_left, box = next(free_places(need, x, top, taken, style))
        points.append(Point(number, need, x, y, is_left, box, style.radius))
    return points


def free_places(
    need: SkillNeed, x: float, top: float, taken: Sequence[Box], style: Style
) -> Iterator[tuple[float, bool, Box]]:
    """Line by line: it never ends, so there is always a free one."""
    for line in count():
        y = round(top + (line + 0.5) * style.line, 1)
        for is_left in (False, True):
            box = box_of(need, x, y, style, is_left=is_left)
            fits = box.left >= 0 and box.right <= style.width
            if fits and not any(box.meets(other) for other in taken):
                yield y, is_left, box


def box_of(need: SkillNeed, x: float, y: float, style: Style, *, is_left: bool) -> Box:
    half = style.line / 2 - 0.5
    text = len(shortened(need.name)) * style.letter + 10 if style.letter else 1
    near, far = style.radius + 1, style.radius + text
    return Box(x - (far if is_left else near), y - half, x + (near if is_left else far), y + half)


def shortened(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
