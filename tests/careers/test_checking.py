"""What the catalogue holds against a text."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.blocks import KnownExam, facts_for_checks
from careers.models import Fee, RoleTitle
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)


def queries():
    with CaptureQueriesContext(
        connection,
    ) as captured:
        facts_for_checks(on=DAY)
    return len(captured)


def test_an_exam_comes_with_its_end_and_what_followed():
    credential = CredentialFactory()
    new = ExamVersionFactory(credential=credential, exam_code="AA-2")
    old = {"status": "retired", "last_exam_on": date(2025, 1, 31), "successor": new}
    ExamVersionFactory(credential=credential, exam_code="AA-1", **old)

    (known,) = facts_for_checks(on=DAY).certifications

    assert set(known.exams) == {
        KnownExam("AA-2"),
        KnownExam("AA-1", True, date(2025, 1, 31), ("AA-2",)),
    }


def test_a_price_is_told_as_the_live_fact_would_tell_it():
    version = ExamVersionFactory()
    Fee.objects.create(version=version, amount=150, currency="USD")
    ExamVersionFactory()

    prices = [known.price for known in facts_for_checks(on=DAY).certifications]

    assert sorted("150" in price for price in prices) == [False, True]
    assert "" in prices


def test_a_role_is_known_by_all_its_titles_its_own_name_first():
    engineer, analyst = RoleFactory(name="Data Engineer"), RoleFactory(name="Analyst")
    RoleTitle.objects.create(role=engineer, title="Analyst")
    RoleTitle.objects.create(role=engineer, title="ETL Developer")

    roles = facts_for_checks(on=DAY).roles

    assert roles == {"data engineer": engineer.slug, "etl developer": engineer.slug, "analyst": analyst.slug}


def test_what_is_not_published_is_not_known():
    CredentialFactory(status="draft")
    RoleFactory(status="draft")

    known = facts_for_checks(on=DAY)

    assert (known.certifications, known.roles) == ((), {})


def test_ten_certifications_cost_what_two_cost():
    def add(count):
        for _ in range(count):
            Fee.objects.create(version=ExamVersionFactory(), amount=1)
            RoleTitle.objects.create(role=RoleFactory(), title="Other")

    add(2)
    few = queries()
    add(8)

    assert queries() == few
