import pytest
from django.db import connection
from django.db.models import Prefetch
from django.test.utils import CaptureQueriesContext

from careers import bringing
from careers.bringing import selected
from careers.models import (
    Credential,
    Delivery,
    ExamVersion,
    Fee,
    Provider,
    Skill,
    Source,
)
from tests.factories import CredentialFactory, ExamVersionFactory, SkillFactory

pytestmark = pytest.mark.django_db


def catalogue():
    """Two certifications that have something of every kind of relation, and one that has nothing."""
    skills = [SkillFactory(name="Baking"), SkillFactory(name="Brewing", status="draft")]
    source = Source.objects.create(key="shop", title="The shop", url="https://example.org/shop")
    found = [CredentialFactory(name=name) for name in ("First", "Second", "Third")]
    for number, credential in enumerate(found[:2]):
        version = ExamVersionFactory(credential=credential)
        ExamVersionFactory(credential=credential, status="retired")
        Delivery.objects.create(version=version, languages=["en"])
        Fee.objects.create(version=version, amount=100, source=source if number else None)
        credential.skills.set(skills)
    found[0].replaced_by.set(found[1:])
    found[1].slug = "renamed"
    found[1].save()


def read(credentials):
    """All there is below them, as plain keys."""
    return [
        (
            credential.name,
            [
                (version.pk, [row.pk for row in version.deliveries.all()], fees_of(version))
                for version in credential.versions.all()
            ],
            [skill.name for skill in credential.skills.all()],
            [heir.name for heir in credential.replaced_by.all()],
            [other.name for other in credential.replaces.all()],
            [alias.slug for alias in credential.slug_aliases.all()],
        )
        for credential in credentials
    ]


def fees_of(version):
    return [(fee.pk, fee.source and fee.source.key) for fee in version.fees.all()]


ALL = ("versions__deliveries", "versions__fees__source", "skills", "replaced_by", "replaces", "slug_aliases")


def test_what_is_brought_is_what_each_row_would_ask_for_itself():
    catalogue()

    assert read(Credential.objects.prefetch_related(*ALL)) == read(Credential.objects.all())


def test_what_is_brought_is_read_without_another_query():
    catalogue()
    brought = list(Credential.objects.prefetch_related(*ALL))

    with CaptureQueriesContext(connection) as queries:
        read(brought)
    assert not queries.captured_queries


def test_rows_that_are_brought_know_their_owner():
    catalogue()
    credential = Credential.objects.prefetch_related("versions").get(name="First")

    assert {id(version.credential) for version in credential.versions.all()} == {id(credential)}


def test_of_two_rows_for_the_same_thing_each_gets_what_belongs_to_it():
    catalogue()
    versions = ExamVersion.objects.select_related("credential").filter(credential__name="First")
    ways = (Prefetch("exam_versions", versions), "exam_versions__credential__skills")
    provider = Provider.objects.prefetch_related(*ways).get(credentials__name="First")
    found = [version.credential for version in provider.exam_versions.all()]

    with CaptureQueriesContext(connection) as queries:
        assert [[skill.name for skill in row.skills.all()] for row in found] == [["Baking", "Brewing"]] * 2
    assert not queries.captured_queries


def test_more_can_be_asked_of_a_relation_that_was_brought():
    catalogue()
    credential = Credential.objects.prefetch_related("versions", "skills").get(name="First")

    assert [version.status for version in credential.versions.filter(status="retired")] == ["retired"]
    assert [skill.name for skill in credential.skills.public()] == ["Baking"]
    assert (credential.versions.count(), credential.versions.exists()) == (2, True)
    assert credential.versions.first() == credential.versions.all()[0]
    assert len(credential.versions.all()[1:]) == 1


def test_what_was_chosen_of_a_relation_stays_chosen_when_more_is_asked():
    catalogue()
    public = Prefetch("skills", Skill.objects.public())
    credential = Credential.objects.prefetch_related(public).get(name="Second")

    assert [skill.name for skill in credential.skills.all()] == ["Baking"]
    assert not credential.skills.filter(name="Brewing").exists()


def test_what_is_added_to_a_relation_that_was_brought_is_seen():
    catalogue()
    credential = Credential.objects.prefetch_related("skills").get(name="Third")
    credential.skills.add(Skill.objects.get(name="Baking"))

    assert [skill.name for skill in credential.skills.all()] == ["Baking"]


def test_what_a_choice_brings_by_itself_comes_with_it():
    catalogue()
    chosen = Prefetch("credentials", Credential.objects.public().with_exams())
    skill = Skill.objects.prefetch_related(chosen).get(name="Baking")

    with CaptureQueriesContext(connection) as queries:
        versions = [version for row in skill.credentials.all() for version in row.versions.all()]
        assert [len(version.deliveries.all()) for version in versions] == [0, 1, 0, 1]
    assert not queries.captured_queries


def test_a_relation_is_brought_in_one_way_only():
    catalogue()
    twice = Credential.objects.with_exams().prefetch_related(
        Prefetch("versions", ExamVersion.objects.filter(status="active"))
    )

    with pytest.raises(ValueError, match="“versions” is brought once"):
        list(twice)


def test_rows_that_are_no_models_bring_nothing():
    catalogue()

    assert list(Credential.objects.with_exams().values_list("name", flat=True)) == [
        "First",
        "Second",
        "Third",
    ]


def test_a_selection_that_is_kept_brings_what_is_there_when_it_is_asked():
    kept = selected("skills", Skill.objects.public().only("name"))
    credential = CredentialFactory()

    for name in ("Baking", "Cooking"):
        credential.skills.add(SkillFactory(name=name))
        brought = Credential.objects.prefetch_related(kept).get()
        assert [skill.name for skill in brought.skills.all()][-1] == name


def test_a_selection_that_is_kept_serves_every_kind_of_owner():
    catalogue()
    kept = selected("credentials", Credential.objects.filter(name="First").prefetch_related("versions"))
    skill = Skill.objects.prefetch_related(kept).get(name="Baking")
    provider = Provider.objects.prefetch_related(kept).get(credentials__name="First")

    with CaptureQueriesContext(connection) as queries:
        found = [row for owner in (skill, provider) for row in owner.credentials.all()]
        assert [(row.name, len(row.versions.all())) for row in found] == [("First", 2)] * 2
    assert not queries.captured_queries


def test_of_one_there_is_none_where_it_is_not_among_the_chosen():
    catalogue()
    of_drafts = ExamVersion.objects.filter(credential__status="draft")
    old, new = ExamVersion.objects.filter(credential__name="First")
    old.successor = new
    old.save()
    [brought] = Credential.objects.filter(name="First").prefetch_related(
        selected("versions__successor", of_drafts)
    )

    assert [version.successor for version in brought.versions.all()] == [None, None]


def test_a_choice_that_leaves_out_what_must_be_there_leaves_it_out():
    catalogue()
    nobody = selected("provider", Provider.objects.filter(name="Nobody"))
    brought = Credential.objects.prefetch_related(nobody, "provider__exam_versions").get(name="First")

    with pytest.raises(Credential.provider.RelatedObjectDoesNotExist):
        _ = brought.provider


def test_beyond_a_relation_to_any_kind_of_row_all_is_brought_too():
    catalogue()
    brought = Credential.objects.prefetch_related("slug_aliases__content_type").get(name="Second")

    with CaptureQueriesContext(connection) as queries:
        assert [alias.content_type.model for alias in brought.slug_aliases.all()] == ["credential"]
    assert not queries.captured_queries


def test_more_rows_than_a_kept_query_takes_are_brought_as_well(monkeypatch):
    catalogue()
    monkeypatch.setattr(bringing, "MOST_KEYS", 1)

    assert read(Credential.objects.prefetch_related(*ALL)) == read(Credential.objects.all())
