from datetime import date
from decimal import Decimal

import pytest

from careers.models import Condition, Delivery, ExamDomain, Fee, FieldCheck, Renewal, RoleSkill, RoleTitle
from careers.sayings import LONGEST, SAYINGS, value_now
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory, SkillFactory

pytestmark = pytest.mark.django_db
UNKNOWN_UNLESS_ENTERED = {"status", "level", "access"}


@pytest.mark.parametrize("make", [CredentialFactory, ExamVersionFactory, RoleFactory])
def test_what_is_not_known_says_nothing(make):
    fact = make()

    said = {field for field in FieldCheck.Field.values if value_now(fact, field)}

    assert said <= UNKNOWN_UNLESS_ENTERED


def test_every_field_that_can_be_checked_is_said_of_something():
    assert {field for fields in SAYINGS.values() for field in fields} == set(FieldCheck.Field.values)


def test_an_exam_says_what_a_reader_is_shown():
    version = ExamVersionFactory(
        status="beta",
        validity_months=36,
        available_from=date(2026, 7, 1),
        available_from_precision="quarter",
        successor=ExamVersionFactory(exam_code="AB-2"),
    )
    Delivery.objects.create(version=version, languages=["en", "ja"], minutes=90, items_min=65, items_max=65)
    Fee.objects.create(version=version, kind="exam", amount=Decimal("165.00"))
    ExamDomain.objects.create(version=version, name="Data", weight_min=20, weight_max=25)

    said = {field: value_now(version, field) for field in SAYINGS[type(version)]}

    assert said == {
        "status": "Beta",
        "price": "USD 165",
        "languages": "English, Japanese",
        "minutes": "90 minutes",
        "items": "65",
        "pass_mark": "",
        "validity": "36 months",
        "available_from": "third quarter of 2026",
        "last_exam": "",
        "domains": "Data 20–25 %",
        "successor": "AB-2",
    }


def test_for_life_and_no_prerequisites_are_said_in_words():
    assert value_now(ExamVersionFactory(no_expiry=True), "validity") == "for life"
    assert value_now(CredentialFactory(is_without_prerequisites=True), "prerequisites") == "none"


def test_a_certification_says_its_conditions_renewals_and_successors():
    credential = CredentialFactory()
    Condition.objects.create(credential=credential, relation="requires", years_experience=2)
    Renewal.objects.create(credential=credential, method="retake")
    credential.replaced_by.add(CredentialFactory(name="Newer"))

    assert value_now(credential, "prerequisites") == "Requires 2 years of experience"
    assert value_now(credential, "renewal") == "Sitting the exam again"
    assert value_now(credential, "successor") == "Newer"


def test_a_role_says_its_essential_skills_and_hides_those_that_are_not_shown():
    role = RoleFactory()
    for name, more in {"SQL": {}, "Go": {"relation": "optional"}, "C": {"is_suppressed": True}}.items():
        RoleSkill.objects.create(role=role, skill=SkillFactory(name=name), importance=3, level=3, **more)

    assert value_now(role, "skills") == "SQL"


def test_what_is_long_is_cut_to_what_a_check_holds():
    role = RoleFactory()
    for number in range(9):
        RoleTitle.objects.create(role=role, title=f"{number}" * 100)

    assert len(value_now(role, "titles")) == LONGEST
