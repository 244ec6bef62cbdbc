from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careers.checklist import checklist, line_of, lines_of, subjects
from careers.models import Condition, Delivery, Fee, FieldCheck, Source
from careers.upkeep import KINDS
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return Source.objects.create(key="one", title="The page", kind="official")


def check(version, field, day, source):
    return FieldCheck.objects.create(
        version=version, field=field, value="x", source=source, checked_on=date(2026, 11, day)
    )


def test_the_list_of_a_certification_holds_its_exams_and_ends_with_what_is_not_known():
    version = ExamVersionFactory(exam_code="AB-1", validity_months=24)

    lines = checklist(version.credential)

    known = {(line.kind, line.label): line.value for line in lines if line.value}
    assert known["version", "Validity"] == "24 months"
    assert known["credential", "Level"] == "Associate"
    assert [bool(line.value) for line in lines] == sorted((bool(line.value) for line in lines), reverse=True)


def test_a_line_tells_the_last_check_of_its_own_field(source):
    version = ExamVersionFactory()
    check(version, "status", 3, source)
    last = check(version, "status", 9, source)
    check(version, "price", 20, source)

    assert line_of(version, "status").last == last
    assert line_of(version, "status").source == source


def test_every_line_leads_to_a_place_in_the_form_of_its_fact(client):
    client.force_login(UserFactory(is_superuser=True))
    for fact in (CredentialFactory(), ExamVersionFactory(), RoleFactory()):
        page = client.get(reverse(f"admin:careers_{fact._meta.model_name}_change", args=[fact.pk]))
        for line in lines_of(fact):
            assert f'id="{line.place}"' in page.content.decode(), line.place


@pytest.mark.parametrize("kind", KINDS)
def test_ten_rows_cost_what_two_cost(kind, source):
    def cost(count):
        credential = CredentialFactory()
        for _ in range(count):
            version = ExamVersionFactory(credential=credential, successor=ExamVersionFactory())
            Delivery.objects.create(version=version)
            Fee.objects.create(version=version, amount=1, source=source)
            check(version, "status", 3, source)
            Condition.objects.create(credential=credential, target_credential=CredentialFactory())
        role = RoleFactory()
        made = {"credential": credential, "version": version, "role": role}
        with CaptureQueriesContext(connection) as queries:
            checklist(subjects(kind).get(pk=made[kind].pk))
        return len(queries)

    assert cost(2) == cost(10)
