import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.models import Credential, Role, Skill
from careers.twins import all_twins, fold, twin_of, twins
from tests.factories import CredentialFactory, ProviderFactory, RoleFactory, SkillFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AWS Certified – Associate", "aws certified - associate"),
        ("CompTIA Security+", "CompTIA® Security+"),
        ("Node.js", "NodeJS"),
        ("Größe", "GRÖSSE"),
        ("Ｐｙｔｈｏｎ", "Python"),
    ],
)
def test_what_a_reader_takes_for_one_name_folds_to_one(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("names", [["C", "C++", "C#"], ["PCAP-31-03", "PCAP-31-04"]])
def test_what_differs_for_a_reader_stays_apart(names):
    assert len({fold(name) for name in names}) == len(names)


@given(st.text())
def test_folding_twice_changes_nothing_more(name):
    assert fold(fold(name)) == fold(name)


def test_two_facts_with_one_name_are_twins_and_one_with_two_names_is_not():
    one = CredentialFactory(name="Data – Associate", short_name="Data Associate")
    other = CredentialFactory(name="data associate")
    CredentialFactory(name="Something else")

    (pair,) = twins(Credential.objects.all())

    assert [named.fact for named in pair.names] == [one, other]


def test_a_title_of_one_role_may_be_the_name_of_another():
    RoleFactory(name="ML Engineer")
    RoleFactory(name="Machine Learning Engineer").titles.create(title="ML-Engineer")

    (pair,) = twins(Role.objects.all())

    assert [named.name for named in pair.names] == ["ML Engineer", "ML-Engineer"]


def test_aliases_and_short_names_count():
    SkillFactory(name="SQL", aliases=["Structured Query Language"])
    SkillFactory(name="structured-query-language")
    ProviderFactory(name="Amazon Web Services", short_name="AWS")
    ProviderFactory(name="AWS")

    assert set(all_twins()) == {"skills", "providers"}


def test_names_of_signs_only_are_nobody_s_twins():
    SkillFactory(name="–")
    SkillFactory(name="…")

    assert twins(Skill.objects.all()) == []


def test_a_fact_finds_its_twin():
    one, other = SkillFactory(name="Vector search"), SkillFactory(name="vector-search")

    assert twin_of(one) == other
    assert twin_of(SkillFactory(name="Another")) is None


def test_ten_facts_of_each_kind_cost_what_two_cost(django_assert_num_queries):
    for _ in range(10):
        RoleFactory().titles.create(title="One title")
        CredentialFactory()

    with django_assert_num_queries(6):
        all_twins()
