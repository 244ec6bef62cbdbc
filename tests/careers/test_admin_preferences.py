import re
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from careers.models import FieldChange, PreferenceStatement, PreferenceWeight, Role, Status
from tests.careers.statements import REASON, make_statement
from tests.careers.test_admin import posted
from tests.factories import RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/careers/preferencestatement/"


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


@pytest.fixture
def roles():
    return [RoleFactory(name=name, slug=name.lower()) for name in ("Baker", "Miller", "Potter")]


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(response.content.decode())).split())


def change(statement):
    return reverse("admin:careers_preferencestatement_change", args=[statement.pk])


def new(*weights, **values):
    """What the form for a new statement sends. A weight is role, points, reason, and “rules out” if so."""
    data = {
        "text": "I like bread",
        "slug": "bread",
        "about": "work",
        "status": "published",
        "order": 0,
        **values,
    }
    data |= {"weights-TOTAL_FORMS": len(weights), "weights-INITIAL_FORMS": 0}
    for number, (role, points, reason, *rules_out) in enumerate(weights):
        row = {"role": Role.objects.get(slug=role).pk, "weight": points, "reason": reason}
        row |= {"is_excluding": "on"} if rules_out else {}
        data |= {f"weights-{number}-{name}": value for name, value in row.items()}
    return data


def add(desk, *weights, **values):
    return desk.post(f"{LIST}add/", new(*weights, **values))


# --- Writing a statement ----------------------------------------------------


def test_a_statement_is_written_with_its_points(desk, roles):
    response = add(desk, ("baker", 3, REASON), ("miller", 1, ""), ("potter", 0, REASON, "rules out"))

    assert response.status_code == 302
    found = PreferenceWeight.objects.values_list("role__slug", "weight", "is_excluding")
    assert set(found) == {("baker", 3, False), ("miller", 1, False), ("potter", 0, True)}


@pytest.mark.parametrize("weight", [("baker", 2, ""), ("baker", 3, "  "), ("baker", 0, "", "rules out")])
def test_from_two_points_on_a_reason_is_asked_for_at_the_field(desk, roles, weight):
    response = add(desk, weight)

    (form,) = response.context["inline_admin_formsets"][0].formset.forms
    assert list(form.errors) == ["reason"]
    assert "need a reason" in text(response)
    assert not PreferenceStatement.objects.exists()


def test_what_is_ruled_out_gets_no_points_and_the_field_says_so(desk, roles):
    response = add(desk, ("baker", 1, REASON, "rules out"))

    (form,) = response.context["inline_admin_formsets"][0].formset.forms
    assert list(form.errors) == ["weight"]


@pytest.mark.parametrize("points", [4, -1, "many", ""])
def test_points_outside_the_scale_are_a_message(desk, roles, points):
    response = add(desk, ("baker", points, REASON))

    assert response.status_code == 200
    assert not PreferenceStatement.objects.exists()


def test_a_role_entered_twice_is_a_message(desk, roles):
    response = add(desk, ("baker", 1, ""), ("baker", 3, REASON))

    assert response.status_code == 200
    assert "Please correct the duplicate values" in text(response)


@pytest.mark.parametrize(
    "weights",
    [
        [],
        [("baker", 0, "")],
        [("baker", 2, REASON), ("miller", 2, REASON), ("potter", 2, REASON)],
        [(role, 0, REASON, "rules out") for role in ("baker", "miller", "potter")],
    ],
    ids=["no role", "no points", "all alike", "all ruled out"],
)
def test_a_statement_that_says_the_same_of_every_role_is_refused(desk, roles, weights):
    response = add(desk, *weights)

    assert response.status_code == 200
    assert "helps nobody to choose" in text(response)
    assert not PreferenceStatement.objects.exists()


def test_taking_the_last_difference_away_is_refused(desk, roles):
    statement = make_statement("bread", baker=3)
    data = posted(desk.get(change(statement)))

    response = desk.post(change(statement), {**data, "weights-0-DELETE": "on"})

    assert "helps nobody to choose" in text(response)
    assert statement.weights.exists()


def test_saving_a_statement_unchanged_changes_nothing(desk, roles):
    statement = make_statement("bread", baker=3, miller=1)

    response = desk.post(change(statement), posted(desk.get(change(statement))))

    assert response.status_code == 302
    assert list(statement.weights.values_list("role__slug", "weight")) == [("baker", 3), ("miller", 1)]
    assert not FieldChange.objects.exists()


def test_the_address_of_answers_stays_what_it_is(desk, roles):
    statement = make_statement("bread", baker=3)
    data = posted(desk.get(change(statement)))

    desk.post(change(statement), {**data, "slug": "buns", "text": "I like buns"})

    statement.refresh_from_db()
    assert (statement.slug, statement.text) == ("bread", "I like buns")


def test_a_statement_can_be_withdrawn_from_readers(desk, roles):
    statement = make_statement("bread", baker=3)
    data = posted(desk.get(change(statement)))

    desk.post(change(statement), {**data, "status": Status.DRAFT})

    assert "I like bread" not in desk.get("/careers/choose/").content.decode()


# --- Its history ------------------------------------------------------------


def test_changed_points_leave_a_line_in_the_history(desk, roles):
    statement = make_statement("bread", baker=3)
    data = posted(desk.get(change(statement)))

    desk.post(change(statement), {**data, "weights-0-weight": 2})

    (line,) = FieldChange.objects.all()
    assert (line.fact_model, line.field, line.before, line.after) == (
        "careers.PreferenceStatement",
        "weight",
        "3",
        "2",
    )
    page = text(desk.get(reverse("admin:careers_preferencestatement_history", args=[statement.pk])))
    assert "I like bread → Baker" in page


# --- How far each role can get ----------------------------------------------


def test_the_list_shows_how_far_each_role_can_get(desk, roles):
    make_statement("bread", baker=3, miller=2)
    make_statement("stones", miller=3)

    page = text(desk.get(LIST))

    assert "Baker 3, Miller 2" in page
    assert "Potter 0 0 Baker 3 1 Miller 5 2" in page


def test_the_list_warns_of_roles_that_hardly_ever_come_first(desk, roles):
    make_statement("bread", baker=3, miller=2)
    make_statement("stones", baker=2, miller=3)
    make_statement("clay", potter=3)

    page = text(desk.get(LIST))

    assert (
        "Potter : 1 statement with two points or more; reaches 3 points at most, far below the rest" in page
    )
    assert "Baker : " not in page


def test_a_list_without_unfair_roles_says_so(desk, roles):
    for number in range(2):
        make_statement(f"s{number}", baker=3, miller=3, potter=2)

    assert "Every role has a fair chance to come first." in text(desk.get(LIST))


def test_drafts_count_for_no_reach(desk, roles):
    make_statement("bread", baker=3)
    PreferenceStatement.objects.update(status=Status.DRAFT)

    assert "Baker 0 0" in text(desk.get(LIST))


def test_statements_are_found_by_their_role_and_their_state(desk, roles):
    make_statement("bread", baker=3, miller=1)
    make_statement("clay", potter=3)
    potter = Role.objects.get(slug="potter")

    for query in ("q=potter", f"weights__role__id__exact={potter.pk}"):
        found = desk.get(f"{LIST}?{query}").context["cl"].result_list
        assert [statement.slug for statement in found] == ["clay"], query


def test_ten_statements_cost_what_two_cost(desk, roles, count_queries):
    costs = []
    for count in (2, 10):
        for number in range(PreferenceStatement.objects.count(), count):
            RoleFactory(slug=f"role-{number}")
            make_statement(f"s{number}", baker=3, **{f"role_{n}": 1 for n in range(number + 1)})
        costs.append(count_queries(desk, LIST))

    assert costs[0] == costs[1]


def test_a_statement_with_ten_weights_costs_what_one_with_two_costs(desk, count_queries):
    costs = []
    for count in (2, 10):
        made = [RoleFactory(slug=f"r{count}-{number}") for number in range(count)]
        statement = make_statement(f"s{count}", **{role.slug.replace("-", "_"): 1 for role in made})
        costs.append(count_queries(desk, change(statement)))

    assert costs[0] == costs[1]


def test_an_editor_takes_weights_away_and_a_writer_only_reads(client, roles):
    statement = make_statement("bread", baker=3, miller=1)
    for group, left in (("writer", 2), ("editor", 1)):
        person = UserFactory()
        person.groups.add(Group.objects.get(name=group))
        client.force_login(person)
        page = client.get(change(statement))
        client.post(change(statement), {**posted(page), "weights-1-DELETE": "on"})
        assert statement.weights.count() == left, group
