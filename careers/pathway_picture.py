"""A pathway as a picture: texts in boxes, frames around choices, lines with their heads. Plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from unicodedata import east_asian_width

from careers.layers import Box, Drawn, Frame, Layout, Line
from careers.models import PathwayEdge

WIDTH = 196
BESIDE = 720  # what is wider has no room beside the list
ROOM = 23.0  # how many letters of usual width fit beside each other in a box
MOST_LINES = 4
ABOVE, LINE, STATUS, BELOW = 30, 18, 18, 8

NARROW, WIDE = frozenset("ijl.,:;'|!()[] "), frozenset("mwMW@%&—…")


class Choosable(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def words(self) -> str: ...


class Showable(Protocol):
    """What a box tells of its step."""

    @property
    def title(self) -> str: ...
    @property
    def status(self) -> object | None: ...
    @property
    def choice(self) -> Choosable | None: ...


@dataclass(frozen=True)
class TextLine:
    text: str
    y: float


@dataclass(frozen=True)
class Shape:
    """A box with the step it stands for and the lines of its text."""

    place: Drawn
    step: Showable
    lines: tuple[TextLine, ...]

    @property
    def text_x(self) -> float:
        return self.place.left + 12

    @property
    def kind_y(self) -> float:
        return self.place.top + 20

    @property
    def status_y(self) -> float:
        return self.place.bottom - 11


@dataclass(frozen=True)
class Group:
    frame: Frame
    words: str

    @property
    def text_x(self) -> float:
        return self.frame.left + 12

    @property
    def text_y(self) -> float:
        return self.frame.top + 17


@dataclass(frozen=True)
class Arrow:
    line: Line
    relation: PathwayEdge.Relation


@dataclass(frozen=True)
class Picture:
    width: float
    height: float
    shapes: tuple[Shape, ...]
    groups: tuple[Group, ...]
    arrows: tuple[Arrow, ...]
    stages: tuple[TextLine, ...]

    @property
    def is_wide(self) -> bool:
        return self.width > BESIDE


def box_of(key: str, step: Showable, choice: Choosable | None) -> Box:
    height = ABOVE + LINE * len(wrapped(step.title)) + (STATUS if step.status else 0) + BELOW
    return Box(key, step.title, WIDTH, height, choice.key if choice else "")


def picture(
    plan: Layout, steps: Mapping[str, Showable], relations: Mapping[tuple[str, str], PathwayEdge.Relation]
) -> Picture:
    return Picture(
        width=plan.width,
        height=plan.height,
        shapes=tuple(shape(place, steps[place.key]) for place in plan.boxes),
        groups=tuple(Group(frame, words_of(frame, steps.values())) for frame in plan.frames),
        arrows=tuple(Arrow(line, relations[line.start, line.end]) for line in plan.lines),
        stages=tuple(TextLine(str(number), band.middle) for number, band in enumerate(plan.bands, start=1)),
    )


def shape(place: Drawn, step: Showable) -> Shape:
    first = place.top + ABOVE + 9
    texts = wrapped(step.title)
    lines = (TextLine(text, round(first + LINE * index, 1)) for index, text in enumerate(texts))
    return Shape(place, step, tuple(lines))


def words_of(frame: Frame, steps: Iterable[Showable]) -> str:
    return next(step.choice.words for step in steps if step.choice and step.choice.key == frame.group)


# --- Text -------------------------------------------------------------------


def wrapped(text: str, room: float = ROOM, most: int = MOST_LINES) -> list[str]:
    """The text in lines that fit; what is too long ends in an ellipsis, and a word too long is broken."""
    lines = [""]
    for piece in (piece for word in text.split() for piece in broken(word, room)):
        longer = f"{lines[-1]} {piece}".strip()
        if breadth(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(piece)
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), room)]
    return lines


def broken(word: str, room: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if breadth(pieces[-1] + letter) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def shortened(text: str, room: float) -> str:
    while text and breadth(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def breadth(text: str) -> float:
    """In letters of usual width, rather too much than too little."""
    return sum(breadth_of(letter) for letter in text)


def breadth_of(letter: str) -> float:
    if letter in NARROW:
        return 0.6
    if letter in WIDE:
        return 1.6
    if east_asian_width(letter) in "WF":
        return 2.0
    return 1.3 if letter.isupper() else 1.0
