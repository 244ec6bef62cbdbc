import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from careers.models import ExternalRecord, ImportRow, ImportRun, Skill
from tests.careers.imports import ONET_30_1, coded_role, run
from tests.factories import LONG_AGO, SkillFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    person = UserFactory()
    person.groups.add(Group.objects.get(name="publisher"))
    client.force_login(person)
    return client


def record_of(skill, **values):
    told = {"system": "onet", "external_id": f"2.A.{skill.pk}", "fact_model": "careers.Skill"}
    return ExternalRecord.objects.create(**told, fact_id=skill.pk, seen_at=LONG_AGO, **values)


def page(client, name, *args, **sent):
    return client.get(reverse(f"admin:careers_{name}", args=args), sent)


def test_a_run_leads_to_its_rows_by_verdict(desk):
    coded_role()
    outcome = run("onet", ONET_30_1)

    text = page(desk, "importrun_change", outcome.run.pk).content.decode()

    address = reverse("admin:careers_importrow_changelist")
    assert f"{address}?run__id__exact={outcome.run.pk}&amp;verdict__exact=created" in text
    assert f"Created ({outcome.run.counts['created']})" in text
    assert "CC BY 4.0" in text


def test_rows_can_be_had_by_verdict(desk):
    coded_role()
    outcome = run("onet", ONET_30_1)

    sent = {"run__id__exact": outcome.run.pk, "verdict__exact": "rejected"}
    text = page(desk, "importrow_changelist", **sent).content.decode()

    assert "neither Core nor Supplemental yet" in text
    assert "Model Keeper" not in text


def test_a_row_shows_before_and_after_and_leads_to_its_fact(desk):
    coded_role()
    run("onet", ONET_30_1)
    row = ImportRow.objects.get(fact_model="careers.Role", verdict="updated")

    text = page(desk, "importrow_change", row.pk).content.decode()

    assert "job_zone: nothing → 5" in text
    assert reverse("admin:careers_role_change", args=[row.fact_id]) in text


def test_the_list_tells_what_each_run_did(desk):
    coded_role()
    run("onet", ONET_30_1, commit=False)

    text = page(desk, "importrun_changelist").content.decode()

    assert "Dry run: nothing was written" in text
    assert "1 updated, 0" not in text
    assert "1 refused" in text


def test_text_of_a_file_stays_text(desk):
    bad = "<script>alert(1)</script>"
    made = ImportRun.objects.create(
        system="onet", file_name=bad, started_at=LONG_AGO, counts={bad: 1, "created": 2}
    )
    row = ImportRow.objects.create(
        run=made, place=bad, label=bad, verdict="updated", reason=bad, changes={bad: [bad, [bad]]}
    )
    record = record_of(SkillFactory(), values={bad: bad})

    for name, pk in [("importrun", made.pk), ("importrow", row.pk), ("externalrecord", record.pk)]:
        assert bad not in page(desk, f"{name}_change", pk).content.decode()
        assert bad not in page(desk, f"{name}_changelist").content.decode()


def test_a_publisher_locks_a_field_and_nothing_else(desk):
    record = record_of(SkillFactory(), values={"kind": "skill"})
    address = reverse("admin:careers_externalrecord_change", args=[record.pk])

    answer = desk.post(address, {"locked_fields": ["kind"], "external_id": "other", "fact_id": 99})

    assert answer.status_code == 302
    record.refresh_from_db()
    assert (record.locked_fields, record.external_id) == (["kind"], f"2.A.{record.fact_id}")


@pytest.mark.parametrize("text", ["nonsense", "id\0", "pk", "role", "slug_aliases", "x" * 100_000])
def test_a_field_that_is_none_is_a_sentence(desk, text):
    record = record_of(SkillFactory())

    answer = desk.post(
        reverse("admin:careers_externalrecord_change", args=[record.pk]), {"locked_fields": text}
    )

    assert answer.status_code == 200
    record.refresh_from_db()
    assert record.locked_fields == []


def test_a_record_of_a_model_that_is_no_more_still_opens(desk):
    record = record_of(SkillFactory())
    ExternalRecord.objects.update(fact_model="careers.Gone")

    assert page(desk, "externalrecord_change", record.pk).status_code == 200
    assert page(desk, "externalrecord_changelist").status_code == 200


def test_a_record_tells_which_fact_it_is_of_or_that_an_editor_deleted_it(desk):
    kept, gone = SkillFactory(name="Kept skill"), SkillFactory(name="Gone skill")
    for skill in (kept, gone):
        record_of(skill)
    gone.delete()

    text = page(desk, "externalrecord_changelist").content.decode()

    assert "Kept skill" in text
    assert "deleted" in text
    assert "Gone skill" not in text


@pytest.mark.parametrize("name", ["importrun", "importrow", "externalrecord"])
def test_a_list_of_ten_costs_what_one_of_two_costs(desk, count_queries, name):
    costs = []
    for rows in (2, 8):
        for _ in range(rows):
            made = ImportRun.objects.create(
                system="onet", file_name="x", started_at=LONG_AGO, run_by=UserFactory()
            )
            skill = SkillFactory()
            ImportRow.objects.create(
                run=made, place="x", verdict="created", fact_model="careers.Skill", fact_id=skill.pk
            )
            record_of(skill)
        costs.append(count_queries(desk, reverse(f"admin:careers_{name}_changelist")))

    assert costs[0] == costs[1]
    assert Skill.objects.count() == 10
