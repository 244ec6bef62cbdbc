import pytest
from django.contrib.auth.models import Group

from careers.models import FieldChange, Recommendation, RoleSkill
from tests.factories import CredentialFactory, RoleFactory, SkillFactory, UserFactory

pytestmark = pytest.mark.django_db
ADVICE = "/admin/careers/recommendation/"
NEEDS = "/admin/careers/roleskill/"
CREDENTIALS = "/admin/careers/credential/"


def advise(tier="core"):
    return Recommendation.objects.create(
        role=RoleFactory(), credential=CredentialFactory(), tier=tier, reason="It fits."
    )


def need():
    return RoleSkill.objects.create(role=RoleFactory(), skill=SkillFactory(), importance=3, level=3)


@pytest.fixture
def as_one(client):
    def log_in(group):
        person = UserFactory()
        person.groups.add(Group.objects.get(name=group))
        client.force_login(person)
        return client

    return log_in


def act(client, address, action, rows):
    sent = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(address, sent, follow=True).content.decode()


def history():
    return {
        (row.fact_model, row.fact_id, row.field, row.before, row.after) for row in FieldChange.objects.all()
    }


def test_the_tier_of_many_is_set_at_once_and_told_in_the_history_of_each_role(as_one):
    rows = [advise(), advise("start"), advise("advance")]

    page = act(as_one("editor"), ADVICE, "set_tier_advance", rows)

    assert {row.tier for row in Recommendation.objects.all()} == {"advance"}
    assert "Tier of 2 set to advance; 1 were so already." in page
    assert history() == {
        ("careers.Role", rows[0].role_id, "tier", "Core", "Advance"),
        ("careers.Role", rows[1].role_id, "tier", "Start", "Advance"),
    }


def test_what_was_not_chosen_stays(as_one):
    chosen, other = advise(), advise()

    act(as_one("editor"), ADVICE, "set_tier_start", [chosen])

    other.refresh_from_db()
    assert other.tier == "core"


def test_needs_become_optional_together(as_one):
    rows = [need(), need()]

    act(as_one("editor"), NEEDS, "set_relation_optional", rows)

    assert {row.relation for row in RoleSkill.objects.all()} == {"optional"}


def test_levels_of_certifications_are_set_together(as_one):
    rows = CredentialFactory.create_batch(2)

    act(as_one("editor"), CREDENTIALS, "set_level_expert", rows)

    assert history() == {("careers.Credential", row.pk, "level", "Associate", "Expert") for row in rows}


@pytest.mark.parametrize(
    ("address", "action", "make"),
    [(ADVICE, "set_tier_start", advise), (NEEDS, "set_relation_optional", need)],
)
def test_a_writer_sets_nothing(as_one, address, action, make):
    row = make()

    act(as_one("writer"), address, action, [row])

    assert FieldChange.objects.count() == 0


def edited(rows, **fields):
    sent = {
        "form-TOTAL_FORMS": len(rows),
        "form-INITIAL_FORMS": len(rows),
        "form-MIN_NUM_FORMS": 0,
        "form-MAX_NUM_FORMS": 1000,
        "_save": "Save",
    }
    for number, row in enumerate(rows):
        sent |= {f"form-{number}-id": row.pk, **{f"form-{number}-{k}": v for k, v in fields.items()}}
    return sent


def test_levels_are_edited_in_the_list_and_told_in_the_history(as_one):
    row = need()

    as_one("editor").post(NEEDS, edited([row], relation="essential", importance="4.5", level="6"))

    assert history() == {
        ("careers.Role", row.role_id, "importance", "3.00", "4.50"),
        ("careers.Role", row.role_id, "level", "3.00", "6.00"),
    }


@pytest.mark.parametrize(("field", "value"), [("importance", "0.5"), ("importance", "6"), ("level", "7.5")])
def test_a_level_off_the_scale_is_refused_in_the_list(as_one, field, value):
    row = need()
    said = {"relation": "essential", "importance": "3", "level": "3", field: value}

    response = as_one("editor").post(NEEDS, edited([row], **said))

    assert response.status_code == 200
    assert "Ensure this value is" in response.content.decode()
    assert RoleSkill.objects.get().importance == 3


@pytest.mark.parametrize(("address", "make"), [(ADVICE, advise), (NEEDS, need)])
def test_ten_rows_are_listed_at_the_cost_of_two(as_one, count_queries, address, make):
    client, costs = as_one("editor"), []
    for count in (2, 8):
        for _ in range(count):
            make()
        costs.append(count_queries(client, address))

    assert costs[0] == costs[1]
