from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.models import Category
from careers.models import Status
from tests.factories import CategoryFactory, CredentialFactory, ExamVersionFactory, RoleFactory
from website.desk_check import facts_on
from website.remembered import Remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathered():
    return []


@pytest.fixture
def names(gathered):
    def gather(beginning):
        gathered.append(beginning)
        return [category.name for category in Category.objects.filter(name__startswith=beginning)]

    return Remembered(gather)


def test_what_is_the_same_in_the_database_is_gathered_once(names, gathered):
    CategoryFactory(name="Tools")

    assert [names("To"), names("To")] == [["Tools"], ["Tools"]]
    assert gathered == ["To"]


def test_what_has_changed_is_gathered_anew(names, gathered):
    category = CategoryFactory(name="Tools")
    names("To")
    category.name = "Topics"
    category.save()

    assert names("To") == ["Topics"]
    CategoryFactory(name="Tours")
    assert names("To") == ["Topics", "Tours"]
    assert gathered == ["To"] * 3


def test_another_key_has_its_own_answer(names, gathered):
    CategoryFactory(name="Tools")

    assert [names("To"), names("X"), names("To")] == [["Tools"], [], ["Tools"]]
    assert gathered == ["To", "X", "To"]


def test_what_was_changed_by_gathering_is_not_kept(gathered):
    def gather(name):
        gathered.append(name)
        return CategoryFactory(name=f"{name} {len(gathered)}").pk

    making = Remembered(gather)

    assert making("One") != making("One")


def test_a_failure_is_not_kept(names, gathered):
    def gather(key):
        gathered.append(key)
        if len(gathered) == 1:
            raise ValueError("once")
        return Category.objects.count()

    counting = Remembered(gather)

    with pytest.raises(ValueError, match="once"):
        counting("a")
    assert counting("a") == 0


def test_what_is_forgotten_is_gathered_anew(names, gathered):
    names("To")
    names.forget()
    names("To")

    assert gathered == ["To", "To"]


def test_the_desk_check_knows_each_change_of_the_catalogue_at_once():
    on = date(2026, 11, 1)
    credential = CredentialFactory(name="Cloud Sailor")
    known = [facts_on(on)]
    for change in (
        lambda: ExamVersionFactory(credential=credential, exam_code="CS-100"),
        lambda: credential.versions.update(exam_code="CS-200"),
        lambda: RoleFactory(name="Sailor"),
        lambda: type(credential).objects.update(status=Status.DRAFT),
    ):
        change()
        known.append(facts_on(on))

    assert all(known[n] != known[n + 1] for n in range(4))
    assert [[exam.code for one in facts.certifications for exam in one.exams] for facts in known] == [
        [],
        ["CS-100"],
        ["CS-200"],
        ["CS-200"],
        [],
    ]


def test_the_desk_check_asks_for_the_catalogue_and_builds_nothing_of_it():
    CredentialFactory()
    on = date(2026, 11, 1)
    first = facts_on(on)
    with CaptureQueriesContext(connection) as again:
        assert facts_on(on) is first
    assert 0 < len(again) < 10
