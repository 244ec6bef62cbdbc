"""What facts are called."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import RoleTitle
from careers.naming import all_called, spellings_of, variants
from tests.factories import (
    CredentialFactory,
    ExamVersionFactory,
    RoleFactory,
    SkillFactory,
    TechnologyFactory,
)


@pytest.mark.parametrize(
    ("name", "others"),
    [
        (
            "PCEP – Certified Entry-Level Python Programmer",
            ["PCEP", "Certified Entry-Level Python Programmer"],
        ),
        (
            "AWS Certified Machine Learning Engineer – Associate",
            ["AWS Certified Machine Learning Engineer", "AWS Machine Learning Engineer Associate"],
        ),
        ("Microsoft Certified: Azure AI Fundamentals", ["Azure AI Fundamentals"]),
        ("SnowPro Specialty: Gen AI", []),
        ("NVIDIA-Certified Associate: Generative AI LLMs", []),
        ("HashiCorp Certified: Terraform Associate (004)", ["HashiCorp Certified: Terraform Associate"]),
        ("AWS Certified Cloud Practitioner", ["AWS Cloud Practitioner"]),
        ("Certified Kubernetes Administrator", []),
        ("Generative AI Leader", []),
    ],
)
def test_an_official_name_is_shortened_as_people_do_and_no_further(name, others):
    assert [other for other in variants(name) if other != name] == others


@pytest.mark.parametrize(
    ("code", "written"), [("AIP-C01", ["AIP-C01", "AIPC01"]), ("CKA", ["CKA"]), ("004", []), ("", [])]
)
def test_a_code_is_written_with_hyphens_or_without(code, written):
    assert list(spellings_of(code)) == written


@pytest.mark.django_db
def test_every_fact_says_all_it_is_called_and_where_it_is():
    gold = ExamVersionFactory(credential=CredentialFactory(name="Gold", short_name="GLD"), exam_code="G-1")
    gold.credential.slug = "new"
    gold.credential.save()
    RoleTitle.objects.create(role=RoleFactory(name="Data Engineer"), title="ETL Developer")
    SkillFactory(name="Python", aliases=["Python 3"])
    TechnologyFactory(name="Kubernetes", aliases=["K8s"], status="draft")

    told = {fact.name: fact for fact in all_called()}

    assert list(told) == ["Gold", "Data Engineer", "Python", "Kubernetes"]
    assert (told["Gold"].others, told["Gold"].codes) == (("GLD",), ("G-1", "G1"))
    assert told["Gold"].former_slugs[0].startswith("credential-")
    assert told["Gold"].address == "/careers/certifications/new/"
    assert [fact.others for fact in told.values()][1:] == [("ETL Developer",), ("Python 3",), ("K8s",)]
    assert [fact.is_public for fact in told.values()] == [True, True, True, False]


@pytest.mark.django_db
def test_what_two_certifications_could_both_be_called_says_neither():
    for level in ("Associate", "Professional"):
        CredentialFactory(name=f"AWS Certified Solutions Architect – {level}")

    others = [other for fact in all_called() for other in fact.others]

    assert others == ["AWS Solutions Architect Associate", "AWS Solutions Architect Professional"]


@pytest.mark.django_db
def test_ten_facts_cost_as_many_queries_as_two():
    def cost(number):
        while RoleFactory._meta.model.objects.count() < number:
            RoleTitle.objects.create(role=RoleFactory(), title="Other")
            ExamVersionFactory()
            SkillFactory(aliases=["a"])
            TechnologyFactory(aliases=["b"])
        with CaptureQueriesContext(connection) as queries:
            all_called()
        return len(queries)

    assert cost(2) == cost(10) == 7
