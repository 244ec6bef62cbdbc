import zipfile
from unittest.mock import patch

import pytest

from careers.importing.faults import FileFault
from careers.importing.proposing import Proposals
from careers.models import (
    ExternalRecord,
    FieldChange,
    ImportRow,
    ImportRun,
    Role,
    RoleTitle,
    Skill,
    Source,
    Technology,
)
from tests.careers.imports import CODE, LEARN, ONET_30_1, altered, coded_role, run, verdicts
from tests.factories import ProviderFactory

pytestmark = pytest.mark.django_db

TITLES = "Alternate__Titles_dot_txt"
HEAD = "O*NET-SOC Code\tAlternate Title\n"


@pytest.fixture
def role():
    return coded_role()


def titles(tmp_path, *names):
    return altered(tmp_path, ONET_30_1, **{TITLES: HEAD + "".join(f"{CODE}\t{name}\n" for name in names)})


def facts():
    models = [Role, RoleTitle, Skill, Technology, Source, ExternalRecord, FieldChange]
    return {model: sorted(map(repr, model.objects.values_list())) for model in models}


def test_a_dry_run_writes_nothing_but_its_account(role):
    before = facts()

    outcome = run("onet", ONET_30_1, commit=False)

    assert facts() == before
    assert ImportRun.objects.get().is_dry_run
    assert ImportRow.objects.count() == len(outcome.rows)


def test_a_dry_run_tells_what_the_commit_then_does(role):
    dry = run("onet", ONET_30_1, commit=False)
    wet = run("onet", ONET_30_1)

    assert verdicts(dry) == verdicts(wet)
    assert [(row.place, row.verdict, row.changes) for row in dry.rows] == [
        (row.place, row.verdict, row.changes) for row in wet.rows
    ]


def test_a_dry_run_points_at_nothing_that_was_not_made(role):
    run("onet", ONET_30_1, commit=False)

    assert not ImportRow.objects.filter(verdict="created", fact_id__isnull=False).exists()


def test_of_dry_runs_only_the_last_is_kept_and_commits_all_are(role):
    for commit in (False, True, False, True, False):
        run("onet", ONET_30_1, commit=commit)

    assert list(ImportRun.objects.order_by("pk").values_list("is_dry_run", flat=True)) == [False, False, True]


def test_a_mistake_half_way_leaves_nothing_half_done(role):
    before = facts()

    with patch.object(Proposals, "close", side_effect=RuntimeError), pytest.raises(RuntimeError):
        run("onet", ONET_30_1)

    assert facts() == before
    assert not ImportRun.objects.exists()


def test_a_file_that_lost_much_is_refused_and_nothing_is_done(role, tmp_path):
    run("onet", titles(tmp_path, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    before = facts()

    with pytest.raises(FileFault, match=r"rows of the last import are gone, such as .*--accept-shrink"):
        run("onet", titles(tmp_path, "A", "New"))

    assert facts() == before


def test_a_loss_that_is_meant_is_accepted_and_deletes_nothing(role, tmp_path):
    run("onet", titles(tmp_path, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"))

    outcome = run("onet", titles(tmp_path, "A"), accept_shrink=True)

    assert len(outcome.gone) == outcome.run.counts["gone"] == 25
    assert role.titles.filter(title="Z").exists()


def test_a_small_loss_needs_no_word(role, tmp_path):
    run("onet", titles(tmp_path, *"ABCDEFGHIJ"))

    assert len(run("onet", titles(tmp_path, *"ABCDEFGHI")).gone) == 1


def test_another_role_is_no_loss_of_the_first(role):
    coded_role("Machine Learning Engineer")
    run("onet", ONET_30_1, roles=["data-scientist"])

    assert run("onet", ONET_30_1, roles=["machine-learning-engineer"]).gone == ()
    assert run("onet", ONET_30_1, roles=["data-scientist"]).gone == ()


def test_a_catalogue_of_one_file_is_compared_as_a_whole(tmp_path):
    ProviderFactory(slug="microsoft", name="Microsoft")
    run("microsoft-learn", LEARN)
    path = tmp_path / "catalogue.json"
    path.write_text('{"certifications": []}')

    with pytest.raises(FileFault, match="12 of 12 rows"):
        run("microsoft-learn", path)


def test_a_locked_field_is_kept_with_the_reason(role):
    run("onet", ONET_30_1)
    record = ExternalRecord.objects.get(fact_model="careers.Role", fact_id=role.pk)
    record.locked_fields = ["job_zone"]
    record.save()
    Role.objects.update(job_zone=None)

    outcome = run("onet", ONET_30_1)

    role.refresh_from_db()
    assert role.job_zone is None
    locked = ImportRow.objects.get(run=outcome.run, verdict="locked")
    assert locked.reason == "Kept job_zone: locked by an editor."
    assert locked.changes == {"job_zone": [None, 5]}


def test_a_zip_is_read_like_its_folder(role, tmp_path):
    path = tmp_path / "db_30_1_text.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in ONET_30_1.iterdir():
            packed.write(file, f"db_30_1_text/{file.name}")

    run("onet", path)

    assert role.titles.count() == 3
    assert ImportRun.objects.filter(is_dry_run=False).get().release == "30.1"


def test_the_order_of_rows_makes_no_difference(role, tmp_path):
    text = (ONET_30_1 / "Skills.txt").read_text()
    head, *rows = text.splitlines()
    backwards = "\n".join([head, *reversed(rows)]) + "\n"
    run("onet", ONET_30_1)

    outcome = run("onet", altered(tmp_path, ONET_30_1, Skills_dot_txt=backwards))

    assert not {"created", "updated", "locked"} & set(verdicts(outcome))
