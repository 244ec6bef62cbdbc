import json
from datetime import date

import pytest

from careers.importing.faults import FileFault
from careers.models import Credential, Delivery, ExamVersion, FieldChange, LifecycleEvent
from tests.careers.imports import LEARN, json_file, reasons, run, verdicts
from tests.factories import CredentialFactory, ExamVersionFactory, ProviderFactory

pytestmark = pytest.mark.django_db

PAGE = "https://learn.microsoft.com/en-us/credentials/certifications/"
DEVELOPER = "Sample Certified: AI Developer Associate"


@pytest.fixture(autouse=True)
def provider():
    return ProviderFactory(slug="microsoft", name="Microsoft")


@pytest.fixture
def catalogue(tmp_path):
    """``catalogue(change)``: the sample, changed by a function, in a file of the same name."""

    def make(change=lambda document: None):
        document = json.loads(LEARN.read_text())
        change(document)
        return json_file(tmp_path, document, "microsoft_learn.json")

    return make


def certification(**more):
    return {
        "certifications": [
            {
                "uid": "certification.one",
                "title": "One",
                "url": f"{PAGE}one/",
                "certification_type": "role-based",
                "levels": ["intermediate"],
                "exams": ["exam.xx-1"],
                **more,
            }
        ],
        "exams": [{"uid": "exam.xx-1", "display_name": "XX-1"}],
    }


def test_a_certification_in_both_lists_is_one_and_has_what_each_tells():
    run("microsoft-learn", LEARN)

    credential = Credential.objects.get(name=DEVELOPER)
    assert (credential.status, credential.level, credential.audience_level) == (
        "draft",
        "associate",
        "intermediate",
    )
    assert credential.official_url == f"{PAGE}sample-ai-developer/"
    version = credential.versions.get()
    assert (version.exam_code, version.validity_months, version.last_exam_on) == (
        "XX-103",
        12,
        date(2027, 3, 31),
    )
    delivery = version.deliveries.get()
    assert (delivery.minutes, delivery.languages) == (100, ["en", "pt-BR", "zh-Hans"])


def test_markup_in_titles_and_texts_goes():
    run("microsoft-learn", LEARN)

    assert Credential.objects.get(name=DEVELOPER).summary == "Builds with models."
    assert not Credential.objects.filter(name__contains="<").exists()


def test_a_renewal_or_length_of_zero_is_not_known_and_never_for_life():
    run("microsoft-learn", LEARN)

    version = ExamVersion.objects.get(exam_code="XX-900")
    assert (version.validity_months, version.no_expiry) == (None, False)
    assert version.deliveries.get().minutes is None


def test_there_is_no_price_to_be_had():
    run("microsoft-learn", LEARN)

    assert not any(version.fees.exists() for version in ExamVersion.objects.all())


def test_a_retirement_is_a_last_day_and_an_event():
    run("microsoft-learn", LEARN)

    event = LifecycleEvent.objects.get()
    assert (event.kind, event.happens_on, event.certainty) == ("last_exam", date(2027, 3, 31), "announced")
    assert event.version.status == "retirement_announced"


def test_several_exams_are_joined_and_said_to_need_a_look():
    outcome = run("microsoft-learn", LEARN)

    credential = Credential.objects.get(name="Sample Certified: Administrator")
    assert {version.exam_code for version in credential.versions.all()} == {"XX-800", "XX-801"}
    assert any("which are alternatives" in row.reason for row in outcome.rows if row.verdict == "created")


def test_a_type_nobody_knows_without_levels_is_refused():
    outcome = run("microsoft-learn", LEARN)

    assert "Neither its type “mcse” nor its levels tell a level." in reasons(outcome)
    assert "Language “x!” is no code such as en or pt-BR." in reasons(outcome)


@pytest.mark.parametrize(
    "ours",
    [
        {"name": "Ours", "official_url": f"{PAGE.replace('en-us/', '')}sample-ai-developer"},
        {"name": "sample certified: AI developer associate"},
    ],
)
def test_ours_is_found_by_its_page_or_its_name(provider, ours):
    credential = CredentialFactory(provider=provider, **ours)

    run("microsoft-learn", LEARN)

    assert credential.versions.get().exam_code == "XX-103"
    credential.refresh_from_db()
    assert (credential.name, credential.status) == (ours["name"], "published")


def test_ours_is_found_by_its_exam_code_in_whatever_case(provider):
    version = ExamVersionFactory(credential=CredentialFactory(provider=provider), exam_code="xx-103")

    run("microsoft-learn", LEARN)

    version.refresh_from_db()
    assert (version.last_exam_on, version.validity_months) == (date(2027, 3, 31), 12)


def test_an_exam_of_another_provider_with_the_same_code_is_another():
    other = ExamVersionFactory(exam_code="XX-103")

    run("microsoft-learn", LEARN)

    other.refresh_from_db()
    assert other.last_exam_on is None
    assert ExamVersion.objects.filter(exam_code="XX-103").count() == 2


def test_what_the_desk_recorded_of_an_exam_is_kept(provider):
    version = ExamVersionFactory(credential=CredentialFactory(provider=provider), exam_code="XX-103")
    Delivery.objects.create(version=version, minutes=120, languages=["en"])

    outcome = run("microsoft-learn", LEARN)

    delivery = version.deliveries.get()
    assert (delivery.minutes, delivery.languages) == (120, ["en"])
    told = [
        row.changes["minutes"] for row in outcome.rows if row.verdict == "locked" and "minutes" in row.changes
    ]
    assert told == [[120, 100]]


def test_several_ways_of_sitting_it_are_left_to_the_desk(provider):
    version = ExamVersionFactory(credential=CredentialFactory(provider=provider), exam_code="XX-103")
    for language in ("en", "ja"):
        Delivery.objects.create(version=version, languages=[language])

    assert any("several ways of sitting it" in reason for reason in reasons(run("microsoft-learn", LEARN)))


def test_a_known_life_long_validity_is_never_given_an_end(provider):
    version = ExamVersionFactory(
        credential=CredentialFactory(provider=provider), exam_code="XX-103", no_expiry=True
    )

    outcome = run("microsoft-learn", LEARN)

    version.refresh_from_db()
    assert (version.no_expiry, version.validity_months) == (True, None)
    assert any(row.verdict == "rejected" and row.fact_model == "careers.ExamVersion" for row in outcome.rows)


def test_the_same_again_changes_nothing():
    first = run("microsoft-learn", LEARN)
    changes = FieldChange.objects.count()

    second = run("microsoft-learn", LEARN)

    assert verdicts(second) == {
        "unchanged": verdicts(first)["created"],
        "rejected": verdicts(first)["rejected"],
    }
    assert FieldChange.objects.count() == changes


def test_a_moved_retirement_moves_day_and_event(catalogue):
    run("microsoft-learn", catalogue())

    def later(document):
        document["mergedCertifications"][0]["retirement_date"] = "2027-06-30"

    run("microsoft-learn", catalogue(later))

    assert ExamVersion.objects.get(exam_code="XX-103").last_exam_on == date(2027, 6, 30)
    assert LifecycleEvent.objects.get().happens_on == date(2027, 6, 30)


def test_a_day_that_an_editor_corrected_stays(catalogue):
    run("microsoft-learn", catalogue())
    ExamVersion.objects.filter(exam_code="XX-103").update(last_exam_on=date(2027, 4, 1))

    def later(document):
        document["mergedCertifications"][0]["retirement_date"] = "2027-06-30"

    run("microsoft-learn", catalogue(later))

    assert ExamVersion.objects.get(exam_code="XX-103").last_exam_on == date(2027, 4, 1)


def test_a_merged_certification_alone_speaks_of_the_one_exam_that_can_be_sat(provider, catalogue):
    version = ExamVersionFactory(credential=CredentialFactory(provider=provider, name=DEVELOPER))
    ExamVersionFactory(credential=version.credential, status="retired")

    def merged_only(document):
        del document["certifications"], document["exams"]

    run("microsoft-learn", catalogue(merged_only))

    version.refresh_from_db()
    assert version.validity_months == 12
    assert version.deliveries.get().minutes == 100


def test_a_missing_provider_is_told_and_another_can_be_named():
    ProviderFactory(slug="github", name="GitHub")

    with pytest.raises(FileFault, match="no provider “nobody”"):
        run("microsoft-learn", LEARN, provider="nobody")
    run("microsoft-learn", LEARN, provider="github")

    assert {credential.provider.slug for credential in Credential.objects.all()} == {"github"}


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"exam_duration_in_minutes": 99999}, "exam_duration_in_minutes"),
        ({"exam_duration_in_minutes": "1e999"}, "exam_duration_in_minutes"),
        ({"exam_duration_in_minutes": [60]}, "exam_duration_in_minutes"),
        ({"renewal_frequency_in_days": 100}, "no number of whole months"),
        ({"retirement_date": "soon"}, "retirement_date"),
        ({"title": "x" * 300}, "longer than 200"),
        ({"title": ""}, "no title"),
        ({"title": ["One"]}, "“title” is no text"),
        ({"title": "a\0b"}, "no text"),
        ({"title": "a\ud800b"}, "no text"),
        ({"title": "<" * 10_000 + "a"}, ""),
        ({"uid": ""}, "no uid"),
        ({"uid": 5}, "“uid” is no text"),
        ({"url": "javascript:alert(1)"}, "does not begin with https://"),
        ({"url": {"a": 1}}, "“url” is no text"),
        ({"levels": [1]}, "“levels” is no list of texts"),
        ({"exams": {"a": 1}}, "“exams” is no list of texts"),
        ({"locales": [["en"]]}, "Language"),
        ({"last_modified": "yesterday"}, "last_modified"),
        ({"certification_type": None, "levels": []}, "Neither its type"),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused_and_says_why(tmp_path, more, reason):
    outcome = run("microsoft-learn", json_file(tmp_path, certification(**more)))

    assert any(reason in told for told in reasons(outcome))


@pytest.mark.parametrize(
    "document", ["[]", "{}", '"x"', "null", "5", '{"certifications": {}}', '{"courses": []}']
)
def test_json_that_is_no_catalogue_is_refused(tmp_path, document):
    with pytest.raises(FileFault, match="holds none of the lists"):
        run("microsoft-learn", json_file(tmp_path, document))


def test_what_is_there_twice_is_refused_once(tmp_path):
    document = certification()
    document["certifications"] *= 2

    outcome = run("microsoft-learn", json_file(tmp_path, document))

    assert reasons(outcome) == ["It repeats catalogue.json, certifications 1."]


def test_entries_that_are_no_objects_are_passed_over(tmp_path):
    document = certification()
    document["certifications"] += [None, 5, "x", ["y"]]

    assert verdicts(run("microsoft-learn", json_file(tmp_path, document)))["created"] == 3


def test_the_newest_change_tells_how_old_the_catalogue_is():
    assert run("microsoft-learn", LEARN).run.release == "2026-09-27"
