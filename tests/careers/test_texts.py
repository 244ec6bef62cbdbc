import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from careers.models import Skill
from careers.texts import LinesField, validate_texts

lists = st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20))


@given(lists)
def test_a_list_shown_one_a_line_comes_back_the_same(texts):
    field = LinesField(required=False)

    assert field.clean(field.prepare_value(texts)) == texts


def test_empty_lines_and_spaces_round_a_line_are_dropped():
    assert LinesField().clean("  LLM \r\n\r\n large model\n ") == ["LLM", "large model"]


def test_a_list_that_must_not_be_empty_is_asked_for():
    with pytest.raises(ValidationError):
        LinesField(required=True).clean(" \n ")


@pytest.mark.parametrize(
    ("initial", "typed", "changed"), [(["a"], "a\n", False), (["a"], "b", True), (None, "", False)]
)
def test_only_a_real_change_counts(initial, typed, changed):
    assert LinesField(required=False).has_changed(initial, typed) is changed


@pytest.mark.parametrize("value", ["text", {"a": 1}, [1], [""], ["  "], [None], None])
def test_anything_but_a_list_of_texts_is_refused(value):
    with pytest.raises(ValidationError):
        validate_texts(value)


def test_the_field_edits_as_lines_and_stores_as_a_list(db):
    field = Skill._meta.get_field("aliases")
    assert isinstance(field.formfield(), LinesField)

    skill = Skill.objects.create(name="SQL", slug="sql", aliases=["Structured Query Language"])

    skill.refresh_from_db()
    assert skill.aliases == ["Structured Query Language"]
