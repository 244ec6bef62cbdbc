from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.layers import layout
from careers.models import PathwayEdge
from careers.pathway_picture import MOST_LINES, ROOM, WIDTH, box_of, breadth, picture, wrapped


@dataclass(frozen=True)
class Choice:
    key: str = "c"
    words: str = "Any 1 of 2"


@dataclass(frozen=True)
class Step:
    title: str
    status: object | None = None
    choice: Choice | None = None


def drawn(steps, lines=()):
    plan = layout([box_of(key, step, step.choice) for key, step in steps.items()], lines)
    return picture(plan, steps, dict.fromkeys(lines, PathwayEdge.Relation.REQUIRES))


@given(st.text())
def test_every_line_fits_and_there_are_never_too_many(text):
    lines = wrapped(text)

    assert 1 <= len(lines) <= MOST_LINES
    assert all(breadth(line) <= ROOM for line in lines)


@given(st.text(alphabet="abc XYZ", max_size=40))
def test_a_text_that_fits_loses_nothing(text):
    assert "".join(wrapped(text, most=99)).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("letter", ["W", "i", "語", "é"])
def test_a_word_without_end_is_broken_and_cut(letter):
    lines = wrapped(letter * 400)

    assert len(lines) == MOST_LINES
    assert lines[-1].endswith("…")
    assert not lines[0].endswith("…")


def test_words_stay_whole_where_they_can():
    assert wrapped("Certified Associate Data Analyst") == ["Certified Associate Data", "Analyst"]


def test_a_box_grows_with_its_text_and_its_status():
    plain = box_of("a", Step("Python"), None)

    assert plain.width == WIDTH
    assert box_of("a", Step("Python"), None).height == plain.height
    assert box_of("a", Step("Python and a good deal more than that"), None).height > plain.height
    assert box_of("a", Step("Python", status="Active"), None).height > plain.height


def test_all_text_is_within_its_box():
    found = drawn({"a": Step("A title that takes several lines to be written out in full", "Active")})
    (shape,) = found.shapes

    heights = [shape.kind_y, *(line.y for line in shape.lines), shape.status_y]
    assert heights == sorted(heights)
    assert shape.place.top < heights[0] - 10
    assert heights[-1] < shape.place.bottom
    assert all(later - earlier >= 14 for earlier, later in pairwise(heights))


def test_a_choice_has_a_frame_with_its_words():
    steps = {"a": Step("A", choice=Choice()), "b": Step("B", choice=Choice()), "z": Step("Z")}

    (group,) = drawn(steps).groups

    assert group.words == "Any 1 of 2"
    assert group.frame.width > 2 * WIDTH


def test_a_line_carries_its_relation():
    (arrow,) = drawn({"a": Step("A"), "b": Step("B")}, [("a", "b")]).arrows

    assert arrow.relation == PathwayEdge.Relation.REQUIRES


def test_the_stages_are_numbered_from_the_top():
    found = drawn({"a": Step("A"), "b": Step("B")}, [("a", "b")])

    assert [stage.text for stage in found.stages] == ["1", "2"]
    assert found.stages[0].y < found.stages[1].y


@pytest.mark.parametrize(("count", "is_wide"), [(3, False), (4, True)])
def test_more_boxes_beside_each_other_than_fit_beside_a_list_are_wide(count, is_wide):
    found = drawn({f"s{number}": Step(f"Step {number}") for number in range(count)})

    assert found.is_wide is is_wide
