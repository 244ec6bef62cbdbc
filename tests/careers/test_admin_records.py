import pytest
from django.urls import reverse

from careers.models import FieldChange, SlugAlias
from tests.factories import LONG_AGO, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


def test_not_even_a_superuser_rewrites_history(desk):
    change = FieldChange.objects.create(fact_id=1, field="level", before="a", changed_at=LONG_AGO)
    address = reverse("admin:careers_fieldchange_change", args=[change.pk])

    assert desk.get(address).status_code == 200
    assert desk.post(address, {"before": "b"}).status_code == 403
    change.refresh_from_db()
    assert change.before == "a"


@pytest.mark.parametrize("name", ["fieldchange", "slugalias"])
def test_a_list_of_ten_costs_what_one_of_two_costs(desk, count_queries, name):
    costs = []
    for rows in (2, 8):
        for _ in range(rows):
            SlugAlias.objects.create(fact=RoleFactory(), slug=f"former-{SlugAlias.objects.count()}")
            FieldChange.objects.create(
                fact_id=1, field="level", changed_at=LONG_AGO, changed_by=UserFactory()
            )
        costs.append(count_queries(desk, reverse(f"admin:careers_{name}_changelist")))

    assert costs[0] == costs[1]
