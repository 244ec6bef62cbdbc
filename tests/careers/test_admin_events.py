from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from careers.models import FieldChange, LifecycleEvent
from tests.factories import CredentialFactory, UserFactory

pytestmark = pytest.mark.django_db
EVENTS = "/admin/careers/lifecycleevent/"


@pytest.fixture
def editor(client):
    person = UserFactory()
    person.groups.add(Group.objects.get(name="editor"))
    client.force_login(person)
    return client


def event(days=-1, certainty="announced", **fields):
    day = None if days is None else timezone.localdate() + timedelta(days=days)
    return LifecycleEvent.objects.create(
        credential=CredentialFactory(), kind="last_exam", certainty=certainty, happens_on=day, **fields
    )


def test_one_press_confirms_many_and_the_history_tells_of_it(editor):
    rows = [event(), event(), event(None), event(certainty="confirmed")]

    page = editor.post(
        f"{EVENTS}?overdue=",
        {"action": "confirm", "_selected_action": [row.pk for row in rows]},
        follow=True,
    ).content.decode()

    assert "Confirmed: 2. 2 had no day, or were confirmed already." in page
    assert LifecycleEvent.objects.filter(certainty="confirmed").count() == 3
    changes = FieldChange.objects.filter(field="certainty")
    assert {(row.fact_id, row.before, row.after) for row in changes} == {
        (row.credential_id, "Announced", "Confirmed") for row in rows[:2]
    }


def test_what_is_overdue_is_found(editor):
    overdue = event(-3)
    event(3)
    event(-3, certainty="confirmed")

    found = editor.get(f"{EVENTS}?overdue=yes").context["cl"].queryset

    assert list(found) == [overdue]


def test_confirming_under_the_filter_counts_what_was_chosen(editor):
    rows = [event(), event()]

    page = editor.post(
        f"{EVENTS}?overdue=yes",
        {"action": "confirm", "_selected_action": [row.pk for row in rows]},
        follow=True,
    ).content.decode()

    assert "Confirmed: 2." in page
    assert "had no day" not in page


def test_an_edit_stands_in_the_history_of_the_certification(editor):
    row = event()
    said = {
        "credential": row.credential_id,
        "kind": "last_exam",
        "happens_on": "2027-01-01",
        "happens_on_precision": "day",
        "certainty": "announced",
    }

    editor.post(f"{EVENTS}{row.pk}/change/", said)

    assert FieldChange.objects.get(fact_id=row.credential_id, field="happens on").after == "1 January 2027"
