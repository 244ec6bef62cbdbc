from datetime import date, timedelta

import pytest
from django.utils import timezone

from careers.models import (
    Condition,
    Delivery,
    ExamDomain,
    ExamVersion,
    Fee,
    FieldCheck,
    LifecycleEvent,
    Recommendation,
    Renewal,
    Source,
    Status,
)
from tests.careers import shown
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory, SkillFactory

pytestmark = pytest.mark.django_db
PAGE = "/careers/certifications/x/"
RETIRED = ExamVersion.Status.RETIRED


def words(client, address=PAGE) -> str:
    return shown.words(client.get(address))


def text(response) -> str:
    return shown.source(response)


@pytest.fixture
def credential():
    return CredentialFactory(name="Model Maker", slug="x", checked_on=timezone.localdate())


@pytest.fixture
def version(credential):
    return ExamVersionFactory(credential=credential, exam_code="MM-1", validity_months=12)


@pytest.fixture
def source():
    return Source.objects.create(key="P", title="The page", kind="official", url="https://example.org/page")


def test_a_certification_page_says_for_whom_it_is(client, credential):
    role = RoleFactory(name="Data Engineer")
    skill = SkillFactory(name="SQL")
    Recommendation.objects.create(
        role=role, credential=credential, tier="core", reason="It fits.", for_skill=skill
    )
    page = words(client)

    for expected in ("Data Engineer", "Step: Core", "It fits.", "For its skill SQL"):
        assert expected in page


# --- Retired ----------------------------------------------------------------


def test_a_retired_certification_keeps_its_page_and_names_what_can_be_earned_instead(client, credential):
    ExamVersionFactory(credential=credential, status=RETIRED, last_exam_on=date(2026, 3, 31))
    middle = ExamVersionFactory(status=RETIRED, credential__name="The middle one").credential
    heir = ExamVersionFactory(credential__name="The new one").credential
    credential.replaced_by.add(middle)
    middle.replaced_by.add(heir)
    page = words(client)

    assert "It can no longer be taken; the last day was 31 March 2026." in page
    assert "Take instead: The new one ." in page
    assert "Was replaced by The middle one" in page


def test_where_nothing_takes_its_place_the_page_says_so(client, credential):
    ExamVersionFactory(credential=credential, status=RETIRED)

    assert "What takes its place is not known." in words(client)


def test_a_retired_certification_costs_nothing_more(client, credential):
    ExamVersionFactory(credential=credential, status=RETIRED)

    assert "years cost" not in words(client)


# --- Can I still sit it? ----------------------------------------------------


def test_the_question_is_answered_in_a_sentence(client, version):
    Delivery.objects.create(version=version, languages=["en"])
    Delivery.objects.create(version=version, languages=["ja"], window_to=date(2020, 1, 1))

    assert "Yes. It can be sat in English today: MM-1." in words(client, f"{PAGE}?in=en")
    refusal = words(client, f"{PAGE}?in=ja&weeks=2")
    assert "No. It cannot be sat in Japanese on" in refusal
    assert "The last day was 1 January 2020 (MM-1). On that day it can be sat in English." in refusal


def test_an_honest_not_known_shows_where_more_may_be_known(client, credential):
    type(credential).objects.update(official_url="https://example.org/x")

    page = words(client, f"{PAGE}?weeks=3")

    assert "Not known. No exam of it is recorded. The official page may know more." in page


@pytest.mark.parametrize("asked", ["weeks=999", "in=tlh", "in=%00", "weeks=" + "9" * 5000])
def test_a_question_that_makes_no_sense_gets_a_sentence(client, version, asked):
    assert "so that was left out." in words(client, f"{PAGE}?{asked}")


def test_nothing_is_answered_before_anything_is_asked(client, version):
    page = text(client.get(PAGE))

    assert "can-sit__reply" not in page
    assert "noindex" not in page
    assert "noindex" in text(client.get(f"{PAGE}?weeks=3"))


# --- What is known, and who read it -----------------------------------------


def test_a_disputed_value_stands_with_the_other_one_and_both_days(client, version, source):
    Delivery.objects.create(version=version, minutes=180)
    guide = Source.objects.create(key="G", title="The guide", kind="official")
    for value, where, verdict, day in [
        ("180 minutes", source, "confirms", date(2026, 9, 28)),
        ("170 minutes", guide, "contradicts", date(2026, 9, 20)),
    ]:
        FieldCheck.objects.create(
            version=version, field="minutes", value=value, source=where, verdict=verdict, checked_on=day
        )
    page = words(client)

    assert "180 minutes Disputed Checked 28 September 2026 Read at The page" in page
    assert "“170 minutes” on 20 September 2026 at The guide" in page
    assert "sources disagree about length" in page


def test_each_fact_stands_in_the_list_of_checks(client, version, source):
    FieldCheck.objects.create(
        version=version, field="validity", value="12 months", source=source, checked_on=date(2026, 9, 28)
    )

    assert "Validity MM-1 12 months Checked 28 September 2026, The page" in words(client)


def test_unverified_values_are_marked(client, version):
    general = Source.objects.create(key="GK", title="General", kind="general")
    Fee.objects.create(version=version, amount=300, source=general)

    assert "USD 300 (unverified) Not yet checked at a source" in words(client)


def test_where_nothing_was_checked_the_page_says_so(client):
    CredentialFactory(slug="x")

    assert "The facts have not been looked through as a whole yet." in words(client)


def test_the_domains_of_an_exam_stand_with_their_weights(client, version):
    ExamDomain.objects.create(version=version, name="Deployment", weight_min=20, weight_max=25)
    ExamDomain.objects.create(version=version, name="Data", weight_min=28, weight_max=28, order=1)

    assert "What MM-1 asks Deployment 20–25 % Data 28 %" in words(client)


# --- Before and after -------------------------------------------------------


def test_prerequisites_are_shown_from_both_ends(client, credential):
    second = CredentialFactory(name="Second step", slug="y")
    Condition.objects.create(
        credential=second, relation="requires", target_credential=credential, must_be_current=False
    )
    page = words(client, "/careers/certifications/y/")

    assert "Required Model Maker (once passed is enough, even if it has expired)" in page
    assert "What it leads on to Is required for Second step" in words(client)


@pytest.mark.parametrize(
    ("is_known", "sentence"),
    [
        (True, "Nothing: it has no formal prerequisites."),
        (False, "Whether it has prerequisites is not known; none are recorded."),
    ],
)
def test_no_prerequisites_and_none_recorded_are_two_things(client, is_known, sentence):
    CredentialFactory(slug="x", is_without_prerequisites=is_known)

    assert sentence in words(client)


# --- Cost, renewal, changes -------------------------------------------------


def test_the_cost_is_summed_line_by_line_and_said_to_be_at_least_that(client, credential, version):
    Fee.objects.create(version=version, amount=165)
    Renewal.objects.create(credential=credential, method="fee", window_months_before=6)

    page = words(client)

    assert "Exam USD 165 Renewal, 2 times not known Together at least USD 165" in page
    assert "A fee, from 6 months before it ends" in page


def test_a_cost_of_which_nothing_is_known_is_not_zero(client, version):
    page = words(client)

    assert "Together" not in page
    assert "not known" in page


def test_changes_to_come_are_listed_with_overdue_ones_and_what_has_happened_is_not(
    client, credential, version
):
    soon, past = timezone.localdate() + timedelta(days=40), date(2020, 1, 1)
    for kind, day, certainty in [
        ("price_change", soon, "announced"),
        ("general_availability", past, "announced"),
        ("rename", past, "confirmed"),
        ("announced", None, "expected"),
    ]:
        LifecycleEvent.objects.create(
            credential=credential, version=version, kind=kind, happens_on=day, certainty=certainty
        )
    coming, _, overdue = words(client).partition("What changes next")[2].partition("Announced, and overdue")

    assert "Model Maker (MM-1) Price changes announced" in coming
    assert "Date not known yet" in coming
    assert "Generally available Announced for 1 January 2020; nothing confirms it." in overdue
    assert "nothing confirms it" not in coming
    assert "Renamed" not in coming + overdue


# --- What must stay unseen --------------------------------------------------


def test_a_public_certification_keeps_drafts_around_it_to_itself(client, credential, version):
    draft = ExamVersionFactory(
        exam_code="SECRET-1", credential__name="Secret other", credential__status=Status.DRAFT
    )
    version.successor = draft
    version.save()
    secret_skill = SkillFactory(name="Secret skill", status=Status.DRAFT)
    for one, other in ((credential, draft.credential), (draft.credential, credential)):
        Condition.objects.create(credential=one, relation="recommends", target_credential=other)
        one.replaced_by.add(other)
    Condition.objects.create(credential=credential, relation="recommends", target_skill=secret_skill)
    role = RoleFactory()
    Recommendation.objects.create(
        role=role, credential=credential, tier="core", reason="It fits.", for_skill=secret_skill
    )
    credential.skills.add(secret_skill)

    assert "secret" not in text(client.get(PAGE)).lower()


# --- Machines ---------------------------------------------------------------


def data(client):
    return shown.data(client.get(PAGE))


def test_machines_read_what_readers_see(client, credential, version):
    credential.skills.add(SkillFactory(name="Feature engineering"))
    type(credential).objects.update(
        summary="For those who build models.", official_url="https://example.org/x"
    )
    thing, trail = data(client)
    seen = words(client)

    assert thing["@type"] == "EducationalOccupationalCredential"
    for value in (
        thing["name"],
        thing["description"],
        thing["credentialCategory"],
        thing["educationalLevel"],
        thing["recognizedBy"]["name"],
        *(skill["name"] for skill in thing["competencyRequired"]),
        *(step["name"] for step in trail["itemListElement"]),
    ):
        assert value in seen, value
    assert (thing["validFor"], "1 year" in seen) == ("P12M", True)
    assert f'href="{thing["sameAs"]}"' in text(client.get(PAGE))


def test_machines_are_told_nothing_that_is_not_known(client, credential):
    assert {"validFor", "description", "competencyRequired", "sameAs"} & set(data(client)[0]) == set()


def test_no_name_ends_the_block_of_data(client):
    evil = "</script><script>alert(1)</script>"
    CredentialFactory(slug="x", name=evil)

    assert data(client)[0]["name"] == evil
    assert "<script>alert" not in client.get(PAGE).content.decode()


# --- Queries ----------------------------------------------------------------


def filled(slug, count, source):
    credential = CredentialFactory(slug=slug)
    role = RoleFactory()
    for number in range(count):
        version = ExamVersionFactory(credential=credential)
        version.sources.add(source)
        Delivery.objects.create(version=version, languages=["en"], minutes=90)
        Fee.objects.create(version=version, amount=1, source=source)
        ExamDomain.objects.create(version=version, name="D", weight_min=1, weight_max=2, source=source)
        FieldCheck.objects.create(
            version=version, field="price", value="USD 1", source=source, checked_on=date(2026, 9, 1)
        )
        LifecycleEvent.objects.create(
            credential=credential, version=version, kind="announced", certainty="expected"
        )
        Renewal.objects.create(credential=credential, method="fee", source=source)
        other = CredentialFactory()
        Condition.objects.create(credential=credential, target_credential=other, source=source)
        Condition.objects.create(credential=other, relation="recommends", target_credential=credential)
        credential.replaced_by.add(other)
        credential.skills.add(SkillFactory())
        if number:
            version.successor = credential.versions.order_by("pk").first()
            version.save()
    Recommendation.objects.create(role=role, credential=credential, tier="core", reason="It fits.")


@pytest.mark.parametrize("asked", ["", "?weeks=3&in=en"])
def test_a_page_with_ten_of_everything_costs_what_two_cost(client, count_queries, source, asked):
    filled("two", 2, source)
    filled("ten", 10, source)

    two, ten = (count_queries(client, f"/careers/certifications/{slug}/{asked}") for slug in ("two", "ten"))

    assert two == ten
