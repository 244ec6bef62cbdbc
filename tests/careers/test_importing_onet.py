from decimal import Decimal

import pytest

from careers.models import (
    FieldChange,
    ImportRun,
    RoleCode,
    RoleRelation,
    RoleSkill,
    RoleTitle,
    Skill,
    Technology,
)
from tests.careers.imports import (
    CODE,
    ONET_30_1,
    OTHER_CODE,
    altered,
    coded_role,
    reasons,
    replaced,
    run,
    verdicts,
)
from tests.factories import SkillFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    return coded_role()


def need(role, name):
    return RoleSkill.objects.get(role=role, skill__name=name)


# --- What is filled --------------------------------------------------------------------


def test_a_role_gets_what_its_occupation_has(role):
    run("onet", ONET_30_1)

    role.refresh_from_db()
    assert role.job_zone == 5
    titles = {title.title: title.kind for title in role.titles.all()}
    assert titles == {"Data Explorer": "alternate", "Model Keeper": "reported", "Numbers Person": "reported"}
    tasks = [(task.text[:8], task.kind, task.importance) for task in role.tasks.all()]
    assert tasks == [("Find out", "core", Decimal("4.31")), ("Explain ", "supplemental", None)]


def test_importance_and_level_are_joined_with_what_they_rest_on(role):
    run("onet", ONET_30_1)

    row = need(role, "Close Reading")
    assert (row.importance, row.level, row.basis) == (Decimal("3.88"), Decimal("4.12"), "imported")
    assert (row.sample_size, row.standard_error, row.is_suppressed) == (8, Decimal("0.2500"), False)


def test_what_matters_little_is_optional(role):
    run("onet", ONET_30_1)

    assert need(role, "Close Reading").relation == "essential"
    assert need(role, "Plain Writing").relation == "optional"


def test_what_the_source_would_not_show_is_marked(role):
    run("onet", ONET_30_1)

    assert need(role, "Weighing Systems").is_suppressed


def test_not_relevant_counts_as_not_to_be_shown_and_n_a_does_not():
    other = coded_role("Head", "11-1011.00")

    run("onet", ONET_30_1)

    assert need(other, "Programming").is_suppressed


def test_knowledge_is_a_skill_of_that_kind(role):
    run("onet", ONET_30_1)

    assert Skill.objects.get(name="Counting and Measuring").kind == "knowledge"


def test_a_new_skill_or_technology_is_a_draft_that_readers_do_not_see(role):
    run("onet", ONET_30_1)

    assert {*Skill.objects.values_list("status", flat=True)} == {"draft"}
    assert {*Technology.objects.values_list("status", flat=True)} == {"draft"}


def test_tools_come_with_their_flags_and_their_most_frequent_category(role):
    run("onet", ONET_30_1)

    python = Technology.objects.get(name="Python")
    assert (python.is_hot, python.kind, python.category) == (True, "tool", "Software for analysis")
    uses = {use.technology.name: (use.use, use.is_in_demand) for use in role.role_technologies.all()}
    assert uses == {
        "Python": ("common", True),
        "Sample Ledger": ("situational", False),
        "Table Maker": ("common", True),
    }


def test_of_categories_as_frequent_the_first_by_name_is_taken(role):
    run("onet", ONET_30_1)

    assert Technology.objects.get(name="Table Maker").category == "Software for analysis"


def test_roles_are_related_where_both_exist(role):
    other = coded_role("Data Analyst", OTHER_CODE)

    run("onet", ONET_30_1)

    assert [(r.from_role, r.to_role, r.tier, r.order) for r in RoleRelation.objects.order_by("order")] == [
        (role, other, "primary-short", 1),
        (other, role, "primary-short", 2),
    ]


def test_a_role_asked_for_alone_is_still_related_to_the_others(role):
    coded_role("Data Analyst", OTHER_CODE)

    run("onet", ONET_30_1, roles=["data-scientist"])

    assert [str(relation) for relation in RoleRelation.objects.all()] == ["Data Scientist → Data Analyst"]


def test_a_skill_we_have_under_another_spelling_is_used(role):
    skill = SkillFactory(name="close–reading", status="published")

    run("onet", ONET_30_1)

    assert RoleSkill.objects.filter(role=role, skill=skill).exists()
    skill.refresh_from_db()
    assert (skill.name, skill.status) == ("close–reading", "published")


def test_a_name_that_may_be_two_of_ours_is_refused(role):
    SkillFactory(name="One", aliases=["Close Reading"])
    SkillFactory(name="Two", aliases=["close reading"])

    outcome = run("onet", ONET_30_1)

    assert any("may be “One” and “Two”" in reason for reason in reasons(outcome))


# --- Whose value it is -----------------------------------------------------------------


def test_the_desks_own_judgement_stays_whole(role):
    skill = SkillFactory(name="Close Reading")
    RoleSkill.objects.create(role=role, skill=skill, importance=5, level=5)

    outcome = run("onet", ONET_30_1)

    row = need(role, "Close Reading")
    assert (row.importance, row.basis, row.sample_size, row.standard_error) == (5, "editorial", None, None)
    kept = next(row for row in outcome.rows if row.verdict == "locked")
    assert kept.changes["importance"] == ["5.00", "3.88"]
    assert "the desk's own value" in kept.reason


def test_an_editors_later_change_stays_and_a_later_release_is_told(role, tmp_path):
    run("onet", ONET_30_1)
    RoleSkill.objects.filter(skill__name="Close Reading").update(importance=2)

    newer = replaced(
        tmp_path, ONET_30_1, "Skills.txt", ("\tIM\t3.88", "\tIM\t4.44"), ("\tIM\t4.12", "\tIM\t4.50")
    )
    outcome = run("onet", newer)

    assert need(role, "Close Reading").importance == 2
    assert need(role, "Programming").importance == Decimal("4.50")
    assert verdicts(outcome)["locked"] == 1


def test_the_title_people_hold_follows_the_release(role, tmp_path):
    run("onet", ONET_30_1)

    run("onet", replaced(tmp_path, ONET_30_1, "Job Zones.txt", (f"{CODE}\t5", f"{CODE}\t4")))

    role.refresh_from_db()
    assert role.job_zone == 4


def test_the_same_release_again_changes_nothing(role):
    coded_role("Data Analyst", OTHER_CODE)
    first = run("onet", ONET_30_1)
    changes = FieldChange.objects.count()

    second = run("onet", ONET_30_1)

    assert verdicts(second) == {
        "unchanged": verdicts(first)["created"] + verdicts(first)["updated"],
        "rejected": verdicts(first)["rejected"],
    }
    assert FieldChange.objects.count() == changes


# --- Which role --------------------------------------------------------------------------


def test_only_exact_and_close_codes_fill_a_role():
    role = coded_role("Data Engineer", CODE, match="related")

    run("onet", ONET_30_1)

    assert not RoleTitle.objects.filter(role=role).exists()


def test_roles_that_share_a_code_are_refused_until_one_is_named(role):
    other = coded_role("Machine Learning Engineer")

    outcome = run("onet", ONET_30_1)
    assert "is the code of data-scientist and machine-learning-engineer" in reasons(outcome)[0]
    assert not RoleTitle.objects.exists()

    outcome = run("onet", ONET_30_1, roles=["machine-learning-engineer"])
    assert outcome.notes == ["15-2051.00 Sample Data Scientists fills the role “Machine Learning Engineer”."]
    assert {title.role for title in RoleTitle.objects.all()} == {other}


def test_a_code_that_this_release_has_not_is_told(role):
    RoleCode.objects.update(code="99-9999.00")

    assert "The code is not in this release." in reasons(run("onet", ONET_30_1))


def test_a_code_that_does_not_end_in_two_noughts_is_real():
    role = coded_role("Data Analyst", OTHER_CODE)

    run("onet", ONET_30_1)

    assert [title.title for title in role.titles.all()] == ["Report Builder", "Report Writer"]


# --- The account ---------------------------------------------------------------------------


def test_the_source_is_named_with_its_licence_where_readers_look(role):
    run("onet", ONET_30_1)

    source = role.sources.get()
    assert source.title == "O*NET 30.1 Database, CC BY 4.0, modified"
    assert "USDOL/ETA" in source.publisher
    assert "has not approved, endorsed, or tested these modifications" in source.note


def test_the_run_tells_release_licence_and_result(role):
    run("onet", ONET_30_1)

    told = ImportRun.objects.get()
    assert (told.release, told.file_name, told.is_dry_run, len(told.file_hash)) == (
        "30.1",
        "onet_30_1",
        False,
        64,
    )
    assert "CC BY 4.0" in told.licence
    assert len(told.licence) < 200
    assert told.counts["created"] == told.rows.filter(verdict="created").count() > 0


def test_the_release_can_be_told_by_hand(role, tmp_path):
    folder = altered(tmp_path, ONET_30_1).rename(tmp_path / "download")

    run("onet", folder, release="31.0")

    assert role.sources.get().title.startswith("O*NET 31.0")


def test_the_release_is_read_from_what_the_files_say_of_themselves(role, tmp_path):
    folder = altered(tmp_path, ONET_30_1).rename(tmp_path / "download")
    (folder / "Read Me.txt").write_text("The O*NET 30.2 Database\n")

    assert run("onet", folder).run.release == "30.2"


def test_the_history_of_the_role_tells_of_the_import(role):
    person = UserFactory()

    run("onet", ONET_30_1, by=person)

    change = FieldChange.objects.get(fact_model="careers.Role", fact_id=role.pk, field="job zone")
    assert (change.before, change.after, change.note) == ("", "5", "import O*NET 30.1")
    assert change.changed_by == person
