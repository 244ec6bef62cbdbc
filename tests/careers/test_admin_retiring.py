from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from careers.models import Delivery, LifecycleEvent, Recommendation
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
SAID = {"last_exam_on": "2027-06-11", "precision": "day", "is_confirmed": "on"}


@pytest.fixture
def version():
    found = ExamVersionFactory(exam_code="SY0-701", credential__name="Security")
    Delivery.objects.create(version=found, languages=["en", "ja"])
    return found


@pytest.fixture
def editor(client):
    person = UserFactory()
    person.groups.add(Group.objects.get(name="editor"))
    client.force_login(person)
    return client


def page_of(version):
    return reverse("admin:careers_examversion_retire", args=[version.pk])


def text(response):
    return " ".join(response.content.decode().split())


def test_the_form_of_an_exam_leads_to_its_retirement(editor, version):
    form = reverse("admin:careers_examversion_change", args=[version.pk])

    assert f'href="{page_of(version)}">Retire</a>' in text(editor.get(form))


def test_every_language_may_have_a_last_day_of_its_own(editor, version):
    page = text(editor.get(page_of(version)))

    assert "Last day in English" in page
    assert "Last day in Japanese" in page


def test_what_it_does_is_shown_before_anything_is_written(editor, version):
    Recommendation.objects.create(
        role=RoleFactory(name="Guard"), credential=version.credential, tier="core", reason="It fits."
    )

    page = text(editor.post(page_of(version), SAID | {"language_ja": "2027-08-13"}))

    for words in (
        "with 11 June 2027 as its last day; in ja 13 August 2027.",
        "nothing takes its place: it drops from what is recommended",
        "Recommended for 1 role: Guard (core).",
        'name="write" value="Retire it"',
    ):
        assert words in page
    version.refresh_from_db()
    assert (version.status, LifecycleEvent.objects.count()) == ("active", 0)


def test_what_takes_its_place_is_named(editor, version):
    page = text(editor.post(page_of(version), SAID | {"heir": CredentialFactory(name="Its heir").pk}))

    assert "<strong>Its heir</strong> takes its place" in page


def test_with_another_version_the_certification_stays(editor, version):
    ExamVersionFactory(credential=version.credential)

    assert "Another version of the certification goes on" in text(editor.post(page_of(version), SAID))


def test_one_more_press_writes_it_and_names_the_undo(editor, version):
    answer = editor.post(page_of(version), SAID | {"write": "Retire it"}, follow=True)

    version.refresh_from_db()
    assert (version.status, version.last_exam_on) == ("retirement_announced", date(2027, 6, 11))
    assert "SY0-701 ends on 11 June 2027. To undo it," in text(answer)
    assert LifecycleEvent.objects.get().certainty == "confirmed"


def test_what_is_known_already_is_filled_in(editor, version):
    editor.post(page_of(version), SAID | {"language_ja": "2027-08-13", "write": "x"})

    page = text(editor.get(page_of(version)))

    assert 'value="2027-06-11"' in page
    assert 'value="2027-08-13"' in page


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"last_exam_on": ""}, "This field is required."),
        ({"last_exam_on": "soon"}, "Enter a valid date."),
        ({"language_ja": "32.13."}, "Enter a valid date."),
        ({"successor": "999999"}, "Select a valid choice."),
        ({"heir": "nobody"}, "Select a valid choice."),
        ({"note": "x" * 301}, "at most 300 characters"),
        ({"precision": "century"}, "Select a valid choice."),
    ],
)
def test_a_mistake_gets_a_sentence_and_keeps_what_was_typed(editor, version, said, sentence):
    response = editor.post(page_of(version), SAID | {"note": "Kept"} | said | {"write": "x"})

    assert sentence in text(response)
    version.refresh_from_db()
    assert version.status == "active"


def test_a_day_before_the_exam_began_is_refused(editor, version):
    version.available_from = date(2030, 1, 1)
    version.save()

    response = editor.post(page_of(version), SAID | {"write": "x"})

    assert "This is before the exam was offered at all." in text(response)


@pytest.mark.parametrize("pk", [999_999, 2**63, 10**30])
def test_an_exam_that_is_not_there_is_not_found(editor, pk):
    assert editor.get(f"/admin/careers/examversion/{pk}/retire/").status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_writer_retires_nothing(client, version, method):
    person = UserFactory()
    person.groups.add(Group.objects.get(name="writer"))
    client.force_login(person)

    assert getattr(client, method)(page_of(version), SAID | {"write": "x"}).status_code == 403
    version.refresh_from_db()
    assert version.status == "active"
