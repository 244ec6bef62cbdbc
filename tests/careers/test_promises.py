"""What the database itself refuses, whoever asks: forms are not the only way in."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from careers.models import (
    Condition,
    Delivery,
    Dimension,
    ExamDomain,
    ExamVersion,
    Fee,
    FieldCheck,
    LifecycleEvent,
    Pathway,
    PathwayEdge,
    PathwayStep,
    PreferenceStatement,
    PreferenceWeight,
    Renewal,
    Role,
    RoleDimensionValue,
    RoleRelation,
    RoleTask,
    Skill,
    SlugAlias,
    Source,
)
from careers.models.pathways import refuse_cycles
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory, SkillFactory

pytestmark = pytest.mark.django_db


def refused(model: type[models.Model], **values) -> bool:
    try:
        with transaction.atomic():
            model._default_manager.create(**values)
    except IntegrityError:
        return True
    return False


def source() -> Source:
    return Source.objects.create(key="page", title="The page", kind=Source.Kind.OFFICIAL)


# --- Credentials and exams --------------------------------------------------


def test_a_fee_is_of_an_exam_or_of_a_credential_never_of_both_or_neither():
    version = ExamVersionFactory()

    assert refused(Fee, amount=1)
    assert refused(Fee, amount=1, version=version, credential=version.credential)
    assert not refused(Fee, amount=1, version=version)
    assert not refused(Fee, amount=1, credential=version.credential)


def test_a_fee_is_entered_once_for_each_region_it_holds_in():
    version = ExamVersionFactory()

    assert not refused(Fee, amount=1, version=version, region="")
    assert not refused(Fee, amount=2, version=version, region="India")
    assert refused(Fee, amount=3, version=version, region="India")


def test_a_renewal_says_something():
    credential = CredentialFactory()

    assert refused(Renewal, credential=credential)
    assert not refused(Renewal, credential=credential, note="Sit it again.")
    assert not refused(Renewal, credential=credential, method=Renewal.Method.FEE)


@pytest.mark.parametrize(("least", "most"), [(-1, 5), (5, 101), (30, 20)])
def test_the_weight_of_a_domain_is_a_range_of_per_cents(least, most):
    assert refused(ExamDomain, version=ExamVersionFactory(), name="Data", weight_min=least, weight_max=most)


@pytest.mark.parametrize("share", ["-0.1", "1.1"])
def test_a_pass_mark_is_a_share_of_the_scale(share):
    assert refused(Delivery, version=ExamVersionFactory(), pass_share=Decimal(share))


def test_an_exam_keeps_the_key_it_was_given_first_whatever_becomes_of_its_code():
    version = ExamVersionFactory(exam_code="AB-C01")
    key = version.key
    version.exam_code = "AB-C02"
    version.save()

    assert version.key == key == f"{version.credential.provider.slug}-ab-c01"


def test_exams_without_a_code_are_named_after_their_credential_and_counted():
    credential = CredentialFactory(slug="leader")
    versions = [ExamVersionFactory(credential=credential, exam_code=None) for _ in range(3)]

    assert [version.key for version in versions] == ["leader", "leader-2", "leader-3"]


# --- Conditions -------------------------------------------------------------


def test_a_condition_asks_for_something_and_never_for_itself():
    credential = CredentialFactory()

    assert refused(Condition, credential=credential)
    assert refused(Condition, credential=credential, target_credential=credential)
    assert not refused(Condition, credential=credential, years_experience=3)
    assert not refused(Condition, credential=credential, text="A reference from an employer")


def test_a_certification_asked_for_by_others_cannot_be_deleted():
    target = CredentialFactory()
    Condition.objects.create(credential=CredentialFactory(), target_credential=target)

    with pytest.raises(models.ProtectedError):
        target.delete()


def test_requirements_that_come_round_to_themselves_are_refused():
    first, second, third = (CredentialFactory(name=name) for name in ("First", "Second", "Third"))
    Condition.objects.create(credential=first, target_credential=second)
    Condition.objects.create(credential=second, target_credential=third, relation=Condition.Relation.RENEWS)

    with pytest.raises(ValidationError, match="“First” itself depends on “Third”"):
        Condition(credential=third, target_credential=first).full_clean()
    Condition(
        credential=third, target_credential=first, relation=Condition.Relation.RECOMMENDS
    ).full_clean()  # advice may go both ways


def test_a_condition_can_be_saved_again_unchanged():
    first, second = CredentialFactory(), CredentialFactory()
    condition = Condition.objects.create(credential=first, target_credential=second)

    condition.full_clean()


# --- Events and checks ------------------------------------------------------


def test_a_confirmed_event_has_a_date_and_an_announced_one_may_lack_it():
    credential, kind = CredentialFactory(), LifecycleEvent.Kind.RETIRED

    assert refused(LifecycleEvent, credential=credential, kind=kind)
    assert not refused(LifecycleEvent, credential=credential, kind=kind, certainty="announced")


def test_an_event_keeps_its_key_when_its_date_moves():
    version = ExamVersionFactory(exam_code="AB-1")
    event = LifecycleEvent.objects.create(
        credential=version.credential,
        version=version,
        kind=LifecycleEvent.Kind.LANGUAGE_REMOVED,
        languages=["pt-BR", "ja"],
        happens_on=date(2027, 1, 1),
    )
    key = event.key
    event.happens_on = date(2027, 6, 1)
    event.save()

    assert event.key == key == f"{version.key}-language-removed-pt-br-ja"


def test_two_events_of_one_kind_have_two_keys():
    values = {"credential": CredentialFactory(slug="x"), "kind": "rename", "happens_on": date(2027, 1, 1)}

    assert [LifecycleEvent.objects.create(**values).key for _ in range(2)] == ["x-rename", "x-rename-2"]


def test_a_check_is_of_one_thing_and_says_what_was_seen():
    version, day = ExamVersionFactory(), date(2026, 9, 1)
    seen = {"field": FieldCheck.Field.PRICE, "source": source(), "checked_on": day, "value": "USD 100"}

    assert refused(FieldCheck, **seen)
    assert refused(FieldCheck, **seen, version=version, credential=version.credential)
    assert refused(FieldCheck, **seen | {"value": ""}, version=version)
    assert not refused(FieldCheck, **seen, version=version)
    assert not refused(FieldCheck, **seen | {"value": "", "verdict": "silent"}, version=version)


def test_a_source_that_says_nothing_shows_no_value():
    check = FieldCheck(
        role=RoleFactory(),
        field="skills",
        value="SQL",
        verdict="silent",
        source=source(),
        checked_on=date.max,
    )

    with pytest.raises(ValidationError, match="says nothing shows no value"):
        check.full_clean()


# --- Roles and skills -------------------------------------------------------


def test_a_role_is_not_related_to_itself_and_to_another_only_once():
    here, there = RoleFactory(), RoleFactory()

    assert refused(RoleRelation, from_role=here, to_role=here)
    assert not refused(RoleRelation, from_role=here, to_role=there)
    assert refused(RoleRelation, from_role=here, to_role=there)


@pytest.mark.parametrize("importance", ["0.99", "5.01"])
def test_the_importance_of_a_task_is_1_to_5(importance):
    assert refused(RoleTask, role=RoleFactory(), text="Work", importance=Decimal(importance))


def test_an_answer_in_a_comparison_has_texts_or_a_number():
    role, dimension = RoleFactory(), Dimension.objects.create(key="pay", label="Pay")

    assert refused(RoleDimensionValue, role=role, dimension=dimension, items=[])
    assert not refused(RoleDimensionValue, role=role, dimension=dimension, items=[], number=1)


def test_a_skill_is_part_of_no_part_of_itself():
    widest = SkillFactory(name="Widest")
    middle = SkillFactory(name="Middle", parent=widest)
    narrow = SkillFactory(name="Narrow", parent=middle)
    widest.parent = narrow

    with pytest.raises(ValidationError, match="“Narrow” is itself part of this skill"):
        widest.clean()
    assert not Skill.objects.filter(pk=widest.pk, parent=widest).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Skill.objects.filter(pk=widest.pk).update(parent=widest)


# --- Preferences and pathways -----------------------------------------------


@pytest.mark.parametrize(
    ("values", "is_refused"),
    [
        ({"weight": 1}, False),
        ({"weight": 2}, True),
        ({"weight": 2, "reason": "It is the work."}, False),
        ({"weight": 4, "reason": "Too much."}, True),
        ({"is_excluding": True}, True),
        ({"is_excluding": True, "reason": "It needs a licence."}, False),
        ({"is_excluding": True, "weight": 1, "reason": "Both."}, True),
    ],
)
def test_points_from_two_on_and_ruling_out_need_a_reason(values, is_refused):
    statement = PreferenceStatement.objects.create(slug="x", text="I like it", about="work")

    assert refused(PreferenceWeight, statement=statement, role=RoleFactory(), **values) is is_refused


def test_a_step_is_what_its_kind_says_and_only_that():
    pathway, role, credential = Pathway.objects.create(name="P", slug="p"), RoleFactory(), CredentialFactory()

    assert refused(PathwayStep, pathway=pathway, key="a", kind="role", credential=credential)
    assert refused(PathwayStep, pathway=pathway, key="a", kind="role", role=role, credential=credential)
    assert refused(PathwayStep, pathway=pathway, key="a", kind="text")
    assert not refused(PathwayStep, pathway=pathway, key="a", kind="text", text="Practise")
    assert refused(PathwayStep, pathway=pathway, key="a", kind="role", role=role)
    assert not refused(PathwayStep, pathway=pathway, key="b", kind="role", role=role)


def test_a_step_does_not_lead_to_itself():
    pathway = Pathway.objects.create(name="P", slug="p")
    step = PathwayStep.objects.create(pathway=pathway, key="a", kind="text", text="Practise")

    assert refused(PathwayEdge, pathway=pathway, from_step=step, to_step=step)


def test_steps_that_go_round_in_a_circle_are_refused():
    refuse_cycles([(1, 2), (2, 3), (1, 3)])

    with pytest.raises(ValidationError, match="go round in a circle"):
        refuse_cycles([(1, 2), (2, 3), (3, 1)])


# --- Former slugs -----------------------------------------------------------


def renamed(role: Role, slug: str) -> Role:
    role.slug = slug
    role.save()
    return role


def test_a_fact_is_found_by_every_slug_it_ever_had():
    role = renamed(renamed(RoleFactory(slug="first"), "second"), "third")

    for slug in ("first", "second", "third"):
        assert list(Role.objects.named([slug])) == [role]
    assert list(Role.objects.named(["first", "third"])) == [role]
    assert not Role.objects.named(["fourth"]).exists()


def test_a_slug_given_to_another_fact_leads_there_from_then_on():
    old = renamed(RoleFactory(slug="data-person"), "data-engineer")
    new = RoleFactory(slug="data-person")

    assert list(Role.objects.named(["data-person"])) == [new]
    assert list(Role.objects.named(["data-engineer"])) == [old]


def test_a_fact_that_gets_its_old_slug_back_has_no_alias_of_itself():
    role = renamed(renamed(RoleFactory(slug="first"), "second"), "first")

    assert list(role.slug_aliases.values_list("slug", flat=True)) == ["second"]


def test_the_same_former_slug_may_belong_to_a_role_and_to_a_skill():
    role = renamed(RoleFactory(slug="python"), "python-developer")
    skill = SkillFactory(slug="python")

    assert list(Role.objects.named(["python"])) == [role]
    assert list(Skill.objects.named(["python"])) == [skill]


def test_what_a_deleted_fact_was_called_is_free_again():
    renamed(RoleFactory(slug="first"), "second").delete()

    assert not SlugAlias.objects.exists()


def test_codes_are_free_for_another_provider_and_refused_for_the_same():
    version = ExamVersionFactory(exam_code="DEA-C01")

    assert not refused(ExamVersion, credential=CredentialFactory(), exam_code="DEA-C01")
    assert refused(ExamVersion, credential=version.credential, exam_code="dea-c01")
