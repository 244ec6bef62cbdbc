from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from careers.lifecycle import Answer, exam_status, sittable
from careers.models import Delivery, FieldChange, LifecycleEvent, Source
from careers.retiring import Retirement, is_last, retire
from tests.factories import CredentialFactory, ExamVersionFactory, UserFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
END = date(2027, 6, 11)
DAY = timedelta(days=1)


@pytest.fixture
def version():
    found = ExamVersionFactory(exam_code="SY0-701")
    Delivery.objects.create(version=found, languages=["en", "ja", "th"], minutes=90)
    return found


def done(version, on=END, **said):
    events = retire(version, Retirement(on, **said), by=UserFactory(), on=ON, at=AT)
    version.refresh_from_db()
    return events


def windows(version):
    return {tuple(row.languages): row.window_to for row in version.deliveries.all()}


def told(version):
    rows = LifecycleEvent.objects.filter(version=version).order_by("happens_on", "pk")
    return [(row.kind, row.happens_on, row.languages) for row in rows]


def test_one_last_day_closes_all_languages(version):
    done(version)

    assert (version.status, version.last_exam_on) == ("retirement_announced", END)
    assert windows(version) == {("en", "ja", "th"): END}
    assert told(version) == [("last_exam", END, [])]


def test_languages_with_days_of_their_own_become_forms_of_their_own(version):
    later = date(2027, 8, 13)

    done(version, languages={"ja": later, "th": later})

    assert windows(version) == {("en",): END, ("ja", "th"): later}
    assert {row.minutes for row in version.deliveries.all()} == {90}
    assert told(version) == [("last_exam", END, []), ("language_removed", later, ["ja", "th"])]
    assert sittable(version, "en", on=END + DAY).answer == Answer.NO
    assert sittable(version, "ja", on=later).answer == Answer.YES
    assert exam_status(version, on=later + DAY) == "retired"


def test_a_day_that_is_over_retires_at_once(version):
    done(version, on=ON - DAY)

    assert version.status == "retired"


def test_today_can_still_be_sat(version):
    done(version, on=ON)

    assert version.status == "retirement_announced"


def test_a_day_known_only_to_the_month_closes_no_window(version):
    done(version, on=date(2027, 6, 1), precision="month")

    assert windows(version) == {("en", "ja", "th"): None}
    assert exam_status(version, on=date(2027, 6, 30)) == "retirement_announced"
    assert exam_status(version, on=date(2027, 7, 1)) == "retired"


def test_a_beta_form_keeps_its_own_window(version):
    Delivery.objects.create(version=version, phase="beta", languages=["en"], window_to=date(2026, 3, 1))

    done(version)

    assert version.deliveries.get(phase="beta").window_to == date(2026, 3, 1)


def test_what_follows_is_recorded_with_an_event(version):
    successor = ExamVersionFactory(credential=version.credential, exam_code="SY0-801")

    done(version, successor=successor)

    assert version.successor == successor
    assert ("replaced", END, []) in told(version)
    assert not version.credential.replaced_by.exists()  # the certification itself goes on


def test_another_certification_takes_its_place(version):
    heir = CredentialFactory()
    successor = ExamVersionFactory()

    done(version, heir=heir, successor=successor)

    assert set(version.credential.replaced_by.all()) == {heir, successor.credential}


def test_said_twice_it_is_told_once(version):
    done(
        version,
        languages={"ja": END + DAY},
        source=Source.objects.create(key="a", title="A", kind="official"),
    )
    done(version, on=END + 9 * DAY, languages={"ja": END + 30 * DAY}, is_confirmed=False)

    assert told(version) == [
        ("last_exam", END + 9 * DAY, []),
        ("language_removed", END + 30 * DAY, ["ja"]),
    ]
    assert {event.certainty for event in LifecycleEvent.objects.all()} == {"announced"}
    assert {event.source.key for event in LifecycleEvent.objects.all()} == {"a"}
    assert windows(version) == {("en", "th"): END + 9 * DAY, ("ja",): END + 30 * DAY}


def test_the_history_tells_what_was(version):
    done(version)

    changes = {(row.field, row.before, row.after) for row in FieldChange.objects.all()}
    assert ("status", "Active", "Retirement announced") in changes
    assert {row.note for row in FieldChange.objects.all()} == {"Retired: SY0-701"}


@pytest.mark.parametrize("which", ["itself", "its own certification", "before it began"])
def test_nonsense_is_refused_and_nothing_is_half_done(version, which):
    version.available_from = date(2023, 11, 7)
    version.save()
    said = {
        "itself": {"successor": version},
        "its own certification": {"heir": version.credential},
        "before it began": {"on": date(2020, 1, 1)},
    }[which]

    with pytest.raises(ValidationError):
        done(version, **said)

    version.refresh_from_db()
    assert (version.status, told(version), windows(version)) == (
        "active",
        [],
        {("en", "ja", "th"): None},
    )


def test_whether_anything_of_the_certification_is_left(version):
    retirement = Retirement(END)
    assert is_last(version, retirement, on=ON)

    other = ExamVersionFactory(credential=version.credential, last_exam_on=END)
    assert is_last(version, Retirement(END + DAY), on=ON)
    assert not is_last(version, retirement, on=ON)

    other.delete()
    ExamVersionFactory(credential=version.credential, status="in_development")
    assert not is_last(version, retirement, on=ON)
