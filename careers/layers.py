"""A graph drawn in layers: which layer a box is in, in which order, and how the lines run. Plain values only.

Every line leads down. One that passes a layer gets a place of its own there, so that it runs between the
boxes and never through one. The same boxes and lines give the same picture, in whatever order they come.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from careers.depths import Pairs, depths, leading_on

SWEEPS = 6

Layers = list[list["Place"]]


@dataclass(frozen=True)
class Box:
    """What is drawn, by its measures. Boxes of one group stand side by side in their layer."""

    key: str
    title: str
    width: float
    height: float
    group: str = ""


@dataclass(frozen=True)
class Measures:
    gap: float = 26  # between two boxes
    way: float = 54  # between two layers: here the lines run
    thread: float = 10  # the room of a line that passes a layer
    frame: float = 12  # around the boxes of a group
    label: float = 24  # above the boxes of a group
    left: float = 34  # here the layers are numbered
    edge: float = 4


@dataclass(frozen=True)
class Place:
    """A box in a layer, or a line that passes it (``box`` is None)."""

    layer: int
    name: tuple[str, ...]  # of a box its title and key; of a passing line those of both its ends
    box: Box | None = None

    @property
    def group(self) -> str:
        return self.box.group if self.box else ""


@dataclass(frozen=True)
class Drawn:
    """A box where it stands."""

    key: str
    layer: int
    left: float
    top: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.left + self.width / 2, 1)

    @property
    def right(self) -> float:
        return round(self.left + self.width, 1)

    @property
    def bottom(self) -> float:
        return round(self.top + self.height, 1)


@dataclass(frozen=True)
class Frame:
    """Around the boxes of one group in one layer."""

    group: str
    layer: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Line:
    """From one box down to another; between its points it is straight where they lie above each other."""

    start: str
    end: str
    points: tuple[tuple[float, float], ...]

    @property
    def path(self) -> str:
        """For the ``d`` of a path: curves where it changes sides."""
        (x, y), *others = self.points
        parts = [f"M{x} {y}"]
        for to_x, to_y in others:
            half = round((y + to_y) / 2, 1)
            parts.append(f"V{to_y}" if to_x == x else f"C{x} {half} {to_x} {half} {to_x} {to_y}")
            x, y = to_x, to_y
        return "".join(parts)

    @property
    def arrow(self) -> str:
        """The head, for the ``points`` of a polygon."""
        x, y = self.points[-1]
        return f"{x},{y} {round(x - 5, 1)},{round(y - 9, 1)} {round(x + 5, 1)},{round(y - 9, 1)}"


@dataclass(frozen=True)
class Band:
    """The height that a layer takes."""

    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return round((self.top + self.bottom) / 2, 1)


@dataclass(frozen=True)
class Layout:
    width: float
    height: float
    boxes: tuple[Drawn, ...]
    frames: tuple[Frame, ...]
    lines: tuple[Line, ...]
    bands: tuple[Band, ...]

    @property
    def layers(self) -> list[list[Drawn]]:
        """The boxes from the top down and from left to right."""
        ordered = sorted(self.boxes, key=lambda box: box.left)
        return [[box for box in ordered if box.layer == layer] for layer in range(len(self.bands))]


def layout(
    boxes: Iterable[Box], lines: Iterable[tuple[str, str]], measures: Measures | None = None
) -> Layout:
    """``lines`` are pairs of keys. One that leads nowhere, or round in a circle, is not drawn."""
    style = measures or Measures()
    rows = sorted(boxes, key=lambda box: (box.title.casefold(), box.title, box.key))
    number = {box.key: index for index, box in enumerate(rows)}
    known = {(number[a], number[b]) for a, b in lines if a in number and b in number}
    pairs = leading_on(sorted(known))
    depth = depths([row.group for row in rows], pairs)
    layers, threads = places(rows, pairs, depth)
    order(layers, list(threads.values()))
    return measured(layers, threads, style)


# --- Layers -----------------------------------------------------------------


def places(
    rows: Sequence[Box], pairs: Pairs, depth: Sequence[int]
) -> tuple[Layers, dict[tuple[str, str], list[Place]]]:
    """The places of every layer, and those that each line runs through from box to box."""
    layers: Layers = [[] for _ in range(max(depth, default=-1) + 1)]
    own = [
        Place(level, (box.title.casefold(), box.title, box.key), box)
        for box, level in zip(rows, depth, strict=True)
    ]
    for place in own:
        layers[place.layer].append(place)
    threads = {}
    for start, end in pairs:
        name = (*own[start].name, *own[end].name)
        passing = [Place(level, name) for level in range(depth[start] + 1, depth[end])]
        for place in passing:
            layers[place.layer].append(place)
        threads[rows[start].key, rows[end].key] = [own[start], *passing, own[end]]
    return layers, threads


# --- Order within a layer ---------------------------------------------------


def order(layers: Layers, threads: Sequence[Sequence[Place]]) -> None:
    """Each place by the middle of those it is tied to, then by name; of several sweeps the best is kept."""
    up: dict[Place, list[Place]] = {}
    down: dict[Place, list[Place]] = {}
    for thread in threads:
        for upper, lower in pairwise(thread):
            down.setdefault(upper, []).append(lower)
            up.setdefault(lower, []).append(upper)
    for layer in layers:
        layer.sort(key=lambda place: (place.group, place.name))
    best, fewest = [list(layer) for layer in layers], crossings(layers, down)
    for sweep in range(SWEEPS):
        tied, ordered = (up, layers) if sweep % 2 == 0 else (down, layers[::-1])
        for layer in ordered:
            sort_by_ties(layer, tied, positions(layers))
        if (found := crossings(layers, down)) < fewest:
            best, fewest = [list(layer) for layer in layers], found
    layers[:] = best


def positions(layers: Layers) -> dict[Place, float]:
    """From 0 to 1 along the layer, so that short and long layers compare."""
    return {place: (index + 1) / (len(layer) + 1) for layer in layers for index, place in enumerate(layer)}


def sort_by_ties(
    layer: list[Place], tied: Mapping[Place, Sequence[Place]], at: Mapping[Place, float]
) -> None:
    middle = {place: mean([at[other] for other in tied.get(place, ())] or [at[place]]) for place in layer}
    blocks: dict[str, list[float]] = {}
    for place in layer:
        blocks.setdefault(place.group, []).append(middle[place])

    def by_ties(place: Place) -> tuple[float, str, float, tuple[str, ...]]:
        # A group moves as one, so that nothing comes to stand between its boxes.
        block = mean(blocks[place.group]) if place.group else middle[place]
        return (round(block, 6), place.group, round(middle[place], 6), place.name)

    layer.sort(key=by_ties)


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def crossings(layers: Layers, down: Mapping[Place, Sequence[Place]]) -> int:
    count = 0
    for upper, lower in pairwise(layers):
        at = {place: index for index, place in enumerate(lower)}
        ends = [at[other] for place in upper for other in sorted(down.get(place, ()), key=at.__getitem__)]
        count += sum(one > other for index, one in enumerate(ends) for other in ends[index + 1 :])
    return count


# --- Measures ---------------------------------------------------------------


def measured(layers: Layers, threads: Mapping[tuple[str, str], Sequence[Place]], style: Measures) -> Layout:
    bands = stacked(layers, style)
    middles = spread(layers, list(threads.values()), style)
    boxes = [
        Drawn(
            box.key,
            place.layer,
            round(middles[place] - box.width / 2, 1),
            bands[place.layer].top + (style.label if has_group(layers[place.layer]) else 0),
            box.width,
            box.height,
        )
        for layer in layers
        for place in layer
        if (box := place.box)
    ]
    frames = [frame for layer in layers for frame in framed(layer, boxes, bands, style)]
    by_key = {box.key: box for box in boxes}
    lines = [
        Line(start, end, run(thread, by_key, bands, middles)) for (start, end), thread in threads.items()
    ]
    rights = [box.right + style.frame for box in boxes] + [x for line in lines for x, _ in line.points]
    return Layout(
        width=round(max(rights, default=style.left) + style.edge, 1),
        height=round(max((band.bottom for band in bands), default=0) + style.edge, 1),
        boxes=tuple(boxes),
        frames=tuple(frames),
        lines=tuple(lines),
        bands=tuple(bands),
    )


def has_group(layer: Iterable[Place]) -> bool:
    return any(place.group for place in layer)


def stacked(layers: Layers, style: Measures) -> list[Band]:
    bands, top = [], style.edge
    for layer in layers:
        around = style.label + style.frame if has_group(layer) else 0
        height = max([place.box.height for place in layer if place.box], default=0) + around
        bands.append(Band(round(top, 1), round(top + height, 1)))
        top += height + style.way
    return bands


def spread(layers: Layers, threads: Sequence[Sequence[Place]], style: Measures) -> dict[Place, float]:
    """The middle of every place: as near as the others let it to those it is tied to."""
    tied: dict[Place, list[Place]] = {}
    for thread in threads:
        for upper, lower in pairwise(thread):
            tied.setdefault(upper, []).append(lower)
            tied.setdefault(lower, []).append(upper)
    at: dict[Place, float] = {}
    for layer in layers:
        at |= dict(zip(layer, apart([0.0] * len(layer), distances(layer, style)), strict=True))
    for sweep in range(SWEEPS):
        for layer in layers if sweep % 2 == 0 else layers[::-1]:
            wanted = [mean([at[other] for other in tied.get(place, [place])]) for place in layer]
            at |= dict(zip(layer, apart(wanted, distances(layer, style)), strict=True))
    left = min((at[place] - half(place, style) for layer in layers for place in layer), default=0)
    shift = style.left + style.frame - left
    return {place: round(x + shift, 1) for place, x in at.items()}


def half(place: Place, style: Measures) -> float:
    return (place.box.width if place.box else style.thread) / 2


def distances(layer: Sequence[Place], style: Measures) -> list[float]:
    """How far apart the middles of two neighbours must be."""
    return [
        half(one, style) + half(other, style) + between(one, other, style) for one, other in pairwise(layer)
    ]


def between(one: Place, other: Place, style: Measures) -> float:
    if one.group and one.group == other.group:
        return style.frame
    return style.gap + style.frame * (bool(one.group) + bool(other.group))


def apart(wanted: Sequence[float], distances: Sequence[float]) -> list[float]:
    """The nearest places to those wanted that keep the distances: neighbours too close move as one."""
    offsets = [0.0]
    for distance in distances:
        offsets.append(offsets[-1] + distance)
    blocks: list[list[float]] = []  # of each its sum and its number of members
    for value, offset in zip(wanted, offsets, strict=False):
        blocks.append([value - offset, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    free = [total / count for total, count in blocks for _ in range(int(count))]
    return [place + offset for place, offset in zip(free, offsets, strict=False)]


def framed(
    layer: Sequence[Place], boxes: Sequence[Drawn], bands: Sequence[Band], style: Measures
) -> list[Frame]:
    groups: dict[str, list[str]] = {}
    for place in layer:
        if place.box and place.group:
            groups.setdefault(place.group, []).append(place.box.key)
    found = []
    for group, keys in groups.items():
        inner = [box for box in boxes if box.key in keys]
        left = round(min(box.left for box in inner) - style.frame, 1)
        right = round(max(box.right for box in inner) + style.frame, 1)
        band = bands[layer[0].layer]
        height = round(max(box.bottom for box in inner) + style.frame - band.top, 1)
        found.append(Frame(group, layer[0].layer, left, band.top, round(right - left, 1), height))
    return found


def run(
    thread: Sequence[Place],
    boxes: Mapping[str, Drawn],
    bands: Sequence[Band],
    middles: Mapping[Place, float],
) -> tuple[tuple[float, float], ...]:
    """Straight down within a layer; from side to side only between two."""
    start, *passing, end = thread
    upper, lower = (boxes[place.box.key] for place in (start, end) if place.box)
    points = [(upper.middle, upper.bottom), (upper.middle, bands[upper.layer].bottom)]
    for place in passing:
        band = bands[place.layer]
        points += [(middles[place], band.top), (middles[place], band.bottom)]
    points += [(lower.middle, bands[lower.layer].top), (lower.middle, lower.top)]
    return tuple(dict.fromkeys(points))
