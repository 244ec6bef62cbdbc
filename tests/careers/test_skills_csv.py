import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.models import RoleSkill
from careers.skills_csv import HEADER, harmless, table, written
from tests.factories import RoleFactory, SkillFactory

texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))


@pytest.fixture
def make_need(db):
    def make(role="Role", **values) -> RoleSkill:
        values = {"importance": "4.50", "level": 5, **values}
        role, skill = RoleFactory(name=role), SkillFactory(name=f"Skill of {role}")
        return RoleSkill.objects.create(role=role, skill=skill, **values)

    return make


def lines():
    return list(csv.reader(StringIO(table(), newline="")))


def test_a_need_is_a_line_with_both_names_and_numbers(make_need):
    need = make_need(relation="optional")

    header, line = lines()
    assert header == list(HEADER)
    expected = ["Role", need.role.slug, "Skill of Role", need.skill.slug, "optional", "4.5", "5", "editorial"]
    assert line == expected


def test_what_is_no_number_to_show_or_no_public_page_is_left_out(make_need):
    make_need("Shown")
    make_need("Suppressed", is_suppressed=True)
    hidden = make_need("Draft role").role
    hidden.status = "draft"
    hidden.save()
    skill = make_need("Of a draft skill").skill
    skill.status = "draft"
    skill.save()

    assert [line[0] for line in lines()[1:]] == ["Shown"]


def test_lines_end_as_the_standard_says_and_commas_are_quoted(make_need):
    make_need('A, "B"')

    assert table().startswith(",".join(HEADER) + "\r\n")
    assert '"A, ""B""",' in table()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_that_a_spreadsheet_would_work_out_is_made_text(make_need, start):
    make_need(f'{start}HYPERLINK("https://evil.example")')

    assert lines()[1][0].startswith(f"'{start}")


@given(st.lists(st.lists(texts, min_size=1), min_size=1))
def test_whatever_is_written_reads_back(rows):
    read = list(csv.reader(StringIO(written(rows), newline="")))

    assert read == [[harmless(cell) for cell in row] for row in rows]


def test_the_same_number_of_queries_for_two_needs_and_for_ten(make_need, django_assert_num_queries):
    for number in range(10):
        make_need(f"Role {number}")

    with django_assert_num_queries(1):
        table()
