from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from careers.models import FieldChange, FieldCheck, Source
from careers.upkeep import check, last_source
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def source():
    return Source.objects.create(key="one", title="The page", kind="official")


def checked(subject, field, source, **said):
    said = {"by": None, "on": TODAY, "at": AT, **said}
    return check(subject, field, source=source, **said)


def test_confirming_writes_the_value_as_it_is_now_and_by_whom(source):
    version, person = ExamVersionFactory(validity_months=24), UserFactory()

    found = checked(version, "validity", source, by=person)

    assert (found.version, found.field, found.value) == (version, "validity", "24 months")
    assert (found.verdict, found.source, found.checked_on, found.checked_by) == (
        "confirms",
        source,
        TODAY,
        person,
    )


@pytest.mark.parametrize(
    ("before", "after"), [(None, TODAY), (TODAY - DAY, TODAY), (TODAY + DAY, TODAY + DAY)]
)
def test_confirming_moves_the_date_of_the_page_and_never_back(source, before, after):
    credential = CredentialFactory(checked_on=before, checked_on_precision="month")

    checked(credential, "level", source)

    credential.refresh_from_db()
    assert credential.checked_on == after


def test_confirming_a_fact_of_an_exam_moves_the_date_of_its_certification(source):
    version = ExamVersionFactory()

    checked(version, "status", source)

    version.credential.refresh_from_db()
    assert version.credential.checked_on == TODAY
    (change,) = FieldChange.objects.all()
    assert (change.field, change.after, change.note) == (
        "checked on",
        "24 November 2026",
        "Still true: status",
    )


def test_a_role_is_confirmed_too(source):
    role = RoleFactory()
    role.titles.create(title="Data Plumber")

    checked(role, "titles", source)

    role.refresh_from_db()
    assert role.checked_on == TODAY


def test_pressing_twice_writes_one_check(source):
    credential, person = CredentialFactory(), UserFactory()

    first, second = (checked(credential, "level", source, by=person) for _ in range(2))

    assert first == second
    assert FieldCheck.objects.count() == 1


@pytest.mark.parametrize("other", [{"on": TODAY - DAY}, {"verdict": "silent"}])
def test_another_day_or_another_answer_is_another_check(source, other):
    credential = CredentialFactory()

    checked(credential, "level", source)
    checked(credential, "level", source, **other)

    assert FieldCheck.objects.count() == 2


def test_a_source_that_says_something_else_does_not_move_the_date(source):
    version = ExamVersionFactory(validity_months=24)

    found = checked(version, "validity", source, verdict="contradicts", value=" 36 months ")

    version.credential.refresh_from_db()
    assert (found.verdict, found.value) == ("contradicts", "36 months")
    assert version.credential.checked_on is None


def test_a_source_that_says_nothing_shows_no_value(source):
    found = checked(CredentialFactory(), "level", source, verdict="silent", value="Expert")

    assert found.value == ""


@pytest.mark.parametrize(
    ("field", "said", "sentence"),
    [
        ("validity", {}, "Nothing is recorded here"),
        ("status", {"verdict": "contradicts"}, "Say what the source says instead"),
        ("status", {"verdict": "contradicts", "value": "Active"}, "recorded already"),
        ("status", {"verdict": "contradicts", "value": "x" * 301}, "300"),
        ("status", {"verdict": "nonsense", "value": "Retired"}, "not a valid choice"),
        ("colour", {"verdict": "contradicts", "value": "Blue"}, "not a valid choice"),
    ],
)
def test_what_makes_no_sense_is_a_sentence_and_writes_nothing(source, field, said, sentence):
    with pytest.raises(ValidationError, match=sentence):
        checked(ExamVersionFactory(), field, source, **said)

    assert not FieldCheck.objects.exists()


def test_the_source_used_last_for_the_field_comes_first(source):
    version = ExamVersionFactory()
    newer, named = (Source.objects.create(key=key, title=key, kind="official") for key in ("new", "named"))
    assert last_source(version, "status") is None

    version.sources.add(named)
    assert last_source(version, "status") == named

    checked(version, "status", source, on=TODAY - DAY)
    assert last_source(version, "price") == source

    checked(version, "status", newer)
    assert last_source(version, "status") == newer
