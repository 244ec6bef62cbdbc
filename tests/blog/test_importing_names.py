import pytest

from blog.importing.names import role_named, roles_in

ROLES = {
    "engineer": ("Engineer", "Data Engineer"),
    "ml-engineer": ("ML Engineer", "Machine Learning Engineer"),
    "data-engineer": ("Data Engineer", "Engineer", "+"),
}


SPELLINGS = ["ML Engineer", "ml engineers", " ML  Engineer ", "machine learning engineer"]


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_role_is_known_in_any_spelling(text):
    assert role_named(text, ROLES) == "ml-engineer"


def test_another_name_is_no_role():
    assert role_named("ML Engineering", ROLES) is None


def test_the_roles_of_a_title_come_in_its_order_the_longest_name_first():
    assert roles_in("Data Engineers vs. ML Engineer: a choice", ROLES) == ["data-engineer", "ml-engineer"]
    assert roles_in("Machine Learning Engineer or data engineer", ROLES) == ["ml-engineer", "data-engineer"]
    assert roles_in("Engineer or Data Engineer?", ROLES) == ["engineer", "data-engineer"]
    assert roles_in("Reengineering", ROLES) == []
