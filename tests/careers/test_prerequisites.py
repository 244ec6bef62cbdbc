import pytest

from careers.models import Condition, Source
from careers.prerequisites import LEADS, ways
from tests.factories import CredentialFactory, SkillFactory

pytestmark = pytest.mark.django_db
Relation = Condition.Relation


def condition(credential, relation=Relation.REQUIRES, **more):
    return Condition.objects.create(credential=credential, relation=relation, **more)


def texts(demands):
    return [(demand.label, [way.text for way in demand.alternatives]) for demand in demands]


def test_what_is_required_comes_before_what_is_recommended():
    credential = CredentialFactory()
    condition(credential, Relation.RECOMMENDS, years_experience=2)
    condition(credential, Relation.REQUIRES, text="An account")

    assert texts(ways(credential).asks) == [
        ("Required", ["An account"]),
        ("Recommended", ["2 years of experience"]),
    ]


def test_those_of_one_group_are_alternatives_and_groups_are_not():
    credential, one, other = CredentialFactory(), CredentialFactory(name="One"), CredentialFactory(name="Two")
    condition(credential, target_credential=one)
    condition(credential, target_credential=other)
    condition(credential, group=2, target_skill=SkillFactory(name="SQL"))

    assert texts(ways(credential).asks) == [("Required", ["One", "Two"]), ("Required", ["SQL"])]


@pytest.mark.parametrize(
    ("current", "note"),
    [(True, "must still be valid"), (False, "once passed is enough, even if it has expired"), (None, "")],
)
def test_it_is_said_whether_what_is_asked_for_must_still_be_valid_where_that_is_known(current, note):
    credential, cka = CredentialFactory(), CredentialFactory(slug="cka")
    condition(credential, target_credential=cka, must_be_current=current)
    ((way,),) = [demand.alternatives for demand in ways(credential).asks]

    assert (way.url, way.note) == ("/careers/certifications/cka/", note)


def test_one_year_is_one_year_and_stands_beside_what_it_was_spent_on():
    credential = CredentialFactory()
    condition(credential, target_skill=SkillFactory(name="SQL"), years_experience=1)

    assert texts(ways(credential).asks) == [("Required", ["SQL, 1 year of experience"])]


def test_what_nobody_read_is_marked():
    source = Source.objects.create(key="GK", title="General", kind=Source.Kind.GENERAL)
    credential = CredentialFactory()
    condition(credential, text="An account", source=source)

    assert not ways(credential).asks[0].alternatives[0].is_verified


@pytest.mark.parametrize(("relation", "label"), LEADS.items())
def test_a_condition_is_told_from_its_other_end(relation, label):
    first, second = CredentialFactory(name="First"), CredentialFactory(name="Second")
    condition(second, relation, target_credential=first)

    assert texts(ways(first).leads) == [(label, ["Second"])]
    assert ways(first).asks == ()


def test_what_prepares_for_another_leads_on_to_it():
    first, second = CredentialFactory(name="First"), CredentialFactory(name="Second")
    condition(first, Relation.PREPARATION_FOR, target_credential=second)

    assert texts(ways(first).leads) == [("Prepares for", ["Second"])]
    assert texts(ways(second).asks) == [("Prepared for by", ["First"])]


def test_several_that_lead_on_stand_together_by_name():
    first = CredentialFactory()
    for name in ("zeta", "Alpha"):
        condition(CredentialFactory(name=name), target_credential=first)

    assert texts(ways(first).leads) == [("Is required for", ["Alpha", "zeta"])]


def test_known_to_ask_nothing_is_not_the_same_as_nothing_known():
    assert ways(CredentialFactory(is_without_prerequisites=True)).is_known_to_ask_nothing
    assert not ways(CredentialFactory()).is_known_to_ask_nothing
