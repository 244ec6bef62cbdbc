from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.comparison import RoleProfile
from careers.gaps import both_ways, gap, moves
from careers.models import Role
from careers.profiles import profiles
from careers.transfer import load
from tests.careers.needs import importances, levels, lists_of_needs, names, need


def missing(here, there):
    return [(row.need.name, row.held) for row in gap(here, there).missing]


# --- The arithmetic ---------------------------------------------------------


def test_each_skill_counts_by_its_importance_and_as_far_as_the_level_reaches():
    here = [need("python", level=5), need("statistics", level=2)]
    there = [need("python", 5, 4), need("statistics", 4, 4), need("sql", 1, 3)]

    assert gap(here, there).share == Decimal("0.7")


def test_more_than_is_asked_for_counts_no_more():
    assert gap([need("python", level=7)], [need("python", level=3), need("sql")]).share == Decimal("0.5")


def test_what_is_optional_there_is_not_asked_for():
    there = [need("python"), need("java", essential=False)]

    assert gap([need("python")], there).share == 1


def test_what_is_optional_here_is_there_all_the_same():
    assert gap([need("python", essential=False)], [need("python")]).share == 1


def test_a_role_that_asks_for_nothing_has_no_share():
    result = gap([need("python")], [need("java", essential=False)])

    assert (result.share, result.percent, result.missing) == (None, None, ())


def test_from_nothing_everything_is_missing():
    result = gap([], [need("python"), need("sql")])

    assert (result.share, result.percent, result.covered, result.asked) == (0, 0, 0, 2)


def test_having_a_skill_at_all_is_enough_for_level_nought():
    there = [need("python", level=0)]

    assert gap([need("python", level=0)], there).share == 1
    assert gap([], there).share == 0


# --- What is missing --------------------------------------------------------


def test_what_matters_most_and_is_furthest_away_comes_first():
    here = [need("statistics", level=3)]
    there = [need("sql", 2, 4), need("statistics", 5, 4), need("python", 5, 5), need("excel", 5, 1)]

    assert missing(here, there) == [("python", None), ("sql", None), ("excel", None), ("statistics", 3)]


def test_of_equal_weight_the_name_decides():
    assert missing([], [need("b"), need("A"), need("c")]) == [("A", None), ("b", None), ("c", None)]


def test_a_skill_at_a_lower_level_is_missing_in_part_and_says_what_is_held():
    (row,) = gap([need("python", level="2.5")], [need("python", 4, 5)]).missing

    assert (row.held, row.level_gap, row.weight) == (Decimal("2.5"), Decimal("2.5"), Decimal(10))


@pytest.mark.parametrize(
    ("held", "asked", "percent"), [("6.99", "7", 99), ("0.01", "7", 1), ("7", "7", 100), ("3.5", "7", 50)]
)
def test_nearly_all_is_never_all_and_nearly_nothing_never_nothing(held, asked, percent):
    assert gap([need("python", level=held)], [need("python", level=asked)]).percent == percent


# --- The demo facts ---------------------------------------------------------


@pytest.fixture(scope="module")
def demo_facts(for_the_module):
    for_the_module(load)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("here", "there", "percent"),
    [
        ("generative-ai-engineer", "machine-learning-engineer", 32),
        ("machine-learning-engineer", "generative-ai-engineer", 28),
        ("python-developer", "generative-ai-engineer", 28),
        ("java-backend-developer", "generative-ai-engineer", 12),
    ],
)
def test_the_facts_give_the_known_figures(demo_facts, here, there, percent):
    found = {row.slug: row.skills for row in profiles(Role.objects.with_profile(), [])}

    assert gap(found[here], found[there]).percent == percent


# --- Properties -------------------------------------------------------------


@given(lists_of_needs(min_size=1))
def test_from_a_role_to_itself_nothing_is_missing(needs):
    needs[0] = replace(needs[0], is_essential=True)

    assert (gap(needs, needs).share, gap(needs, needs).missing) == (1, ())


@given(lists_of_needs(), lists_of_needs())
def test_a_share_lies_between_nothing_and_all(here, there):
    share = gap(here, there).share

    assert share is None or 0 <= share <= 1


@given(st.data(), lists_of_needs(), lists_of_needs())
def test_the_order_of_skills_changes_nothing(data, here, there):
    shuffled = gap(data.draw(st.permutations(here)), data.draw(st.permutations(there)))

    # Decimals are rounded as they are added up: the last of 28 digits may depend on the order.
    assert shuffled.missing == gap(here, there).missing
    assert round(shuffled.share or 0, 20) == round(gap(here, there).share or 0, 20)


@given(lists_of_needs(), lists_of_needs(), names, importances, levels)
def test_learning_more_never_lowers_the_share(here, there, name, importance, level):
    held = {row.name: row.level for row in here}
    learned = need(name, importance, max(level, held.get(name, Decimal(0))))
    more = [*(row for row in here if row.name != name), learned]

    assert (gap(more, there).share or 0) >= (gap(here, there).share or 0)


@given(lists_of_needs(), lists_of_needs())
def test_the_share_is_one_exactly_when_nothing_is_missing(here, there):
    result = gap(here, there)

    assert result.share is None or (result.share == 1) is (result.missing == ())


@given(lists_of_needs(), lists_of_needs())
def test_the_share_is_what_plain_fractions_give(here, there):
    held = {row.name: row.level for row in here}
    asked = [row for row in there if row.is_essential]
    whole = sum(Fraction(row.importance) for row in asked)
    covered = sum(
        Fraction(row.importance)
        * (min(Fraction(1), Fraction(held[row.name]) / Fraction(row.level)) if row.level else 1)
        for row in asked
        if row.name in held
    )

    assert float(gap(here, there).share or 0) == pytest.approx(float(covered / whole) if whole else 0)


# --- Moves ------------------------------------------------------------------


def role(slug, *needs):
    return RoleProfile(slug, slug.title(), f"/{slug}/", skills=needs)


def test_a_move_names_where_it_leads_and_how_much_is_there():
    here, there = role("cook", need("knives", 5, 5)), role("chef", need("knives", 5, 5), need("menus", 5, 5))

    (move,) = moves(here, [there])

    assert (move.name, move.url, move.gap.percent) == ("Chef", "/chef/", 50)


def test_between_roles_every_way_is_told_once():
    roles = [role("a"), role("b"), role("c")]

    assert [(here.slug, move.slug) for here, move in both_ways(roles)] == [
        *[("a", "b"), ("a", "c")],
        *[("b", "a"), ("b", "c")],
        *[("c", "a"), ("c", "b")],
    ]
