from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from careers.models import (
    Credential,
    Delivery,
    ExamVersion,
    Fee,
    Provider,
    Recommendation,
    Role,
    RoleSkill,
    Skill,
    Source,
    Status,
    Technology,
)
from tests.factories import (
    CredentialFactory,
    ExamVersionFactory,
    ProviderFactory,
    RoleFactory,
    SkillFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db
FACTORIES = [RoleFactory, SkillFactory, TechnologyFactory, ProviderFactory, CredentialFactory]


def refused(action) -> bool:
    try:
        with transaction.atomic():
            action()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory._meta.model.__name__)
def test_readers_see_what_is_published(factory):
    shown, draft = factory(), factory(status=Status.DRAFT)

    assert list(type(shown).objects.public()) == [shown]
    assert (shown.is_public, draft.is_public) == (True, False)


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory._meta.model.__name__)
def test_every_fact_gives_the_search_plain_text_by_weight(factory):
    texts = factory(name="The name").search_text()

    assert set(texts) == {"title", "keywords", "summary", "body"}
    assert texts["title"] == "The name"


def test_names_are_sorted_the_same_on_every_database():
    for name in ("beta", "Alpha", "Gamma", "delta"):
        RoleFactory(name=name)

    assert [role.name for role in Role.objects.all()] == ["Alpha", "beta", "delta", "Gamma"]


def test_a_role_is_found_by_its_other_titles():
    role = RoleFactory()
    role.titles.create(title="LLM Engineer")

    assert "LLM Engineer" in role.search_text()["keywords"]


def test_a_credential_is_found_by_code_short_name_and_provider():
    version = ExamVersionFactory(exam_code="AIP-C01", credential__short_name="AIP")

    keywords = version.credential.search_text()["keywords"]

    assert all(word in keywords for word in ("AIP-C01", "AIP", version.credential.provider.name))


@pytest.mark.parametrize(
    ("importance", "level"), [("0.99", 3), ("5.01", 3), (3, "-0.01"), (3, "7.01")], ids=str
)
def test_the_database_keeps_importance_and_level_on_their_scales(importance, level):
    role, skill = RoleFactory(), SkillFactory()

    assert refused(
        lambda: RoleSkill.objects.create(role=role, skill=skill, importance=importance, level=level)
    )


def test_the_database_refuses_a_role_named_like_a_comparison():
    assert refused(lambda: RoleFactory(slug="a-vs-b"))


def test_an_exam_code_is_unique_within_its_provider_whatever_its_capitals():
    version = ExamVersionFactory(exam_code="DEA-C01")
    same_provider = CredentialFactory(provider=version.credential.provider)

    assert refused(lambda: ExamVersionFactory(credential=same_provider, exam_code="dea-c01"))
    assert not refused(lambda: ExamVersionFactory(exam_code="DEA-C01"))


def test_exams_without_a_code_do_not_collide():
    credential = CredentialFactory()
    for code in (None, "", "  "):
        ExamVersionFactory(credential=credential, exam_code=code)

    assert list(credential.versions.values_list("exam_code", flat=True)) == [None, None, None]


def test_a_credential_takes_its_exams_along_to_another_provider():
    version = ExamVersionFactory()
    other = ProviderFactory()

    version.credential.provider = other
    version.credential.save()

    version.refresh_from_db()
    assert version.provider == other


def test_a_code_that_is_taken_is_a_message_before_it_is_an_error():
    version = ExamVersionFactory(exam_code="AB-1")
    twin = ExamVersion(credential=version.credential, exam_code="ab-1")

    with pytest.raises(ValidationError, match="already has an exam"):
        twin.clean()


@pytest.mark.parametrize(
    "values",
    [
        {"no_expiry": True, "validity_months": 12},
    ],
)
def test_an_exam_cannot_both_expire_and_not(values):
    assert refused(lambda: ExamVersionFactory(**values))


def test_an_exam_cannot_succeed_itself():
    version = ExamVersionFactory()
    version.successor = version

    assert refused(version.save)


@pytest.mark.parametrize(
    "values",
    [
        {"minutes": 0},
        {"minutes": 1441},
        {"items_min": 60, "items_max": 50},
        {"window_from": date(2026, 2, 1), "window_to": date(2026, 1, 1)},
    ],
    ids=str,
)
def test_the_database_refuses_an_impossible_delivery(values):
    version = ExamVersionFactory()

    assert refused(lambda: Delivery.objects.create(version=version, **values))


def test_a_fee_is_never_negative_and_stands_once():
    version = ExamVersionFactory()
    Fee.objects.create(version=version, amount=0)

    assert refused(lambda: Fee.objects.create(version=version, amount=10))
    assert refused(lambda: Fee.objects.create(version=version, amount=-1, kind=Fee.Kind.RETAKE))


def test_a_recommendation_has_a_reason_and_stands_once():
    role, credential = RoleFactory(), CredentialFactory()
    same = {"role": role, "credential": credential, "tier": "core"}
    assert refused(lambda: Recommendation.objects.create(**same, reason=""))
    Recommendation.objects.create(**same, reason="It fits.")

    assert refused(lambda: Recommendation.objects.create(**same, reason="It fits again."))


def test_an_unverified_source_is_one_of_general_knowledge():
    kinds = {kind: Source(kind=kind).is_verified for kind in Source.Kind.values}

    assert [kind for kind, is_verified in kinds.items() if not is_verified] == ["general"]


def test_facts_have_their_addresses_below_careers():
    facts = [Role, Skill, Technology, Provider, Credential]

    assert [model(slug="x").get_absolute_url() for model in facts] == [
        "/careers/roles/x/",
        "/careers/skills/x/",
        "/careers/technologies/x/",
        "/careers/providers/x/",
        "/careers/certifications/x/",
    ]


def test_the_profiles_of_ten_roles_cost_what_those_of_two_cost(make_catalogue):
    make_catalogue(10)

    def cost(count: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            for role in Role.objects.with_profile()[:count]:
                credentials = [recommendation.credential for recommendation in role.recommendations.all()]
                assert all(fee.source for c in credentials for v in c.versions.all() for fee in v.fees.all())
        return len(queries)

    assert cost(10) == cost(2)
