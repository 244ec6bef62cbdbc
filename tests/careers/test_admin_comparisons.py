import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from careers.models import Comparison, FieldChange
from tests.factories import RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
ADD = "/admin/careers/comparison/add/"


@pytest.fixture
def editor(client):
    person = UserFactory()
    person.groups.add(Group.objects.get(name="editor"))
    client.force_login(person)
    return client


def sent(*roles, **fields):
    return {"roles": [role.pk for role in roles], "status": "published", "intro": "", "verdict": "", **fields}


def errors(response):
    return response.context["adminform"].form.errors.get("roles")


def test_what_the_desk_says_is_kept_under_its_roles_in_any_order(editor):
    one, two = RoleFactory(), RoleFactory()

    assert editor.post(ADD, sent(two, one, verdict="Take one.")).status_code == 302

    found = Comparison.objects.get()
    assert (found.key, found.verdict) == (f"{one.pk}-{two.pk}", "Take one.")
    assert set(found.roles.all()) == {one, two}


@pytest.mark.parametrize("count", [1, 5])
def test_a_comparison_takes_two_to_four_roles(editor, count):
    response = editor.post(ADD, sent(*RoleFactory.create_batch(count)))

    assert errors(response) == ["Choose two to four roles."]


def test_the_same_roles_are_compared_once(editor):
    one, two = RoleFactory(name="One"), RoleFactory(name="Two")
    editor.post(ADD, sent(one, two))

    assert errors(editor.post(ADD, sent(two, one))) == ["There is one already: One vs Two. Change that one."]


def test_other_roles_move_it_under_another_key_and_into_the_history(editor):
    one, two, three = RoleFactory(), RoleFactory(), RoleFactory()
    editor.post(ADD, sent(one, two))
    found = Comparison.objects.get()

    editor.post(reverse("admin:careers_comparison_change", args=[found.pk]), sent(one, three))

    found.refresh_from_db()
    assert found.key == f"{one.pk}-{three.pk}"
    assert FieldChange.objects.filter(fact_model="careers.Comparison", field="roles").exists()


def test_the_form_leads_to_the_page_unless_a_role_is_a_draft(editor):
    one, two = RoleFactory(slug="one"), RoleFactory(slug="two")
    editor.post(ADD, sent(one, two))
    form = reverse("admin:careers_comparison_change", args=[Comparison.objects.get().pk])
    assert "/careers/compare/one-vs-two/" in editor.get(form).content.decode()

    type(one).objects.filter(pk=one.pk).update(status="draft")

    assert "/careers/compare/one-vs-two/" not in editor.get(form).content.decode()


def test_ten_comparisons_are_listed_at_the_cost_of_two(editor, count_queries):
    costs = []
    for count in (2, 8):
        for _ in range(count):
            editor.post(ADD, sent(RoleFactory(), RoleFactory()))
        costs.append(count_queries(editor, "/admin/careers/comparison/"))

    assert costs[0] == costs[1]
