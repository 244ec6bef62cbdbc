"""One fact of a certification inside a sentence."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.blocks import Filled, Reference, choices, fill
from careers.models import Delivery, ExamVersion, Fee, Source, Status
from tests.factories import CredentialFactory, ExamVersionFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)
FIELDS = ["price", "length", "status", "languages", "validity", "last-exam"]


def say(field: str, ref: str = "gold") -> Filled:
    return fill([Reference("fact", ref, field=field)], on=ON)[0]


@pytest.fixture
def gold():
    return CredentialFactory(name="Gold", slug="gold", checked_on=date(2026, 9, 28))


@pytest.fixture
def version(gold):
    """An exam of which everything is known."""
    known = ExamVersionFactory(
        credential=gold, exam_code="AB-100", validity_months=24, last_exam_on=date(2027, 6, 1)
    )
    Fee.objects.create(version=known, amount=300)
    Delivery.objects.create(version=known, minutes=90, languages=["en", "ja"])
    return known


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("price", "USD 300"),
        ("length", "90 minutes"),
        ("status", "retirement announced"),
        ("languages", "English, Japanese"),
        ("validity", "2 years"),
        ("last-exam", "1 June 2027"),
    ],
)
def test_each_fact_is_said_with_the_day_it_was_checked(version, field, text):
    filled = say(field)

    assert filled.text == text
    assert filled.note == "checked 28 September 2026"
    assert filled.html == (
        f'<span class="live-fact">{text} <span class="live-note">(checked 28 September 2026)</span></span>'
    )
    assert filled.problem == ""


@pytest.mark.parametrize("field", ["price", "length", "languages", "validity", "last-exam"])
def test_what_is_not_known_is_said_to_be_not_known_without_a_day(gold, field):
    ExamVersionFactory(credential=gold)

    filled = say(field)

    assert (filled.text, filled.note, filled.problem) == ("not known", "", "")


@pytest.mark.parametrize("field", FIELDS)
def test_a_certification_without_exams_has_no_fact_that_is_known(gold, field):
    assert say(field).text == "not known"


def test_a_price_from_general_knowledge_is_unverified_not_checked(version):
    source = Source.objects.create(key="GK", title="General", kind=Source.Kind.GENERAL)
    Fee.objects.update(source=source)

    assert say("price").note == "unverified"


def test_what_nobody_has_checked_says_so(version):
    version.credential.checked_on = None
    version.credential.save()

    assert say("price").note == "not checked yet"


def test_a_day_known_to_the_month_is_told_to_the_month(version):
    version.credential.checked_on_precision = "month"
    version.credential.save()

    assert say("price").note == "checked September 2026"


def test_a_fact_of_what_is_retired_says_that_it_is(version):
    ExamVersion.objects.update(status=ExamVersion.Status.RETIRED)

    assert say("price").note == "retired, checked 28 September 2026"
    assert (say("status").text, say("status").note) == ("retired", "checked 28 September 2026")


def test_the_status_is_that_of_the_day_and_not_the_one_recorded(version):
    ExamVersion.objects.update(last_exam_on=date(2026, 11, 23))

    assert say("status").text == "retired"


def test_languages_that_have_ended_are_not_offered_and_unknown_others_are_said_to_be_unknown(version):
    Delivery.objects.create(version=version, languages=["de"], window_to=date(2026, 11, 23))
    Delivery.objects.create(version=version, languages=["it"], window_to=date(2026, 11, 24))
    assert say("languages").text == "English, Japanese; Italian until 24 November 2026"

    Delivery.objects.filter(languages=["en", "ja"]).update(languages=[])
    assert say("languages").text == "Italian until 24 November 2026; others not known"

    Delivery.objects.filter(languages=["it"]).delete()
    assert say("languages").text == "not known"


def test_the_languages_of_an_exam_that_is_over_are_those_it_had(version):
    Delivery.objects.update(window_to=date(2026, 11, 23))

    assert say("languages").text == "English, Japanese until 23 November 2026"


def test_exams_that_differ_are_told_apart_and_unknown_ones_named(version, gold):
    other = ExamVersionFactory(credential=gold, exam_code="AB-200")
    assert say("price").text == "not known (AB-200); USD 300 (AB-100)"

    Fee.objects.create(version=other, amount=300)
    assert say("price").text == "USD 300"


def test_two_exams_that_are_both_needed_each_have_their_price(version, gold):
    other = ExamVersionFactory(credential=gold, exam_code="AB-200", part=2)
    Fee.objects.create(version=other, amount=300)

    assert say("price").text == "USD 300 (AB-200); USD 300 (AB-100)"


def test_a_certification_paid_for_as_a_whole_has_the_price_of_the_whole(gold):
    ExamVersionFactory(credential=gold)
    Fee.objects.create(credential=gold, amount=95)

    assert say("price").text == "USD 95"


@pytest.mark.parametrize(
    ("ref", "problem"),
    [
        ("silver", "There is no certification “silver” in the catalogue."),
        ("gold,silver", "This block needs the name of one certification."),
        ("", "This block needs the name of one certification."),
        ("a\0b", "There is no certification “a b” in the catalogue."),
    ],
)
def test_a_sentence_stays_a_sentence_where_the_certification_is_missing(version, ref, problem):
    filled = say("price", ref)

    assert (filled.html, filled.text) == ("not known", "not known")
    assert filled.problem == problem


def test_nothing_of_a_draft_is_told_but_to_the_editor(version):
    version.credential.status = Status.DRAFT
    version.credential.save()

    filled = say("price")

    assert filled.html == "not known"
    assert filled.problem == "The certification “Gold” is not published."


@pytest.mark.parametrize("field", ["", "colour", "price ", "\0"])
def test_a_fact_that_there_cannot_be_is_a_problem_for_the_editor(version, field):
    filled = say(field)

    assert filled.html == "not known"
    assert "has no fact called" in filled.problem


def test_a_certification_is_found_by_a_slug_it_had_before(version):
    version.credential.slug = "renamed"
    version.credential.save()

    assert say("price", "gold").text == say("price", "renamed").text == "USD 300"


def test_hostile_codes_are_text(version):
    ExamVersion.objects.update(exam_code="<b>&")
    ExamVersionFactory(credential=version.credential, exam_code="AB-200")

    assert "&lt;b&gt;&amp;" in say("price").html


def test_ten_facts_cost_as_many_queries_as_two():
    for number in range(10):
        version = ExamVersionFactory(credential__slug=f"c-{number}")
        Fee.objects.create(version=version, amount=number)
        Delivery.objects.create(version=version, minutes=60)

    def cost(count: int) -> int:
        asked = [Reference("fact", f"c-{n}", field=FIELDS[n % 6]) for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            fill(asked, on=ON)
        return len(queries)

    assert cost(10) == cost(2)


def test_the_dialog_offers_every_fact_and_every_published_certification(gold):
    CredentialFactory(slug="secret", status=Status.DRAFT)

    offered = choices()

    assert [key for key, _ in offered["fields"]] == FIELDS
    assert offered["credentials"] == [("gold", "Gold")]
