from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given
from hypothesis import strategies as st

from careers.directory import ladders
from careers.models import Recommendation, Role
from careers.succession import after, heirs, nearest
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory

ON = date(2026, 11, 24)
graphs = st.dictionaries(st.integers(1, 8), st.lists(st.integers(1, 8), max_size=3), max_size=8)


@given(graphs, st.integers(1, 8))
def test_successors_end_even_in_a_circle_and_never_come_back_to_the_start(graph, start):
    found = after(graph, start)

    assert len(found) == len(set(found))
    assert set(found) - {start} == set(found) or start in graph.get(start, ())


@given(graphs, st.integers(1, 8), st.sets(st.integers(1, 8)))
@example({1: [2], 2: [1]}, 1, {1})  # a circle leads back to what is asked of
def test_what_takes_the_place_lasts_and_follows(graph, start, lasting):
    found = nearest(graph, start, lasting)

    assert len(found) == len(set(found))
    assert set(found) <= (lasting - {start}) & set(after(graph, start))


def retired(name, *successors):
    version = ExamVersionFactory(credential__name=name, status="retired", last_exam_on=date(2026, 3, 31))
    version.credential.replaced_by.set(successors)
    return version.credential


def names(found):
    return [credential.name for credential in found]


def advise(role, credential, tier="core"):
    return Recommendation.objects.create(role=role, credential=credential, tier=tier, reason="It fits.")


def ladder_of(*roles):
    rows = Role.objects.filter(pk__in=[role.pk for role in roles]).with_profile()
    return [
        [(tier.label, advice.entry.name, advice.note) for tier in tiers for advice in tier.advice]
        for tiers in ladders(rows, on=ON)
    ]


pytestmark = pytest.mark.django_db


def test_successors_are_followed_until_one_can_be_earned():
    current = ExamVersionFactory(credential__name="Now").credential
    oldest = retired("Oldest", retired("Old", current))

    assert names(heirs([oldest], on=ON)[oldest.pk]) == ["Now"]


def test_nothing_follows_what_can_be_earned():
    current = ExamVersionFactory().credential
    current.replaced_by.add(ExamVersionFactory().credential)

    assert heirs([current], on=ON) == {}


def test_a_draft_takes_nobody_s_place():
    old = retired("Old", ExamVersionFactory(credential__status="draft").credential)

    assert heirs([old], on=ON) == {old.pk: ()}


def test_an_exam_s_successor_of_another_credential_follows_too():
    old = retired("Old")
    old.versions.update(successor=ExamVersionFactory(credential__name="Now"))

    assert names(heirs([old], on=ON)[old.pk]) == ["Now"]


def test_a_circle_of_retired_ones_leads_nowhere():
    one = retired("One")
    one.replaced_by.add(retired("Two", one))

    assert heirs([one], on=ON)[one.pk] == ()


def test_a_retired_recommendation_gives_its_place_to_its_successor():
    role = RoleFactory()
    advise(role, retired("Old", ExamVersionFactory(credential__name="Now").credential), tier="advance")

    assert ladder_of(role) == [[("Advance", "Now", "Replaces Old, retired 31 March 2026.")]]


def test_a_successor_that_is_recommended_anyway_keeps_its_place_and_tells_of_it():
    role, current = RoleFactory(), ExamVersionFactory(credential__name="Now").credential
    advise(role, retired("Old", current), tier="advance")
    advise(role, current, tier="start")

    assert ladder_of(role) == [[("Start", "Now", "Replaces Old, retired 31 March 2026.")]]


def test_the_successor_of_two_is_recommended_once_and_names_both():
    role, current = RoleFactory(), ExamVersionFactory(credential__name="Now").credential
    advise(role, retired("One", current))
    advise(role, retired("Two", current))

    ((_, _, note),) = ladder_of(role)[0]
    assert note == "Replaces One, retired 31 March 2026 and Two, retired 31 March 2026."


def test_a_retired_recommendation_without_successor_is_left_out():
    role = RoleFactory()
    advise(role, retired("Old", retired("Older")))

    assert ladder_of(role) == [[]]


def test_each_of_several_roles_gets_the_successor():
    current = ExamVersionFactory(credential__name="Now").credential
    old, roles = retired("Old", current), [RoleFactory(), RoleFactory()]
    for role in roles:
        advise(role, old)

    assert [[name for _, name, _ in rows] for rows in ladder_of(*roles)] == [["Now"], ["Now"]]


def test_ten_retired_ones_cost_what_two_cost():
    costs = []
    for number in (2, 10):
        found = [retired(f"{number} {row}", ExamVersionFactory().credential) for row in range(number)]
        with CaptureQueriesContext(connection) as queries:
            heirs(type(found[0]).objects.filter(pk__in=[row.pk for row in found]).with_exams(), on=ON)
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_a_credential_without_exams_is_not_retired():
    assert heirs([CredentialFactory()], on=ON) == {}
