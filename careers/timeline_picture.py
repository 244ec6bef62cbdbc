"""A line of time drawn: bars, what fades because nobody knows it, marks for events, today. Plain numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from careers.pathway_picture import breadth, shortened

Day = date
Range = tuple[date, date]
MOST_TICKS = 8
MOST_LINES = 3  # of a label
TOP = 4
FADES = 5
BEFORE, AFTER = 200, 240  # days drawn beyond what is known


@dataclass(frozen=True)
class Span:
    """A bar. Each end is the first and the last day that it may be; None is not known."""

    label: str
    start: Range | None
    end: Range | None
    ends_before: date | None  # over, but since when nobody knows
    is_open: bool
    is_over: bool

    @property
    def has_date(self) -> bool:
        return self.start is not None or self.end is not None

    @property
    def tone(self) -> str:
        if not self.is_open:
            return "announced"
        return "over" if self.is_over else "open"


@dataclass(frozen=True)
class Style:
    name: str
    width: int
    left: int = 6
    right: int = 6
    lane: int = 46
    line: int = 18  # between two lines of a label
    letter: float = 7.6

    @property
    def far(self) -> int:
        return self.width - self.right

    @property
    def room(self) -> float:
        """How many letters of a label fit."""
        return (self.width - self.left - self.right) / self.letter


WIDE, NARROW = Style("wide", 760), Style("narrow", 288)


@dataclass(frozen=True)
class Piece:
    """A part of a bar; where it is not certain it is fainter."""

    x: float
    width: float
    opacity: float


@dataclass(frozen=True)
class Line:
    """One line of a label, with the height that its letters stand on."""

    text: str
    y: float


@dataclass(frozen=True)
class Bar:
    lines: tuple[Line, ...]
    tone: str
    y: float  # of the last line
    x: float
    width: float
    pieces: tuple[Piece, ...]
    closes: float | None  # where a known end is marked

    @property
    def top(self) -> float:
        return self.y + 8

    @property
    def under(self) -> float:
        return self.top + 14


@dataclass(frozen=True)
class Mark:
    """An event, by its number in the list."""

    number: int
    x: float
    y: float
    until: float  # the last day that it may mean


@dataclass(frozen=True)
class Tick:
    text: str
    x: float


@dataclass(frozen=True)
class Picture:
    style: Style
    height: float
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    today: float
    floor: float

    @property
    def today_pieces(self) -> list[tuple[float, float]]:
        """The line of today from top to bottom, without what it would strike through."""
        lines = [line for bar in self.bars for line in bar.lines]
        struck = [line for line in lines if self.today < self.style.left + width_of(line, self.style) + 4]
        ends = [TOP, *(end for line in struck for end in (line.y - 14, line.y + 6)), self.floor]
        return [(start, end) for start, end in zip(ends[::2], ends[1::2], strict=True) if end - start > 1]

    @property
    def today_is_late(self) -> bool:
        """Whether the word beside the line of today has room on its left only."""
        return self.today > self.style.width / 2


@dataclass(frozen=True)
class Axis:
    first: int
    last: int
    style: Style

    def at(self, day: date) -> float:
        share = (day.toordinal() - self.first) / (self.last - self.first)
        inside = min(max(share, 0.0), 1.0)
        return round(self.style.left + inside * (self.style.far - self.style.left), 1)


def pictures(
    spans: Sequence[Span], marks: Sequence[tuple[int, date, date]], *, on: date
) -> tuple[Picture, ...]:
    """For a wide page and for a narrow one."""
    return tuple(picture(spans, marks, style, on=on) for style in (WIDE, NARROW))


def picture(
    spans: Sequence[Span], marks: Sequence[tuple[int, date, date]], style: Style, *, on: date
) -> Picture:
    axis = axis_of([*known_days(spans), *(day for _, one, other in marks for day in (one, other)), on], style)
    placed = placed_marks(marks, axis)
    top = max((mark.y + 14 for mark in placed), default=0) + 34
    bars = []
    for span in spans:
        lines = lines_of(span.label, style)
        bars.append(bar(span, lines, top, axis))
        top += style.lane + style.line * (len(lines) - 1)
    return Picture(style, top + 30, tuple(bars), placed, ticks(axis), axis.at(on), top)


def known_days(spans: Iterable[Span]) -> list[date]:
    return [day for span in spans for pair in (span.start, span.end) if pair for day in pair]


def axis_of(days: Sequence[date], style: Style) -> Axis:
    """With room on both sides, within the days that there are."""
    first = max(min(days).toordinal() - BEFORE, date.min.toordinal())
    last = min(max(days).toordinal() + AFTER, date.max.toordinal())
    return Axis(first, last, style)


def ticks(axis: Axis) -> tuple[Tick, ...]:
    """The beginnings of years, not more than fit."""
    first, last = date.fromordinal(axis.first).year + 1, date.fromordinal(axis.last).year
    step = max(1, -(-(last - first + 1) // MOST_TICKS))
    return tuple(Tick(str(year), axis.at(date(year, 1, 1))) for year in range(first, last + 1, step))


# --- Bars -------------------------------------------------------------------


def bar(span: Span, lines: Sequence[str], top: float, axis: Axis) -> Bar:
    """Solid where it is certain; what may or may not belong to it fades."""
    heights = [top + axis.style.line * index for index in range(len(lines))]
    style = axis.style
    fade = (style.far - style.left) / 10
    end = span.end or ((span.ends_before, span.ends_before) if span.ends_before else None)
    sure_to = axis.at(end[0]) if end else style.far
    last = axis.at(end[1]) if end else style.far
    sure_from = axis.at(span.start[1]) if span.start else min(style.left + fade, sure_to)
    first = axis.at(span.start[0]) if span.start else style.left
    sure_from, sure_to = min(sure_from, last), max(sure_to, first)
    if span.end is None:
        sure_to = max(sure_from, sure_to - fade * (3 if span.ends_before else 1))
    sure_from = min(sure_from, sure_to)
    solid = [Piece(sure_from, round(max(sure_to - sure_from, 0), 1), 1.0)]
    pieces = [*slope(first, sure_from, rising=True), *solid, *slope(sure_to, last, rising=False)]
    return Bar(
        lines=tuple(map(Line, lines, heights)),
        tone=span.tone,
        y=heights[-1],
        x=first,
        width=round(max(last - first, 2), 1),
        pieces=tuple(piece for piece in pieces if piece.width > 0),
        closes=last if span.end else None,
    )


def slope(start: float, end: float, *, rising: bool) -> list[Piece]:
    """Fainter and fainter away from what is certain."""
    step = max(end - start, 0) / FADES
    shares = [(index + 0.5) / FADES for index in range(FADES)]
    return [
        Piece(round(start + step * index, 1), round(step, 1), round(share if rising else 1 - share, 2))
        for index, share in enumerate(shares)
    ]


def lines_of(label: str, style: Style) -> list[str]:
    """Whole words, line by line; only what not even three lines have room for is cut."""
    lines = [""]
    for word in label.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and breadth(longer) > style.room and len(lines) < MOST_LINES:
            lines.append(word)
        else:
            lines[-1] = longer
    return [line if breadth(line) <= style.room else shortened(line, style.room) for line in lines]


def width_of(line: Line, style: Style) -> float:
    return breadth(line.text) * style.letter


# --- Events -----------------------------------------------------------------


def placed_marks(marks: Iterable[tuple[int, date, date]], axis: Axis) -> tuple[Mark, ...]:
    """In rows, so that no two numbers cover each other."""
    rows: list[float] = []
    found = []
    for number, first, last in marks:
        x = min(max(axis.at(first), axis.style.left + 10), axis.style.far - 10)
        row = next((index for index, taken in enumerate(rows) if x - taken >= 24), len(rows))
        rows[row : row + 1] = [x]
        found.append(Mark(number, x, 14 + 24 * row, max(x, axis.at(last))))
    return tuple(found)
