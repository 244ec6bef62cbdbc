import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.templatetags.hubs import hub_called
from tests.factories import (
    CredentialFactory,
    ExamVersionFactory,
    RoleFactory,
    SkillFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts():
    RoleFactory(name="Data Analyst", slug="analyst")
    SkillFactory(name="Machine Learning", slug="ml", aliases=["ML"])
    TechnologyFactory(name="C#", slug="c-sharp")
    ExamVersionFactory(credential=CredentialFactory(name="Proof", slug="proof"), exam_code="AIP-C01")
    RoleFactory(name="Unborn", slug="unborn", status="draft")


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["dataanalyst"], ("Role", "Data Analyst", "/careers/roles/analyst/")),
        (["ml"], ("Skill", "Machine Learning", "/careers/skills/ml/")),
        (["c#"], ("Technology", "C#", "/careers/technologies/c-sharp/")),
        (["aipc01"], ("Certification", "Proof", "/careers/certifications/proof/")),
        (["nobody", "ML"], ("Skill", "Machine Learning", "/careers/skills/ml/")),
    ],
)
def test_a_name_leads_to_the_fact_that_is_called_so(facts, names, found):
    hub = hub_called(names)

    assert (hub.kind, hub.name, hub.address) == found


@pytest.mark.parametrize("names", [[], ["c"], ["C++"], ["Unborn"], [""]])
def test_a_name_nobody_public_has_leads_nowhere(facts, names):
    assert hub_called(names) is None


def test_ten_facts_cost_what_two_cost():
    def cost():
        with CaptureQueriesContext(connection) as queries:
            hub_called(["x"])
        return len(queries)

    RoleFactory.create_batch(2)
    two = cost()
    RoleFactory.create_batch(8)

    assert cost() == two
