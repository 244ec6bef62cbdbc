"""Which facts references name."""

import pytest

from careers.blocks import Reference, named, names_known
from tests.factories import (
    CredentialFactory,
    ExamVersionFactory,
    ProviderFactory,
    RoleFactory,
    SkillFactory,
    TechnologyFactory,
)

pytestmark = pytest.mark.django_db


def told(*references):
    return [(fact.order, fact.noun, fact.slug, fact.pk) for fact in named(references)]


def test_every_kind_names_what_it_shows_in_order():
    a, b, skill, provider, gold = (
        RoleFactory(slug="a"),
        RoleFactory(slug="b"),
        SkillFactory(slug="s"),
        ProviderFactory(slug="p"),
        CredentialFactory(slug="gold"),
    )

    assert told(
        Reference("comparison", "b,a,b"),
        Reference("certifications", "s", by="skill"),
        Reference("certifications", "p", by="provider"),
        Reference("role-card", "a"),
        Reference("fact", "gold", field="price"),
        Reference("link", "gold"),
    ) == [
        (0, "role", "b", b.pk),
        (0, "role", "a", a.pk),
        (1, "skill", "s", skill.pk),
        (2, "provider", "p", provider.pk),
        (3, "role", "a", a.pk),
        (4, "credential", "gold", gold.pk),
        (5, "credential", "gold", gold.pk),
    ]


def test_what_the_catalogue_does_not_have_is_named_without_a_key():
    assert told(Reference("role-card", "nobody")) == [(0, "role", "nobody", None)]


def test_a_draft_is_named_too_for_it_may_be_published():
    role = RoleFactory(slug="a", status="draft")

    assert told(Reference("role-card", "a")) == [(0, "role", "a", role.pk)]


def test_an_old_slug_names_the_fact_unless_another_has_it_now():
    role = RoleFactory(slug="old")
    role.slug = "new"
    role.save()
    assert told(Reference("role-card", "old")) == [(0, "role", "old", role.pk)]

    other = RoleFactory(slug="old")
    assert told(Reference("role-card", "old")) == [(0, "role", "old", other.pk)]


@pytest.mark.parametrize(
    "reference",
    [
        Reference("roulette", "a"),
        Reference("certifications", "a", by="moon"),
        Reference("certifications", "a"),
        Reference("role-card", "a b\0"),
        Reference("role-card", ""),
    ],
)
def test_what_can_name_nothing_names_nothing(reference):
    assert told(reference) == []


def test_ten_references_cost_as_many_queries_as_two(django_assert_num_queries):
    for number in range(10):
        RoleFactory(slug=f"r-{number}")

    for count in (2, 10):
        with django_assert_num_queries(2):
            named([Reference("role-card", f"r-{number}") for number in range(count)])


def test_every_name_of_every_fact_is_known_as_it_is_now():
    gold = ExamVersionFactory(credential=CredentialFactory(name="Gold"), exam_code="AIP-C01").credential
    role, skill, tool = RoleFactory(name="Data Engineer"), SkillFactory(name="Python"), TechnologyFactory()

    def found(text):
        return [(fact.noun, fact.pk) for spot in names_known().find(text) for fact in spot.facts]

    text = f"AIPC01, data engineers, Python, {tool.name}"
    assert found(text) == [
        ("credential", gold.pk),
        ("role", role.pk),
        ("skill", skill.pk),
        ("technology", tool.pk),
    ]

    skill.name = "Rust"
    skill.save()
    assert found("Python or Rust") == [("skill", skill.pk)]
