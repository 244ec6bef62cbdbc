from datetime import date
from decimal import Decimal

import pytest

from careers.completeness import completeness
from careers.models import Condition, Delivery, Fee, Recommendation, Source
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory, SkillFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)


def filled():
    credential = CredentialFactory(summary="x", official_url="https://example.org/", checked_on=ON)
    credential.is_without_prerequisites = True
    credential.skills.add(SkillFactory())
    credential.sources.add(Source.objects.create(key="a", title="A", kind="official"))
    credential.renewals.create(method="retake")
    version = ExamVersionFactory(credential=credential, exam_code="AB-1", validity_months=36)
    Delivery.objects.create(
        version=version, languages=["en"], minutes=90, items_min=60, items_max=65, pass_mark="70 %"
    )
    Fee.objects.create(version=version, amount=Decimal(150))
    Recommendation.objects.create(role=RoleFactory(), credential=credential, tier="core", reason="x")
    return credential


def missing(credential):
    return completeness(credential, on=ON).missing


def test_one_of_which_all_is_known_is_complete():
    found = completeness(filled(), on=ON)

    assert (found.percent, found.missing) == (100, ())


def test_what_is_missing_is_named():
    credential = filled()
    credential.skills.clear()
    credential.versions.get().fees.all().delete()

    assert missing(credential) == ("Skills", "Price of AB-1")
    assert completeness(credential, on=ON).percent == 86


def test_prerequisites_are_known_where_there_are_some_or_known_to_be_none():
    credential = filled()
    credential.is_without_prerequisites = False
    assert missing(credential) == ("Prerequisites",)

    Condition.objects.create(credential=credential, text="Two years of work")
    assert missing(credential) == ()


def test_what_is_valid_for_life_needs_no_renewal():
    credential = filled()
    credential.renewals.all().delete()
    assert missing(credential) == ("Renewal",)

    credential.versions.update(no_expiry=True, validity_months=None)
    assert missing(credential) == ()


def test_a_price_of_nothing_is_known():
    credential = filled()
    Fee.objects.update(amount=0)

    assert missing(credential) == ()


def test_an_exam_that_is_over_need_not_be_known():
    credential = filled()
    ExamVersionFactory(credential=credential, status="retired")

    assert missing(credential) == ()


def test_an_empty_one_has_everything_missing():
    found = completeness(CredentialFactory(), on=ON)

    assert (found.percent, len(found.missing)) == (0, 9)
