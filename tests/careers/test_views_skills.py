from datetime import date

import pytest

from careers.models import ExamVersion, RoleSkill, Status
from tests.careers.shown import data, words
from tests.factories import ArticleFactory, CredentialFactory, ExamVersionFactory, RoleFactory, SkillFactory

pytestmark = pytest.mark.django_db
PAGE = "/careers/skills/sql/"


@pytest.fixture
def sql():
    return SkillFactory(name="SQL", slug="sql", summary="Asking databases.")


def test_a_skill_stands_between_the_wider_and_the_narrower_ones(client, sql):
    sql.parent = SkillFactory(name="Databases")
    sql.save()
    SkillFactory(name="Window functions", parent=sql)
    SkillFactory(name="Secret part", parent=sql, status=Status.DRAFT)
    page = words(client.get(PAGE))

    assert "Part of Databases In detail Window functions" in page
    assert "Secret" not in page


def test_a_wider_skill_that_is_a_draft_is_not_named(client, sql):
    sql.parent = SkillFactory(name="Secret whole", status=Status.DRAFT)
    sql.save()

    assert "Secret" not in words(client.get(PAGE))
    assert "Part of" not in words(client.get(PAGE))


def test_roles_come_by_importance_and_what_too_few_were_asked_for_not_at_all(client, sql):
    for name, importance, hidden in [("Minor", 2, False), ("Major", 5, False), ("Rumour", 4, True)]:
        RoleSkill.objects.create(
            role=RoleFactory(name=name), skill=sql, importance=importance, level=3, is_suppressed=hidden
        )
    page = words(client.get(PAGE))

    assert page.index("Major") < page.index("Minor")
    assert "Rumour" not in page


def test_what_is_retired_makes_room_for_its_successor(client, sql):
    old = ExamVersionFactory(
        credential__name="Old", status=ExamVersion.Status.RETIRED, last_exam_on=date(2026, 3, 31)
    ).credential
    old.skills.add(sql)
    heir = ExamVersionFactory(credential__name="Heir", credential__level="expert").credential
    old.replaced_by.add(heir)
    page = words(client.get(PAGE))

    assert "Expert Heir" in page
    assert "Replaces Old, retired 31 March 2026." in page


def test_a_skill_that_nothing_covers_and_no_role_asks_for_says_both(client, sql):
    page = words(client.get(PAGE))

    assert "No role in the catalogue asks for it yet." in page
    assert "Which certification covers it is not known." in page


def test_a_skill_leads_to_the_articles_that_show_it(client, sql):
    block = '<careers-block data-kind="certifications" data-by="skill" data-ref="sql"></careers-block>'
    ArticleFactory(title="How to query", body=block)

    assert "How to query" in words(client.get(PAGE))


def test_the_list_counts_public_roles_and_certifications_once_each(client, sql):
    for status in (Status.PUBLISHED, Status.DRAFT):
        RoleSkill.objects.create(role=RoleFactory(status=status), skill=sql, importance=4, level=4)
        for _ in range(2):
            CredentialFactory(status=status).skills.add(sql)

    assert "SQL 1 role, 2 certifications Asking databases." in words(client.get("/careers/skills/"))


def test_machines_read_the_skill_as_it_is_shown(client, sql):
    ExamVersionFactory(credential__name="Query Master").credential.skills.add(sql)
    term, rows, trail = data(client.get(PAGE))

    assert (term["@type"], term["name"], term["description"]) == ("DefinedTerm", "SQL", "Asking databases.")
    assert [row["name"] for row in rows["itemListElement"]] == ["Query Master"]
    assert [step["name"] for step in trail["itemListElement"]] == ["Home", "Careers", "Skills", "SQL"]


def test_ten_of_everything_cost_what_two_cost(client, count_queries):
    for slug, count in (("two", 2), ("ten", 10)):
        skill = SkillFactory(slug=slug)
        for _ in range(count):
            RoleSkill.objects.create(role=RoleFactory(), skill=skill, importance=4, level=4)
            SkillFactory(parent=skill)
            retired = ExamVersionFactory(status=ExamVersion.Status.RETIRED).credential
            retired.replaced_by.add(ExamVersionFactory().credential)
            retired.skills.add(skill)

    two, ten = (count_queries(client, f"/careers/skills/{slug}/") for slug in ("two", "ten"))

    assert two == ten
