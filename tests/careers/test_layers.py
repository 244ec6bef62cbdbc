from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.layers import Box, Measures, apart, layout

KEYS = "abcdefgh"


def box(key, group="", title=""):
    return Box(key, title or key.upper(), 100, 40, group)


def drawn(lines, keys="", **groups):
    found = sorted({*keys, *(key for line in lines for key in line)})
    return layout([box(key, groups.get(key, "")) for key in found], lines)


def layers(picture):
    return {box.key: box.layer for box in picture.boxes}


def along(picture, layer):
    rows = [box for box in picture.boxes if box.layer == layer]
    return "".join(box.key for box in sorted(rows, key=lambda box: box.left))


def rectangle(item):
    return item.left, item.top, item.left + item.width, item.top + item.height


def meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@st.composite
def graphs(draw):
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=8))
    titles = st.sampled_from(["One", "one", "Two", "Three"])
    boxes = [
        Box(
            key,
            draw(titles),
            draw(st.integers(40, 200)),
            draw(st.integers(30, 90)),
            draw(st.sampled_from(["", "", "x", "y"])),
        )
        for key in keys
    ]
    lines = draw(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=16))
    return boxes, lines


# --- Properties -------------------------------------------------------------


@given(graphs())
def test_every_line_leads_down_from_layer_to_layer(graph):
    picture = layout(*graph)
    at = layers(picture)

    for line in picture.lines:
        assert at[line.start] < at[line.end]
        heights = [y for _, y in line.points]
        assert heights == sorted(heights)


@given(graphs())
def test_no_two_boxes_overlap_and_no_frame_holds_a_stranger(graph):
    picture = layout(*graph)
    groups = {box.key: box.group for box in graph[0]}

    for one, other in combinations(picture.boxes, 2):
        assert not meet(rectangle(one), rectangle(other))
    for frame in picture.frames:
        inside = {box.key for box in picture.boxes if meet(rectangle(frame), rectangle(box))}
        assert {groups[key] for key in inside} == {frame.group}
    for one, other in combinations(picture.frames, 2):
        assert not meet(rectangle(one), rectangle(other))


@given(graphs())
def test_everything_is_inside_the_picture(graph):
    picture = layout(*graph)
    found = [rectangle(item) for item in (*picture.boxes, *picture.frames)]
    found += [(x, y, x, y) for line in picture.lines for x, y in line.points]

    assert all(
        left >= 0 and top >= 0 and right <= picture.width and bottom <= picture.height
        for left, top, right, bottom in found
    )


@given(graphs())
def test_no_line_runs_through_a_box(graph):
    picture = layout(*graph)
    for line in picture.lines:
        for (x, y), (to_x, to_y) in pairwise(line.points):
            # A curve stays within the rectangle of its ends.
            way = (min(x, to_x) - 0.1, y, max(x, to_x) + 0.1, to_y)
            strangers = [box for box in picture.boxes if box.key not in (line.start, line.end)]
            assert not any(meet(way, rectangle(box)) for box in strangers)


@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_in_which_rows_come_never_matters(graph, random):
    boxes, lines = graph
    mixed_boxes, mixed_lines = random.sample(boxes, len(boxes)), random.sample(lines, len(lines))

    one, other = layout(boxes, lines), layout(mixed_boxes, mixed_lines)

    assert one == other


@given(graphs())
def test_every_box_is_drawn_once_and_every_line_that_closes_no_circle(graph):
    boxes, lines = graph
    picture = layout(boxes, lines)
    keys = [box.key for box in boxes]

    assert sorted(box.key for box in picture.boxes) == sorted(keys)
    assert {(line.start, line.end) for line in picture.lines} <= set(lines)


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=8), st.data())
def test_places_keep_their_distances(wanted, data):
    size = len(wanted) - 1
    distances = data.draw(st.lists(st.floats(0, 300), min_size=size, max_size=size))

    found = apart(wanted, distances)

    for one, other, distance in zip(found, found[1:], distances, strict=False):
        assert other - one >= distance - 1e-6


# --- Examples ---------------------------------------------------------------


def test_a_layer_is_the_longest_way_to_it():
    picture = drawn(["ab", "bc", "ac", "cd", "ad"])

    assert layers(picture) == {"a": 0, "b": 1, "c": 2, "d": 3}


def test_a_line_that_passes_a_layer_has_a_place_beside_the_box():
    picture = drawn(["ab", "bc", "ac"])
    (long,) = [line for line in picture.lines if (line.start, line.end) == ("a", "c")]
    (middle,) = [box for box in picture.boxes if box.key == "b"]

    beside = {x for x, y in long.points if middle.top <= y <= middle.bottom}
    assert beside
    assert not any(middle.left <= x <= middle.right for x in beside)


def test_what_belongs_together_is_drawn_without_crossings():
    assert along(drawn(["ad", "bc"]), 1) == "dc"


def test_where_nothing_decides_the_title_does():
    boxes = [box("a", title="Zebra"), box("b", title="apple")]

    assert along(layout(boxes, []), 0) == "ba"


def test_a_group_stands_side_by_side_in_one_frame():
    picture = drawn(["ab", "ac", "ad"], b="g", d="g")

    assert along(picture, 1) in ("bdc", "cbd")
    (frame,) = picture.frames
    assert (frame.group, frame.layer) == ("g", 1)


def test_a_group_stands_in_one_layer_however_long_the_ways_to_it():
    picture = drawn(["ab", "bc", "ce", "de"], c="g", d="g")

    assert layers(picture) == {"a": 0, "b": 1, "c": 2, "d": 2, "e": 3}
    assert [(frame.group, frame.layer) for frame in picture.frames] == [("g", 2)]


def test_a_circle_ends():
    picture = drawn(["ab", "bc", "ca"])

    assert layers(picture) == {"a": 0, "b": 1, "c": 2}
    assert [(line.start, line.end) for line in picture.lines] == [("a", "b"), ("b", "c")]


def test_a_line_to_itself_or_to_nowhere_is_left_out():
    assert drawn([("a", "a")]).lines == ()
    assert layout([box("a")], [("a", "z")]).lines == ()


def test_nothing_gives_an_empty_picture():
    picture = layout([], [])

    assert (picture.boxes, picture.lines, picture.bands) == ((), (), ())


def test_a_box_stands_under_the_middle_of_what_leads_to_it():
    picture = drawn(["ac", "bc"])
    at = {box.key: box.middle for box in picture.boxes}

    assert at["c"] == pytest.approx((at["a"] + at["b"]) / 2, abs=0.2)


def test_a_straight_line_is_drawn_straight_and_ends_in_an_arrow():
    (line,) = drawn(["ab"]).lines
    (x, bottom), *_, (_, top) = line.points

    assert line.path.startswith(f"M{x} {bottom}V")
    assert "C" not in line.path
    assert line.arrow.startswith(f"{x},{top} ")
    assert top - bottom == Measures().way
