import pytest
from django.db.models import BigAutoField

from careers import asking
from careers.asking import Question
from careers.models import Role
from tests.factories import RoleFactory


@pytest.fixture
def nothing_lent(monkeypatch):
    monkeypatch.setattr(asking, "_way", asking.anew)


def question():
    return Question(Role, lambda keys: Role.objects.filter(pk__in=keys).order_by("pk"), keys=BigAutoField())


@pytest.mark.django_db
def test_the_catalogue_asks_by_itself_what_it_asks_in_a_way_that_is_lent(request):
    roles = RoleFactory.create_batch(3)
    keys = [roles[0].pk, roles[2].pk]
    lent = question()(keys=keys)
    request.getfixturevalue("nothing_lent")

    assert question()(keys=keys) == lent == [roles[0], roles[2]]


def test_of_no_keys_there_is_nothing_to_ask(nothing_lent):
    assert question()(keys=[]) == []


def test_the_way_is_the_one_that_was_lent_before_the_first_asking(monkeypatch):
    monkeypatch.setattr(asking, "_way", None)
    asked = question()
    asking.lend(lambda model, make, **fields: lambda **values: [model, *values["keys"]])

    assert asked(keys=[7]) == [Role, 7]
