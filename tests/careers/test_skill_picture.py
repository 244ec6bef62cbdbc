from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given

from careers.skill_picture import LONGEST, NARROW, WIDE, picture, pictures
from tests.careers.needs import lists_of_needs, need

STYLES = pytest.mark.parametrize("style", [WIDE, NARROW], ids=lambda style: style.name)


def test_a_role_without_skills_has_no_picture():
    assert pictures([]) == ()


def test_there_is_one_form_with_names_and_one_with_numbers():
    wide, narrow = pictures([need("python")])

    assert (wide.style, narrow.style) == (WIDE, NARROW)
    assert wide.points[0].label == "python"


@STYLES
def test_a_higher_level_is_further_right_and_more_importance_higher_up(style):
    easy, deep, minor = picture([need("a", 5, 2), need("b", 5, 6), need("c", 3, 2)], style).points

    assert easy.x == minor.x < deep.x
    assert easy.y == deep.y < minor.y


@STYLES
def test_a_point_on_its_own_is_where_its_values_say(style):
    drawn = picture([need("python", 4, 3)], style)
    (point,) = drawn.points

    assert point.x == next(tick.at for tick in drawn.levels if tick.value == 3)
    assert point.y == pytest.approx(next(band.middle for band in drawn.bands if band.value == 4), abs=0.6)


@STYLES
def test_points_at_one_spot_stand_above_each_other_in_their_band_and_keep_their_level(style):
    drawn = picture([need("a"), need("b"), need("c")], style)
    first, second, third = drawn.points

    assert first.x == second.x == third.x
    assert first.y < second.y < third.y
    assert {band.value for band in drawn.bands if band.points} == {int(first.need.importance)}


@STYLES
def test_an_importance_between_two_whole_numbers_is_in_the_band_of_the_nearer_one(style):
    drawn = picture([need("a", Decimal("4.5")), need("b", Decimal("4.49"))], style)

    assert [(band.value, [p.need.name for p in band.points]) for band in drawn.bands] == [
        (5, ["a"]),
        (4, ["b"]),
    ]


def test_a_name_stands_on_the_left_where_there_is_no_room_on_the_right():
    (point,) = picture([need("a name of a fair length for this", 5, 7)], WIDE).points

    assert point.is_left
    assert point.text_x < point.x


def test_a_very_long_name_is_cut_and_says_so():
    (point,) = picture([need("x" * 200)], WIDE).points

    assert len(point.label) == LONGEST
    assert point.label.endswith("…")


def test_numbers_follow_the_order_of_the_table():
    assert [p.number for p in picture([need("b"), need("a")], WIDE).points] == [1, 2]


def test_only_the_values_that_occur_are_on_the_axes():
    drawn = picture([need("a", 4, 4), need("b", 5, 5)], WIDE)

    assert [tick.value for tick in drawn.levels] == [3, 4, 5, 6]
    assert [band.value for band in drawn.bands] == [5, 4]


@pytest.mark.parametrize(("importance", "level"), [(1, 0), (5, 7), (1, 7), (5, 0)])
def test_the_ends_of_the_scales_are_on_the_picture(importance, level):
    drawn = picture([need("python", importance, level)], WIDE)

    assert drawn.levels[0].value <= level <= drawn.levels[-1].value
    assert drawn.bands[-1].value <= importance


# --- Properties -------------------------------------------------------------


@STYLES
@given(needs=lists_of_needs(min_size=1))
def test_no_name_and_no_point_covers_another(style, needs):
    boxes = [point.box for point in picture(needs, style).points]

    assert [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])] == []


@STYLES
@given(needs=lists_of_needs(min_size=1))
def test_everything_is_inside_the_picture(style, needs):
    drawn = picture(needs, style)

    for point in drawn.points:
        assert point.box.left >= 0
        assert point.box.right <= style.width
        assert point.box.top >= 0
        assert point.box.bottom <= drawn.floor
        assert point.box.left - 1 <= point.x + point.radius


@STYLES
@given(needs=lists_of_needs(min_size=1))
def test_every_skill_is_drawn_once_within_its_band_and_no_band_covers_another(style, needs):
    drawn = picture(needs, style)

    assert sorted(point.number for point in drawn.points) == list(range(1, len(needs) + 1))
    assert all(point.need == needs[point.number - 1] for point in drawn.points)
    assert all(upper.bottom <= lower.top for upper, lower in pairwise(drawn.bands))
    for band in drawn.bands:
        for point in band.points:
            assert band.top < point.y - point.radius < point.y + point.radius < band.bottom


@STYLES
@given(needs=lists_of_needs(min_size=1))
def test_the_same_skills_give_the_same_picture(style, needs):
    assert picture(needs, style) == picture(list(needs), style)
