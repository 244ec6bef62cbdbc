from decimal import Decimal

import pytest

from careers.importing.faults import FileFault
from careers.models import ImportRun, RoleRelation, RoleSkill, RoleTask, RoleTechnology, RoleTitle, Technology
from tests.careers.imports import (
    CODE,
    ONET_30_1,
    ONET_30_3,
    OTHER_CODE,
    altered,
    coded_role,
    only,
    reasons,
    replaced,
    run,
    verdicts,
)

pytestmark = pytest.mark.django_db

HEAD = "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value"


@pytest.fixture
def role():
    return coded_role()


def need(role, name):
    return RoleSkill.objects.get(role=role, skill__name=name)


def ratings(*rows):
    return "\n".join([HEAD, *("\t".join([CODE, *row]) for row in rows)]) + "\n"


# --- Both namings --------------------------------------------------------------------------


def test_release_30_3_says_the_same_under_its_own_names(role):
    run("onet", ONET_30_3)

    assert need(role, "Close Reading").importance == Decimal("3.88")
    assert need(role, "Programming").level == Decimal("4.75")
    assert {title.title for title in role.titles.all()} == {"Data Explorer", "Model Keeper"}
    assert Technology.objects.get(name="Python").category == "Software for analysis"
    assert RoleTechnology.objects.get(role=role, technology__name="Python").is_in_demand


def test_the_new_names_continue_what_the_old_began(role):
    run("onet", ONET_30_1)

    outcome = run("onet", ONET_30_3, accept_shrink=True)

    assert "created" not in verdicts(outcome)


def test_a_bad_row_of_another_occupation_gives_no_tool_its_category(role, tmp_path):
    rows = "".join(f"11-1011.00\tPython\t1\ta\0{number}\tY\tN\n" * 9 for number in range(2))
    head = "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\n"
    ours = f"{CODE}\tPython\t1\tLanguages\tY\tN\n"

    outcome = run("onet", only(tmp_path, "Technology Skills.txt", head + rows + ours))

    assert reasons(outcome) == []
    assert Technology.objects.get().category == "Languages"


@pytest.mark.parametrize("name", ["Software Skills.txt", "Essential Skills.txt", "Job Titles.txt"])
def test_a_folder_with_both_names_of_a_table_is_refused(role, tmp_path, name):
    folder = altered(tmp_path, ONET_30_1)
    (folder / name).write_bytes((ONET_30_3 / name).read_bytes())

    with pytest.raises(FileFault, match="are the same table of two releases"):
        run("onet", folder)

    assert not ImportRun.objects.exists()


def test_half_of_a_table_that_was_parted_is_refused(role, tmp_path):
    with pytest.raises(FileFault, match=r"“Transferable Skills\.txt” is missing"):
        run("onet", altered(tmp_path, ONET_30_3, Transferable__Skills_dot_txt=None))


def test_a_folder_of_something_else_is_refused(role, tmp_path):
    with pytest.raises(FileFault, match="no table of the O\\*NET database"):
        run("onet", only(tmp_path, "notes.txt", "x"))


# --- Rows that cannot be used --------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("2.A", "Reading", "IM", "6.00"), "is no number from 1 to 5"),
        (("2.A", "Reading", "IM", "NaN"), "is no number"),
        (("2.A", "Reading", "IM", "1e999"), "is no number"),
        (("2.A", "Reading", "IM", "n/a"), "has not both an importance and a level"),
        (("2.A", "Reading", "IM", "3.00"), "has not both an importance and a level"),
        (("2.A", "Rea\0ding", "IM", "3.00"), "no text"),
        (("2.A", "x" * 300, "IM", "3.00"), "longer than 200"),
        (("2.A" * 9, "Reading", "IM", "3.00"), "longer than 20"),
    ],
)
def test_a_rating_that_makes_no_sense_is_refused_and_says_why(role, tmp_path, row, reason):
    outcome = run("onet", only(tmp_path, "Skills.txt", ratings(row)))

    assert reason in reasons(outcome)[0]
    assert outcome.rows[1].place == "Skills.txt, line 2"
    assert not RoleSkill.objects.exists()


def test_a_rating_that_is_there_twice_is_refused_once(role, tmp_path):
    rows = [("2.A", "Reading", "IM", "3"), ("2.A", "Reading", "LV", "2"), ("2.A", "Reading", "IM", "5")]

    outcome = run("onet", only(tmp_path, "Skills.txt", ratings(*rows)))

    assert reasons(outcome) == ["It repeats an earlier row of the same scale."]
    assert need(role, "Reading").importance == 3


def test_rows_of_other_occupations_are_passed_over_however_bad(role, tmp_path):
    bad = f"{HEAD}\n11-1011.00\tx\tx\tIM\tNaN\n"

    assert reasons(run("onet", only(tmp_path, "Skills.txt", bad))) == []


def test_a_lacking_column_refuses_the_file_before_anything_is_done(role, tmp_path):
    folder = replaced(tmp_path, ONET_30_1, "Related Occupations.txt", ("Relatedness Tier", "Tier"))

    with pytest.raises(FileFault, match="lacks the column “Relatedness Tier”"):
        run("onet", folder)

    assert not RoleTitle.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_tier_nobody_knows_is_refused(role, tmp_path):
    coded_role("Data Analyst", OTHER_CODE)
    folder = replaced(tmp_path, ONET_30_1, "Related Occupations.txt", ("Primary-Short", "Nearest"))

    outcome = run("onet", folder)

    assert not RoleRelation.objects.exists()
    assert any("nearest" in reason for reason in reasons(outcome))


def test_a_word_of_a_file_does_no_harm_in_the_message_that_repeats_it(role, tmp_path):
    coded_role("Data Analyst", OTHER_CODE)
    folder = replaced(tmp_path, ONET_30_1, "Related Occupations.txt", ("Primary-Short", "\0\x1b[2J"))

    told = reasons(run("onet", folder))

    assert any("[2j" in reason for reason in told)
    assert all(reason.isprintable() for reason in told)


def test_a_task_not_yet_sorted_is_refused(role):
    assert "The task is neither Core nor Supplemental yet." in reasons(run("onet", ONET_30_1))
    assert not RoleTask.objects.filter(text__startswith="Keep notes").exists()
