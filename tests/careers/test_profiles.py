import pytest

from careers.comparison import Item
from careers.models import Dimension, Role, RoleDimensionValue, RoleSkill, RoleTechnology, Status
from careers.profiles import profiles
from tests.factories import RoleFactory, SkillFactory, TechnologyFactory

pytestmark = pytest.mark.django_db


def facets(role) -> dict[str, tuple[Item, ...]]:
    (found,) = profiles([Role.objects.with_profile().get(pk=role.pk)], list(Dimension.objects.all()))
    return {facet.key: facet.items for facet in found.facets}


def test_the_focus_is_read_from_the_role(dimensions):
    assert facets(RoleFactory(main_focus="Tables"))["main-focus"] == (Item("Tables"),)


def test_technologies_and_tools_are_read_from_what_the_role_uses_in_its_order(dimensions):
    role = RoleFactory()
    for order, (name, kind) in enumerate([("Spark", "tool"), ("streams", "technology"), ("Airflow", "tool")]):
        technology = TechnologyFactory(name=name, slug=name.lower(), kind=kind)
        RoleTechnology.objects.create(role=role, technology=technology, order=order)

    found = facets(role)

    assert found["technologies"] == (Item("streams", "/careers/technologies/streams/"),)
    assert [item.text for item in found["typical-tools"]] == ["Spark", "Airflow"]


def test_other_dimensions_are_read_from_the_roles_own_answers():
    dimension = Dimension.objects.create(key="uses", label="Uses", value_kind="text_list")
    role = RoleFactory()
    RoleDimensionValue.objects.create(role=role, dimension=dimension, items=["a", "b"])
    RoleDimensionValue.objects.create(role=RoleFactory(), dimension=dimension, items=["c"])

    assert facets(role)["uses"] == (Item("a"), Item("b"))


def test_a_role_without_an_answer_says_nothing(dimensions):
    assert facets(RoleFactory())["typical-tools"] == ()


def test_drafts_are_left_out(dimensions):
    role = RoleFactory()
    tool = TechnologyFactory(status=Status.DRAFT)
    RoleTechnology.objects.create(role=role, technology=tool)
    skill = SkillFactory(status=Status.DRAFT)
    RoleSkill.objects.create(role=role, skill=skill, importance=3, level=3)

    (found,) = profiles([Role.objects.with_profile().get()], list(Dimension.objects.all()))

    assert found.skills == ()
    assert all(tool.name != item.text for facet in found.facets for item in facet.items)


def test_a_need_keeps_importance_level_and_relation():
    role = RoleFactory()
    RoleSkill.objects.create(
        role=role, skill=SkillFactory(name="SQL"), importance="4.5", level=6, relation="optional"
    )

    (found,) = profiles(Role.objects.with_profile(), [])

    (need,) = found.skills
    assert (need.name, str(need.importance), need.level, need.is_essential) == ("SQL", "4.50", 6, False)


def test_a_skill_that_its_source_would_not_show_is_not_shown():
    role = RoleFactory()
    for name, is_suppressed in [("Shown", False), ("Kept back", True)]:
        skill = SkillFactory(name=name)
        RoleSkill.objects.create(role=role, skill=skill, importance=4, level=4, is_suppressed=is_suppressed)

    (found,) = profiles([Role.objects.with_profile().get()], [])

    assert [need.name for need in found.skills] == ["Shown"]
