from hypothesis import given
from hypothesis import strategies as st

from careers.depths import comes_round, depths, leading_on

NUMBERS = st.integers(0, 7)
GROUPS = st.lists(st.sampled_from(["", "", "g", "h"]), min_size=8, max_size=8)
PAIRS = st.lists(st.tuples(NUMBERS, NUMBERS), unique=True, max_size=16).map(leading_on)


@given(GROUPS, PAIRS)
def test_every_pair_leads_deeper(groups, pairs):
    found = depths(groups, pairs)

    assert all(found[start] < found[end] for start, end in pairs)


@given(st.sampled_from(range(1, 8)), PAIRS)
def test_a_group_has_one_depth_unless_it_leads_back_to_itself(size, pairs):
    groups = ["g"] * size + [""] * (8 - size)
    as_one = {(0 if start < size else start, 0 if end < size else end) for start, end in pairs}

    found = depths(groups, pairs)

    assert (len(set(found[:size])) == 1) or comes_round(sorted(as_one))


@given(PAIRS)
def test_without_groups_a_step_is_one_deeper_than_the_deepest_before_it(pairs):
    found = depths([""] * 8, pairs)

    for step, depth in enumerate(found):
        assert depth == max([found[start] + 1 for start, end in pairs if end == step], default=0)


def test_a_group_is_as_deep_as_its_deepest():
    assert depths(["", "", "g", "g"], [(0, 1), (1, 2)]) == [0, 1, 2, 2]


def test_a_group_whose_steps_lead_on_to_each_other_stays_apart():
    assert depths(["g", "", "g"], [(0, 1), (1, 2)]) == [0, 1, 2]
    assert depths(["g", "g"], [(0, 1)]) == [0, 1]


def test_of_two_groups_that_lead_to_each_other_only_the_first_is_held_together():
    assert depths(["g", "g", "h", "h"], [(0, 2), (3, 1)]) == [1, 1, 2, 0]


def test_what_closes_a_circle_is_left_out():
    assert leading_on([(0, 1), (1, 2), (2, 0), (3, 3)]) == [(0, 1), (1, 2)]
    assert comes_round([(0, 1), (1, 0)])
