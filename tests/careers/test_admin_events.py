from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from careers.dates import first_day
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
    rows = [event(), event(), event(None), event(certainty="confirmed"), event(2)]

    page = editor.post(
        f"{EVENTS}?overdue=",
        {"action": "confirm", "_selected_action": [row.pk for row in rows]},
        follow=True,
    ).content.decode()

    assert "Confirmed: 2. Left as they are: 3, without a day, still to come, or confirmed already." in page
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


def test_a_quarter_is_overdue_once_it_is_over(editor):
    today = timezone.localdate()
    event(None)
    for precision in ("month", "quarter", "year"):
        row = event(happens_on_precision=precision)
        # Some day within it, that has passed already.
        LifecycleEvent.objects.filter(pk=row.pk).update(happens_on=first_day(today, precision))
    over = event(happens_on_precision="year")
    LifecycleEvent.objects.filter(pk=over.pk).update(happens_on=date(today.year - 1, 12, 31))

    assert list(editor.get(f"{EVENTS}?overdue=yes").context["cl"].queryset) == [over]


def test_confirming_under_the_filter_counts_what_was_chosen(editor):
    rows = [event(), event()]

    page = editor.post(
        f"{EVENTS}?overdue=yes",
        {"action": "confirm", "_selected_action": [row.pk for row in rows]},
        follow=True,
    ).content.decode()

    assert "Confirmed: 2." in page
    assert "Left as they are" not in page


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
