import csv
import io

import pytest

from careers.importing.esco import labels
from careers.importing.faults import FileFault
from careers.models import ExternalRecord, RoleSkill, RoleTitle, Skill
from tests.careers.imports import ESCO, altered, coded_role, reasons, replaced, run, verdicts
from tests.factories import SkillFactory

pytestmark = pytest.mark.django_db

URI = "http://data.europa.eu/esco"
FIRST = "00000001-0000-4000-8000-000000000000"


@pytest.fixture
def role():
    return coded_role(framework="isco-08", code="2511")


def test_an_isco_group_and_the_name_find_the_occupation(role):
    outcome = run("esco", ESCO)

    assert outcome.notes == ["“data scientist” fills the role “Data Scientist”."]
    assert [title.title for title in role.titles.all()] == ["data expert", "research data scientist"]


@pytest.mark.parametrize("code", ["2511.9", "00000003-0000-4000-8000-000000000000"])
def test_an_esco_code_finds_the_occupation_whatever_the_role_is_called(code):
    role = coded_role(framework="esco", code=code)

    run("esco", ESCO)

    assert {title.title for title in role.titles.all()} == {"systems planner", "planner of systems"}


def test_a_group_without_the_name_is_told_and_fills_nothing():
    coded_role("Cook", "C2511", framework="isco-08")

    outcome = run("esco", ESCO)

    assert "ISCO C2511 holds 3 occupations here, none of this name" in reasons(outcome)[-1]
    assert not RoleTitle.objects.exists()


def test_a_title_of_ours_names_the_occupation_too():
    role = coded_role("Number Person", "2511", framework="isco-08")
    RoleTitle.objects.create(role=role, title="Data–Analyst")

    run("esco", ESCO)

    assert role.titles.filter(title="report maker").exists()


def test_skills_that_the_role_needs_come_as_drafts_with_all_their_names(role):
    run("esco", ESCO)

    skill = Skill.objects.get(name="statistics")
    assert (skill.kind, skill.reuse_level, skill.status) == ("knowledge", "cross-sector", "draft")
    assert skill.aliases == ["science of numbers", "numbers, collected"]
    assert Skill.objects.get(name="ask data questions").aliases == ["question data", "interview data"]
    record = ExternalRecord.objects.get(fact_model="careers.Skill", fact_id=skill.pk)
    assert record.external_id == f"{URI}/skill/{FIRST}"


def test_skills_that_no_role_of_ours_needs_are_left_where_they_are(role):
    run("esco", ESCO)

    assert not Skill.objects.filter(name__contains="rice").exists()


def test_a_skill_that_we_have_gets_what_it_lacks_and_keeps_what_it_has(role):
    skill = SkillFactory(name="Cooking of rice", kind="skill", reuse_level="transversal")

    outcome = run("esco", ESCO)

    skill.refresh_from_db()
    assert (skill.aliases, skill.kind, skill.reuse_level) == (["rice"], "skill", "transversal")
    assert "Kept kind: the desk's own value; reuse_level: the desk's own value." in reasons(outcome, "locked")


def test_a_relation_fills_no_numbers_that_esco_does_not_know(role):
    outcome = run("esco", ESCO)

    assert not RoleSkill.objects.exists()
    assert "neither importance nor level" in reasons(outcome)[-1]


def test_a_relation_that_differs_from_the_desks_is_told_and_kept(role):
    skill = SkillFactory(name="statistics")
    RoleSkill.objects.create(role=role, skill=skill, importance=4, level=4, relation="optional")

    outcome = run("esco", ESCO)

    kept = next(row for row in outcome.rows if row.fact_model == "careers.RoleSkill")
    assert (kept.verdict, kept.changes) == ("locked", {"relation": ["optional", "essential"]})


def test_both_forms_of_the_relations_are_read(role, tmp_path):
    rows = list(csv.reader(io.StringIO((ESCO / "occupationSkillRelations_en.csv").read_text("utf-8-sig"))))
    older = io.StringIO()
    csv.writer(older).writerows([[row[0], *row[2:5]] for row in rows])

    run("esco", altered(tmp_path, ESCO, occupationSkillRelations_en_dot_csv=older.getvalue()))

    assert Skill.objects.count() == 3


def test_what_is_not_released_is_refused():
    coded_role("Old Trade", "2512", framework="isco-08")

    assert "Its status is “obsolete”, not released." in reasons(run("esco", ESCO))


@pytest.mark.parametrize(
    ("file", "before", "after", "reason"),
    [
        (
            "skills_en.csv",
            "knowledge,cross-sector,statistics",
            "attitude,cross-sector,statistics",
            "skillType “attitude”",
        ),
        ("skills_en.csv", "cross-sector,statistics", "everywhere,statistics", "reuseLevel “everywhere”"),
        ("occupationSkillRelations_en.csv", "essential", "vital", "relationType “vital”"),
        ("occupations_en.csv", f"{URI}/occupation/{FIRST}", "javascript:1", "is no address of ESCO"),
        ("skills_en.csv", "science of numbers", "science\0of", "no text"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_and_says_why(role, tmp_path, file, before, after, reason):
    outcome = run("esco", replaced(tmp_path, ESCO, file, (before, after)))

    assert any(reason in told for told in reasons(outcome))


def test_a_skill_that_a_relation_names_and_nobody_describes_is_told(role, tmp_path):
    folder = replaced(
        tmp_path, ESCO, "skills_en.csv", (f"skill/{FIRST}", "skill/0000000f-0000-4000-8000-000000000000")
    )

    assert "Its skill is not in skills_en.csv, or could not be used." in reasons(run("esco", folder))


def test_a_folder_that_lacks_a_table_is_refused(role, tmp_path):
    with pytest.raises(FileFault, match=r"There is no skills_en\.csv here"):
        run("esco", altered(tmp_path, ESCO, skills_en_dot_csv=None))


def test_the_same_again_changes_nothing(role):
    first, second = run("esco", ESCO), run("esco", ESCO)

    assert verdicts(second)["unchanged"] == verdicts(first)["created"]
    assert not {"created", "updated"} & set(verdicts(second))


def test_the_release_is_in_the_name_of_the_download(role, tmp_path):
    folder = altered(tmp_path, ESCO).rename(tmp_path / "ESCO dataset - v1.2.0 - classification - en - csv")

    outcome = run("esco", folder)

    assert outcome.run.release == "1.2.0"
    assert role.sources.get().title == "ESCO 1.2.0 classification, modified"


def test_several_names_are_parted_by_lines_or_bars_and_each_comes_once():
    assert labels("a\nb | B |  | a\r\n c") == ["a", "B", "c"]
