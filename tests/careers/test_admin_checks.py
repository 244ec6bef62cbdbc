from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers.models import FieldCheck, Source
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
NONSENSE = ["\0", "x" * 100_000, "2026-99-99", "'; --", "٣", "-1"]


@pytest.fixture
def source():
    return Source.objects.create(key="one", title="The page", kind="official")


def log_in(client, group):
    person = UserFactory(username=group)
    person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    return client


@pytest.fixture
def editor(client):
    return log_in(client, "editor")


def address(kind, fact, field):
    return reverse("admin:careers_fieldcheck_check", args=[kind, fact.pk, field])


def still_true(source, **more):
    return {"verdict": "confirms", "source": source.pk, **more}


def test_one_press_writes_the_check_and_says_so(editor, source):
    version = ExamVersionFactory(exam_code="AB-1", validity_months=24)

    page = editor.post(address("version", version, "validity"), still_true(source), follow=True)

    found = FieldCheck.objects.get()
    assert (found.value, found.checked_by.username, found.checked_on) == (
        "24 months",
        "editor",
        timezone.localdate(),
    )
    assert "Noted: Validity of AB-1 is still 24 months (The page)." in page.content.decode()


def test_a_double_click_is_one_check(editor, source):
    credential = CredentialFactory()

    for _ in range(2):
        editor.post(address("credential", credential, "level"), still_true(source))

    assert FieldCheck.objects.count() == 1


def test_the_form_of_a_certification_offers_the_press_with_the_source_used_last(editor, source):
    version = ExamVersionFactory(status="active")
    version.sources.add(source)

    page = editor.get(reverse("admin:careers_credential_change", args=[version.credential.pk]))

    assert f'action="{address("version", version, "status")}"' in page.content.decode()
    assert f'name="source" value="{source.pk}"' in page.content.decode()


def test_a_source_that_contradicts_is_entered_in_the_same_form(editor, source):
    role = RoleFactory()
    role.titles.create(title="Data Plumber")
    sent = still_true(source, verdict="contradicts", value="Data Engineer", checked_on="2026-11-02", note="n")

    editor.post(address("role", role, "titles"), sent)

    found = FieldCheck.objects.get()
    assert (found.verdict, found.value, found.checked_on, found.note) == (
        "contradicts",
        "Data Engineer",
        date(2026, 11, 2),
        "n",
    )


def test_it_changed_leads_to_the_field(editor):
    version = ExamVersionFactory()

    page = editor.get(address("version", version, "validity")).content.decode()

    assert f"{reverse('admin:careers_examversion_change', args=[version.pk])}#id_validity_months" in page


@pytest.mark.parametrize(
    "said", [{"source": ""}, {"verdict": "contradicts"}, {"checked_on": "2999-01-01"}, {"source": "999"}]
)
def test_a_mistake_is_a_sentence_and_writes_nothing(editor, source, said):
    page = editor.post(address("credential", CredentialFactory(), "level"), {**still_true(source), **said})

    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert not FieldCheck.objects.exists()


@pytest.mark.parametrize("name", ["credential", "role", "fieldcheck"])
@pytest.mark.parametrize(("ahead", "refused"), [(0, False), (1, True)])
def test_no_form_takes_a_day_to_come_for_the_day_a_fact_was_checked(editor, name, ahead, refused):
    day = timezone.localdate() + timedelta(days=ahead)

    page = editor.post(reverse(f"admin:careers_{name}_add"), {"checked_on": day.isoformat()})

    told = page.context["adminform"].form.errors.get("checked_on")
    assert told == (["This day is still to come."] if refused else None)


def test_a_fee_was_not_seen_on_a_day_to_come_either(editor):
    day = timezone.localdate() + timedelta(days=1)
    rows = {"fees-TOTAL_FORMS": 1, "fees-INITIAL_FORMS": 0, "fees-0-observed_on": day.isoformat()}

    page = editor.post(reverse("admin:careers_examversion_add"), rows)

    fees = next(i.formset for i in page.context["inline_admin_formsets"] if i.formset.prefix == "fees")
    assert fees.forms[0].errors["observed_on"] == ["This day is still to come."]


def test_what_is_not_known_cannot_be_confirmed(editor, source):
    page = editor.post(address("version", ExamVersionFactory(), "price"), still_true(source))

    assert "Nothing is recorded here that a source could confirm" in page.content.decode()


@pytest.mark.parametrize("name", ["verdict", "source", "value", "checked_on", "note", "next"])
@pytest.mark.parametrize("nonsense", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_in_any_field_never_breaks_the_form(editor, source, name, nonsense):
    sent = {**still_true(source), "verdict": "contradicts", "value": "Other", name: nonsense}

    answer = editor.post(address("credential", CredentialFactory(), "level"), sent)

    assert answer.status_code in {200, 302, 400}


@pytest.mark.parametrize(
    "path", ["credential/0/level/", "planet/1/level/", "credential/1/colour/", f"role/{'9' * 30}/titles/"]
)
def test_a_fact_that_is_not_there_is_not_found(editor, path):
    RoleFactory()
    index = reverse("admin:careers_fieldcheck_changelist")

    assert editor.get(f"{index}of/{path}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "is_taken"),
    [("/admin/auth/", True), ("https://elsewhere.example/admin/", False), ("//elsewhere.example", False)],
)
def test_after_the_press_one_is_back_where_one_was_and_nowhere_else(editor, source, asked, is_taken):
    sent = still_true(source, next=asked)

    answer = editor.post(address("credential", CredentialFactory(), "level"), sent)

    assert (answer["Location"] == asked) is is_taken
    assert answer["Location"].startswith("/admin/")


def test_a_forged_press_changes_nothing(source):
    guarded = log_in(Client(enforce_csrf_checks=True), "editor")

    answer = guarded.post(address("credential", CredentialFactory(), "level"), still_true(source))

    assert answer.status_code == 403
    assert not FieldCheck.objects.exists()


def test_a_writer_reads_and_writes_no_check(client, source):
    credential = CredentialFactory(level="associate")
    writer = log_in(client, "writer")

    assert writer.get(address("credential", credential, "level")).status_code == 403
    assert writer.post(address("credential", credential, "level"), still_true(source)).status_code == 403
    page = writer.get(reverse("admin:careers_credential_change", args=[credential.pk])).content.decode()
    assert "Still true" not in page
    assert not FieldCheck.objects.exists()
