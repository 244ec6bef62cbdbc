from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from careers.models import Credential, ExamVersion, FieldChange, RoleSkill
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory, SkillFactory, UserFactory

from .test_admin import change, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(username="ed", is_superuser=True))
    return client


def history(row):
    return reverse(f"admin:careers_{row._meta.model_name}_history", args=[row.pk])


def lines():
    return [(c.fact_name, c.part, c.field, c.before, c.after) for c in FieldChange.objects.order_by("pk")]


def test_saving_a_form_writes_down_what_changed_and_by_whom(desk):
    role = RoleFactory(name="Data Engineer", main_focus="Pipes")

    desk.post(change(role), {**posted(desk.get(change(role))), "main_focus": "Pipelines"})

    assert lines() == [("Data Engineer", "", "main focus", "Pipes", "Pipelines")]
    assert FieldChange.objects.get().changed_by.username == "ed"


def test_saving_a_form_unchanged_writes_nothing_down(desk):
    credential = ExamVersionFactory().credential

    desk.post(change(credential), posted(desk.get(change(credential))))

    assert lines() == []


def test_a_row_within_the_form_is_written_down_under_its_name(desk):
    role, skill = RoleFactory(name="Data Engineer"), SkillFactory(name="SQL")
    row = RoleSkill.objects.create(role=role, skill=skill, importance=3, level=3)
    data = posted(desk.get(change(role)))

    desk.post(change(role), {**data, "role_skills-0-level": "4"})

    assert lines() == [("Data Engineer", str(row), "level", "3.00", "4.00")]


def test_a_row_deleted_in_the_form_is_written_down(desk):
    role = RoleFactory()
    RoleSkill.objects.create(role=role, skill=SkillFactory(name="SQL"), importance=3, level=3)
    data = posted(desk.get(change(role)))

    desk.post(change(role), {**data, "role_skills-0-DELETE": "on"})

    assert [(field, after) for _, _, field, _, after in lines()] == [("role skill", "")]


def test_a_new_fact_begins_its_history(desk):
    address = reverse("admin:careers_skill_add")

    desk.post(address, {**posted(desk.get(address)), "name": "SQL", "slug": "sql"})

    ((name, part, field, before, after),) = lines()
    assert (name, part, field, before) == ("SQL", "", "skill", "")
    assert "name: SQL" in after


def test_a_changed_exam_is_in_the_history_of_its_certification(desk):
    version = ExamVersionFactory(credential__name="Data", exam_code="AB-1")

    desk.post(change(version), {**posted(desk.get(change(version))), "validity_months": "24"})

    assert lines() == [("Data", "AB-1", "validity months", "", "24")]
    assert "validity months" in desk.get(history(version)).content.decode().lower()
    assert "validity months" in desk.get(history(version.credential)).content.decode().lower()


def test_a_deletion_is_the_last_line_of_a_history(desk):
    version = ExamVersionFactory(credential__name="Data", exam_code="AB-1")
    for row in (version, version.credential):
        desk.post(reverse(f"admin:careers_{row._meta.model_name}_delete", args=[row.pk]), {"post": "yes"})

    assert not Credential.objects.exists()
    assert [(part, field, after) for _, part, field, _, after in lines()] == [
        ("AB-1", "exam version", ""),
        ("", "credential", ""),
    ]


def test_deleting_from_a_list_is_written_down_too(desk):
    version = ExamVersionFactory()
    sent = {"action": "delete_selected", "_selected_action": [version.pk], "post": "yes"}

    desk.post(reverse("admin:careers_examversion_changelist"), sent)

    assert not ExamVersion.objects.exists()
    assert len(lines()) == 1


def test_the_history_shows_before_after_who_and_when(desk):
    role = RoleFactory(main_focus="<b>Pipes</b>")
    desk.post(change(role), {**posted(desk.get(change(role))), "main_focus": "Pipelines"})

    page = desk.get(history(role)).content.decode()

    assert "<del>&lt;b&gt;Pipes&lt;/b&gt;</del>" in page
    assert "<ins>Pipelines</ins>" in page
    assert ", ed" in unescape(page)


def test_the_history_can_be_narrowed_to_one_field(desk):
    role = RoleFactory(main_focus="Pipes", job_zone=2)
    data = {**posted(desk.get(change(role))), "main_focus": "Pipelines", "job_zone": "4"}
    desk.post(change(role), data)

    page = desk.get(history(role), {"field": "job zone"}).content.decode()

    assert "<ins>4</ins>" in page
    assert "<ins>Pipelines</ins>" not in page


@pytest.mark.parametrize("query", ["field=nothing", "page=abc", "page=999", "field=" + "x" * 1999, "page=-1"])
def test_a_history_asked_for_nonsense_still_answers(desk, query):
    role = RoleFactory()

    assert desk.get(f"{history(role)}?{query}").status_code == 200


def test_a_history_of_ten_changes_costs_what_one_of_two_costs(desk, count_queries):
    role, costs = RoleFactory(), []
    form = posted(desk.get(change(role)))
    for times in (2, 8):
        for _ in range(times):
            focus = f"Focus {FieldChange.objects.count()}"
            desk.post(change(role), {**form, "main_focus": focus})
        costs.append(count_queries(desk, history(role)))

    assert FieldChange.objects.count() == 10
    assert costs[0] == costs[1]


def test_a_writer_reads_the_history_and_changes_nothing(client):
    person = UserFactory()
    person.groups.add(Group.objects.get(name="writer"))
    client.force_login(person)
    credential = CredentialFactory()

    assert client.get(history(credential)).status_code == 200
    assert client.post(change(credential), {"name": "Other"}).status_code == 403
    assert lines() == []
