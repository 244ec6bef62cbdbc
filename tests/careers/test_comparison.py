from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.comparison import Facet, Item, RoleProfile, SkillNeed, address, compare

SKILLS = ["SQL", "Python", "Java", "Statistics", "Containers"]


def need(name: str, importance: int = 3, *, essential: bool = True) -> SkillNeed:
    return SkillNeed(name, f"/{name}/", Decimal(importance), Decimal(4), essential)


def facet(key: str, *texts: str) -> Facet:
    return Facet(key, key.capitalize(), tuple(Item(text) for text in texts))


def role(slug: str, *, facets=(), skills=()) -> RoleProfile:
    return RoleProfile(slug, slug.upper(), f"/{slug}/", tuple(facets), tuple(skills))


needs = st.lists(st.sampled_from(SKILLS), unique=True).flatmap(
    lambda names: st.tuples(*[st.builds(need, st.just(name), st.integers(1, 5)) for name in names])
)
profiles = st.lists(needs, min_size=2, max_size=4).map(
    lambda lists: [role(f"role-{number}", skills=skills) for number, skills in enumerate(lists)]
)


@given(profiles, st.randoms())
def test_the_order_of_the_roles_does_not_matter_for_what_they_share(roles, random):
    shuffled = random.sample(roles, len(roles))

    assert [row.name for row in compare(roles).shared] == [row.name for row in compare(shuffled).shared]


@given(profiles, st.randoms())
def test_the_order_of_the_roles_does_not_matter_for_what_is_their_own(roles, random):
    shuffled = random.sample(roles, len(roles))

    def own(ordered):
        return {each.role.slug: {need.name for need in each.skills} for each in compare(ordered).own}

    assert own(roles) == own(shuffled)


@given(profiles)
def test_every_skill_stands_in_exactly_one_place(roles):
    compared = compare(roles)

    found = [row.name for row in (*compared.shared, *compared.partly)]
    found += [need.name for own in compared.own for need in own.skills]
    assert sorted(found) == sorted({need.name for each in roles for need in each.skills})


@given(profiles)
def test_the_columns_keep_the_order_of_the_roles(roles):
    compared = compare(roles)

    for row in compared.shared:
        assert [need.importance for need in row.needs] == [
            next(need.importance for need in each.skills if need.name == row.name) for each in roles
        ]


@given(profiles)
def test_two_roles_never_share_partly(roles):
    assert compare(roles[:2]).partly == ()


def test_a_row_says_whether_the_roles_differ():
    compared = compare(
        [
            role("a", facets=[facet("tools", "Excel", "SQL"), facet("focus", "Data")]),
            role("b", facets=[facet("tools", "sql", "excel"), facet("focus", "People")]),
        ]
    )

    assert {row.key: row.differs for row in compared.rows} == {"tools": False, "focus": True}


def test_a_dimension_nobody_speaks_to_is_left_out():
    compared = compare([role("a", facets=[facet("tools")]), role("b", facets=[facet("tools")])])

    assert compared.rows == ()


def test_a_dimension_one_role_is_silent_about_keeps_an_empty_cell():
    (row,) = compare([role("a", facets=[facet("tools", "Excel")]), role("b")]).rows

    assert row.cells == ((Item("Excel"),), ())
    assert row.differs


def test_the_rows_keep_the_order_of_the_dimensions():
    facets = [facet("focus", "x"), facet("uses", "y"), facet("tools", "z")]

    assert [row.key for row in compare([role("a", facets=facets), role("b")]).rows] == [
        "focus",
        "uses",
        "tools",
    ]


def test_shared_skills_begin_with_what_matters_most():
    skills = [need("SQL", 2), need("Python", 5)]

    assert [row.name for row in compare([role("a", skills=skills), role("b", skills=skills)]).shared] == [
        "Python",
        "SQL",
    ]


def test_a_shared_skill_says_whether_the_roles_need_it_alike():
    a, b = [need("SQL", 2), need("Python")], [need("SQL", 4), need("Python")]

    rows = compare([role("a", skills=a), role("b", skills=b)]).shared

    assert {row.name: row.differs for row in rows} == {"SQL": True, "Python": False}


@pytest.mark.parametrize("slugs", [[], ["a"], ["a", "a"], ["a", "b", "a"], ["a", "b", "c", "d", "e"]])
def test_two_to_four_different_roles_can_be_compared(slugs):
    with pytest.raises(ValueError, match="2 to 4 different"):
        compare([role(slug) for slug in slugs])


@given(st.permutations(["a", "b", "c"]))
def test_a_comparison_has_one_address(slugs):
    assert address(slugs) == "a-vs-b-vs-c"
