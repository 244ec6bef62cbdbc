"""The same questions, asked once more straight of the driver."""

from decimal import Decimal

import pytest
from django.db import Error, connection
from django.db.models import CharField
from django.utils import timezone

from blog.models import Category
from blog.prepared import Prepared
from tests.factories import CategoryFactory
from tests.website.listening import taken_of
from website.pagecache import evidence

pytestmark = pytest.mark.django_db


def asked(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute(sql, *given)
        return cursor.fetchall()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (-1, -2),
        (1, 10),
        (0, -0.5),
        (1, True),
        (1, 1.0),
        (Decimal("1.0"), Decimal("1.00")),
        (None, "None"),
        ([-1], [-2]),
    ],
)
def test_values_that_python_cannot_tell_apart_by_their_hash_are_told_apart(before, after):
    one, other = evidence.Answer("", None), evidence.Answer("", None)
    one.hear((before,))
    other.hear((after,))

    assert one.heard != other.heard


def test_a_question_that_was_written_once_is_heard_and_asked_again():
    category = CategoryFactory(name="One")
    ask = Prepared(Category, lambda name: Category.objects.filter(name=name), name=CharField())
    found = taken_of(lambda: ask(name="One"))
    assert found.is_good
    assert found.stands(timezone.now())

    Category.objects.filter(pk=category.pk).update(description="Other words.")
    assert not found.stands(timezone.now())


def test_one_more_than_a_question_that_was_written_once_found_is_noticed():
    ask = Prepared(Category, lambda name: Category.objects.filter(name__startswith=name), name=CharField())
    found = taken_of(lambda: ask(name="One"))
    CategoryFactory(name="One more")

    assert not found.stands(timezone.now())


def test_a_question_without_parameters_may_hold_any_sign():
    CategoryFactory(name="100 %s")
    found = taken_of(lambda: asked("SELECT slug FROM blog_category WHERE name LIKE '100 %s'"))
    assert found.stands(timezone.now())
    Category.objects.update(slug="elsewhere")
    assert not found.stands(timezone.now())


def test_who_listens_meanwhile_hears_it_too():
    category = CategoryFactory(name="One")
    inner = taken_of(lambda: list(Category.objects.all()))
    outer = taken_of(lambda: inner.stands(timezone.now()))
    assert outer.is_good

    Category.objects.filter(pk=category.pk).update(description="Other words.")
    assert not outer.stands(timezone.now())


def test_what_is_asked_again_can_be_counted(django_assert_num_queries):
    found = taken_of(lambda: [list(Category.objects.all()), Category.objects.count()])
    with django_assert_num_queries(2):
        assert found.stands(timezone.now())


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_asked_again_is_an_error_after_which_all_else_can_be_asked():
    CategoryFactory(name="One")
    names = evidence.Answer(evidence.Statement("SELECT name FROM blog_category"), None)
    broken = evidence.Answer(evidence.Statement("SELECT nothing FROM nowhere"), None)
    with pytest.raises(Error):
        evidence.Evidence([names, broken, names]).stands(timezone.now())

    assert asked("SELECT name FROM blog_category") == [("One",)]


def test_named_parameters_are_asked_with_again():
    CategoryFactory(name="One")

    query = "SELECT slug FROM blog_category WHERE name = %(name)s"
    found = taken_of(lambda: asked(query, {"name": "One"}))
    assert found.stands(timezone.now())
    Category.objects.update(slug="elsewhere")
    assert not found.stands(timezone.now())
