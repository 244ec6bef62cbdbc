import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from careers.importing.faults import Refusal
from careers.importing.proposing import (
    CHANGED_SINCE,
    LOCKED_BY_HAND,
    OWN_VALUE,
    Proposal,
    Proposals,
    judge,
)
from careers.importing.values import same
from careers.models import ExternalRecord, FieldChange, Role, Skill
from tests.careers.imports import CLOCK
from tests.factories import LONG_AGO, RoleFactory, SkillFactory, UserFactory

values = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "x", "y", None, 3]), min_size=3)
flags = st.booleans()


# --- Judging ---------------------------------------------------------------------------


def test_an_empty_field_is_filled():
    assert judge({"a": None}, {"a": 4}, written={}).writes == {"a": 4}


def test_what_the_desk_wrote_is_kept():
    told = judge({"a": 5}, {"a": 4}, written={})

    assert (told.writes, told.kept) == ({}, {"a": OWN_VALUE})


def test_what_an_import_wrote_is_renewed():
    assert judge({"a": 5}, {"a": 4}, written={"a": 5}).writes == {"a": 4}


def test_what_an_editor_changed_since_is_kept():
    assert judge({"a": 3}, {"a": 4}, written={"a": 5}).kept == {"a": CHANGED_SINCE}


def test_what_an_editor_emptied_since_stays_empty():
    assert judge({"a": None}, {"a": 4}, written={"a": 5}).kept == {"a": CHANGED_SINCE}


def test_a_locked_field_is_kept_even_where_it_is_empty():
    assert judge({"a": None}, {"a": 4}, written={}, locked=["a"]).kept == {"a": LOCKED_BY_HAND}


def test_fields_that_belong_together_are_kept_together():
    told = judge({"a": 5, "b": None}, {"a": 4, "b": 1}, written={}, is_whole=True)

    assert told.writes == {}
    assert set(told.kept) == {"a", "b"}


def test_what_is_the_same_needs_no_reason():
    told = judge({"a": 5, "b": 1}, {"a": 5, "b": 1}, written={}, is_whole=True)

    assert (told.writes, told.kept) == ({}, {})


@given(values, values, values, st.sets(st.sampled_from("abc")), flags)
def test_every_difference_is_written_or_kept_and_nothing_else_is(present, proposed, written, locked, whole):
    told = judge(present, proposed, written=written, locked=locked, is_whole=whole)
    differing = {name for name in proposed if not same(present[name], proposed[name])}

    assert set(told.writes) | set(told.kept) == differing
    assert not set(told.writes) & set(told.kept)
    assert not set(told.writes) & locked


@given(values, values, values, flags)
def test_judging_what_was_written_again_writes_nothing(present, proposed, written, whole):
    told = judge(present, proposed, written=written, is_whole=whole)
    after = {**present, **told.writes}

    again = judge(after, proposed, written={**written, **told.writes}, is_whole=whole)

    assert again.writes == {}
    assert set(again.kept) == set(told.kept)


# --- Writing ---------------------------------------------------------------------------


def proposals():
    return Proposals(system="onet", by=UserFactory(), at=CLOCK(), note="import O*NET 30.3")


def of_a_skill(row=None, *, external_id="2.A.1", values=None, **options):
    new = {"name": "Reading", "slug": "reading", "status": "draft"}
    told = {"kind": "knowledge"} if values is None else values
    return Proposal("Skills.txt, line 2", external_id, Skill, "Reading", told, new, row=row, **options)


@pytest.mark.django_db
def test_what_is_not_there_is_made_and_written_down():
    writing = proposals()

    skill = writing.put(of_a_skill())
    writing.close()

    assert (skill.name, skill.kind, skill.status) == ("Reading", "knowledge", "draft")
    record = ExternalRecord.objects.get()
    assert (record.fact_model, record.fact_id, record.external_id) == ("careers.Skill", skill.pk, "2.A.1")
    assert record.values == {"kind": "knowledge"}
    assert writing.rows[0].changes == {"kind": ["", "knowledge"]}
    assert {change.note for change in FieldChange.objects.all()} == {"import O*NET 30.3"}


@pytest.mark.django_db
def test_what_an_editor_deleted_stays_deleted():
    writing = proposals()
    skill = writing.put(of_a_skill())
    writing.close()
    skill.delete()

    writing = proposals()
    assert writing.put(of_a_skill()) is None

    assert (writing.rows[0].verdict, Skill.objects.count()) == ("locked", 0)
    assert "deleted" in writing.rows[0].reason


@pytest.mark.django_db
def test_what_another_row_said_already_is_refused():
    writing = proposals()
    writing.put(of_a_skill())
    writing.put(of_a_skill())

    assert writing.rows[1].reason == "It repeats Skills.txt, line 2."


@pytest.mark.django_db
def test_one_of_ours_is_never_two_of_theirs():
    skill = SkillFactory()
    writing = proposals()
    writing.put(of_a_skill(skill))
    writing.put(of_a_skill(skill, external_id="2.B.7"))

    assert "is already “2.A.1” of the same source" in writing.rows[1].reason


@pytest.mark.django_db
def test_a_value_that_the_catalogue_refuses_leaves_the_fact_as_it_was():
    role = RoleFactory()
    writing = proposals()
    writing.put(Proposal("x", "1", Role, "x", {"job_zone": 9}, row=role))
    writing.close()

    role.refresh_from_db()
    assert (writing.rows[0].verdict, role.job_zone) == ("rejected", None)
    assert "5" in writing.rows[0].reason
    assert FieldChange.objects.count() == 0


@pytest.mark.django_db
def test_a_name_in_use_is_a_refused_row_and_no_error():
    SkillFactory(name="Reading", slug="else")
    writing = proposals()

    assert writing.put(of_a_skill()) is None
    assert writing.rows[0].verdict == "rejected"


@pytest.mark.django_db
def test_an_identifier_too_long_to_keep_is_refused():
    writing = proposals()

    assert writing.put(of_a_skill(external_id="x" * 201)) is None
    assert "longer than 200" in writing.rows[0].reason


@pytest.mark.django_db
def test_only_what_is_proposed_is_saved():
    """An editor who saves another field meanwhile loses nothing."""
    skill = SkillFactory(kind="skill")
    ExternalRecord.objects.create(
        system="onet",
        external_id="2.A.1",
        fact_model="careers.Skill",
        fact_id=skill.pk,
        values={"kind": "skill"},
        seen_at=LONG_AGO,
    )
    writing = proposals()
    writing.known(Skill, "2.A.1")
    Skill.objects.filter(pk=skill.pk).update(summary="Written meanwhile.")
    writing.put(of_a_skill())

    skill.refresh_from_db()
    assert (skill.kind, skill.summary) == ("knowledge", "Written meanwhile.")


@pytest.mark.django_db
def test_what_has_not_changed_costs_no_query_a_row():
    for number in range(8):
        skill = SkillFactory(kind="knowledge")
        told = {"system": "onet", "fact_model": "careers.Skill", "fact_id": skill.pk, "seen_at": LONG_AGO}
        ExternalRecord.objects.create(external_id=str(number), values={"kind": "knowledge"}, **told)
    costs = []
    for rows in (2, 8):
        writing = proposals()
        with CaptureQueriesContext(connection) as queries:
            for number in range(rows):
                writing.put(of_a_skill(external_id=str(number)))
            writing.close()
        costs.append(len(queries))

    assert costs[0] == costs[1]


@pytest.mark.django_db
def test_the_histories_of_many_facts_are_read_together():
    costs = []
    for rows in (2, 8):
        writing = proposals()
        for number in range(rows):
            skill = SkillFactory(summary="")
            writing.put(of_a_skill(skill, external_id=f"{rows}-{number}", values={"summary": "Told."}))
        with CaptureQueriesContext(connection) as queries:
            writing.close()
        costs.append(sum(query["sql"].startswith("SELECT") for query in queries))

    assert costs[0] == costs[1]
    told = FieldChange.objects.values_list("field", "before", "after")
    assert [*told] == [("summary", "", "Told.")] * 10


@pytest.mark.django_db
def test_long_texts_fit_into_the_account():
    writing = proposals()
    writing.refuse(Refusal("p" * 300, "r" * 900, "i" * 300, "l" * 900))

    row = writing.rows[0]
    assert [len(text) for text in (row.place, row.reason, row.external_id, row.label)] == [200, 500, 200, 300]
