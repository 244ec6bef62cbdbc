import pytest

from careers.models import RoleSkill
from careers.skill_table import HEADER, lines
from tests.factories import RoleFactory, SkillFactory


@pytest.fixture
def make_need(db):
    def make(role="Role", **values) -> RoleSkill:
        values = {"importance": "4.50", "level": 5, **values}
        role, skill = RoleFactory(name=role), SkillFactory(name=f"Skill of {role}")
        return RoleSkill.objects.create(role=role, skill=skill, **values)

    return make


def test_a_need_is_a_line_with_both_names_and_numbers(make_need):
    need = make_need(relation="optional")

    names = ("Role", need.role.slug, "Skill of Role", need.skill.slug)
    assert lines() == [HEADER, (*names, "optional", 4.5, 5, "editorial")]


def test_what_is_no_number_to_show_or_no_public_page_is_left_out(make_need):
    make_need("Shown")
    make_need("Suppressed", is_suppressed=True)
    for draft in (make_need("Draft role").role, make_need("Of a draft skill").skill):
        draft.status = "draft"
        draft.save()

    assert [line[0] for line in lines()[1:]] == ["Shown"]


def test_lines_are_in_the_order_of_names(make_need):
    for name in ("B", "C", "A"):
        make_need(name)

    assert [line[0] for line in lines()[1:]] == ["A", "B", "C"]


def test_one_query_is_enough_for_ten(make_need, django_assert_num_queries):
    for number in range(10):
        make_need(f"Role {number}")

    with django_assert_num_queries(1):
        lines()
