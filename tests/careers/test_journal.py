from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from careers import journal
from careers.journal import Seen, differences, history_of, recorded, snapshot
from careers.models import Condition, Credential, Delivery, FieldChange, Recommendation, RoleSkill
from tests.factories import (
    CredentialFactory,
    ExamVersionFactory,
    RoleFactory,
    SkillFactory,
    UserFactory,
)

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)

names = st.text(max_size=5)
values = st.dictionaries(st.sampled_from(["name", "status"]), names)
snapshots = st.dictionaries(
    st.tuples(st.just("careers.Row"), st.integers(1, 4)), st.builds(Seen, names, names, values), max_size=4
)


def lines(fact):
    return [(c.part, c.field, c.before, c.after) for c in history_of(fact).order_by("pk")]


@given(snapshots)
def test_a_fact_does_not_differ_from_itself(seen):
    assert differences(seen, seen) == []


@given(snapshots, snapshots)
def test_no_difference_says_that_something_became_itself(before, after):
    assert all(line.before != line.after for line in differences(before, after))


@given(snapshots, snapshots)
def test_each_row_that_goes_or_comes_is_one_line(before, after):
    rows = [line for line in differences(before, after) if not line.before or not line.after]

    assert len(rows) >= len(before.keys() ^ after.keys())


@pytest.mark.django_db
def test_a_changed_field_is_a_line_with_before_after_who_when_and_why():
    credential, person = CredentialFactory(level="associate"), UserFactory()

    with recorded(credential, by=person, at=AT, note="The page says so."):
        credential.level = "expert"
        credential.save()

    (change,) = FieldChange.objects.all()
    assert (change.fact_model, change.fact_id) == ("careers.Credential", credential.pk)
    assert (change.field, change.before, change.after) == ("level", "Associate", "Expert")
    assert (change.changed_by, change.changed_at, change.note) == (person, AT, "The page says so.")


@pytest.mark.django_db
def test_a_field_put_back_to_what_it_was_leaves_no_line():
    credential = CredentialFactory()

    with recorded(credential, by=None, at=AT):
        credential.save()

    assert not FieldChange.objects.exists()


@pytest.mark.django_db
def test_the_rows_of_a_row_belong_to_the_fact_too():
    version = ExamVersionFactory(exam_code="AB-1")
    delivery = Delivery.objects.create(version=version, languages=["en"])

    with recorded(version.credential, by=None, at=AT):
        delivery.window_to = date(2026, 12, 31)
        delivery.save()

    assert lines(version.credential) == [("AB-1: Standard en", "window to", "", "31 December 2026")]


@pytest.mark.django_db
def test_a_row_that_came_or_went_is_one_line():
    role, skill = RoleFactory(), SkillFactory(name="Python")
    with recorded(role, by=None, at=AT):
        row = RoleSkill.objects.create(role=role, skill=skill, importance=3, level=2)
    with recorded(role, by=None, at=AT):
        row.delete()

    came, went = lines(role)
    assert (came[1], came[2], went[1], went[3]) == ("role skill", "", "role skill", "")
    assert "skill: Python" in came[3]
    assert "role:" not in came[3]
    assert came[3] == went[2]


@pytest.mark.django_db
def test_a_list_is_told_by_its_names_in_order():
    credential = CredentialFactory()
    with recorded(credential, by=None, at=AT):
        credential.skills.set([SkillFactory(name="SQL"), SkillFactory(name="Python")])

    assert lines(credential) == [("", "skills", "", "Python, SQL")]


@pytest.mark.django_db
def test_what_fails_inside_is_neither_done_nor_written_down():
    credential = CredentialFactory(level="associate")

    with pytest.raises(IntegrityError), recorded(credential, by=None, at=AT):
        Credential.objects.filter(pk=credential.pk).update(level="expert", slug=CredentialFactory().slug)

    credential.refresh_from_db()
    assert credential.level == "associate"
    assert not FieldChange.objects.exists()


@pytest.mark.django_db
def test_an_exam_is_a_part_of_its_certification():
    version = ExamVersionFactory()

    assert journal.root_of(version) == version.credential
    assert journal.root_of(version.credential) == version.credential


@pytest.mark.django_db
def test_ten_rows_are_read_in_as_many_queries_as_two():
    def cost(count):
        credential = CredentialFactory()
        for _ in range(count):
            version = ExamVersionFactory(credential=credential)
            Delivery.objects.create(version=version)
            Condition.objects.create(credential=credential, target_credential=CredentialFactory())
            Recommendation.objects.create(
                role=RoleFactory(), credential=credential, tier="core", reason="It fits."
            )
        with CaptureQueriesContext(connection) as queries:
            snapshot(credential)
        return len(queries)

    assert cost(2) == cost(10)


@pytest.mark.django_db
def test_a_fact_that_is_gone_was_nothing():
    credential = CredentialFactory()
    credential.delete()

    assert snapshot(credential) == {}
