from datetime import date

import pytest

from careers.factsheet import factsheet
from careers.models import Delivery, Fee, Source
from tests.factories import CredentialFactory, ExamVersionFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)


def sheet(credential) -> dict[str, list[list[str]]]:
    rows = factsheet(credential, on=ON).rows
    return {row.label: [[line.text for line in cell] for cell in row.cells] for row in rows}


def test_what_a_reader_would_miss_is_asked_even_when_nothing_is_known():
    found = factsheet(ExamVersionFactory().credential, on=ON)

    assert [row.label for row in found.rows] == [
        "Offered from",
        "Length",
        "Questions",
        "Pass mark",
        "Price",
        "Languages",
        "Valid for",
    ]
    assert all(row.is_expected and row.cells == ((),) for row in found.rows)


def test_a_credential_without_exams_has_an_empty_sheet():
    assert factsheet(CredentialFactory(), on=ON).exams == ()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"items_min": 65, "items_max": 65}, "65"),
        ({"items_min": 50, "items_max": 60}, "50–60"),
        ({"items_min": 90, "items_max": 90, "items_are_approximate": True}, "about 90"),
        ({"items_min": 75, "items_max": 75, "items_scored": 65}, "75, of which 65 count"),
        ({"items_min": 40}, "at least 40"),
        ({"items_max": 40}, "at most 40"),
    ],
)
def test_questions_are_said_as_exactly_as_they_are_known(values, said):
    version = ExamVersionFactory()
    Delivery.objects.create(version=version, **values)

    assert sheet(version.credential)["Questions"] == [[said]]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"validity_months": 36}, "3 years"),
        ({"validity_months": 12}, "1 year"),
        ({"validity_months": 18}, "18 months"),
        ({"no_expiry": True}, "for life"),
    ],
)
def test_validity_is_said_in_years_where_it_is_whole_years(values, said):
    assert sheet(ExamVersionFactory(**values).credential)["Valid for"] == [[said]]


def test_validity_from_general_knowledge_is_unverified():
    source = Source.objects.create(key="GK", title="General", kind=Source.Kind.GENERAL)
    version = ExamVersionFactory(validity_months=36, validity_source=source)

    (row,) = [row for row in factsheet(version.credential, on=ON).rows if row.label == "Valid for"]

    assert not row.cells[0][0].is_verified


def test_languages_say_until_when():
    version = ExamVersionFactory()
    Delivery.objects.create(version=version, languages=["ja", "zh-Hans", "pt-BR", "xx-yy"])
    Delivery.objects.create(version=version, languages=["en"], window_to=date(2026, 9, 28))

    assert sheet(version.credential)["Languages"] == [
        ["Japanese, Simplified Chinese, Brazilian Portuguese, xx-yy", "English until 28 September 2026"]
    ]


def test_terms_that_are_the_same_for_all_languages_are_said_once():
    version = ExamVersionFactory()
    for language in ("en", "ja"):
        Delivery.objects.create(version=version, languages=[language], minutes=90)

    assert sheet(version.credential)["Length"] == [["90 minutes"]]


def test_a_beta_and_a_standard_form_are_told_apart():
    version = ExamVersionFactory()
    Delivery.objects.create(version=version, phase="beta", minutes=170)
    Delivery.objects.create(version=version, phase="standard", minutes=130, window_from=date(2027, 1, 14))

    found = sheet(version.credential)

    assert found["Length"] == [["170 minutes (beta)", "130 minutes (standard)"]]
    assert found["Phases"] == [["from 14 January 2027 (standard)"]]


def test_an_announcement_that_has_passed_is_not_told_as_a_fact():
    version = ExamVersionFactory(
        status="in_development",
        available_from=date(2026, 7, 1),
        available_from_precision="quarter",
        date_note="Announced",
    )

    assert sheet(version.credential)["Offered from"] == [
        ["announced for the third quarter of 2026; not confirmed since"]
    ]


def test_a_note_about_the_end_is_not_told_of_the_beginning():
    version = ExamVersionFactory(last_exam_on=date(2026, 9, 30), date_note="To be confirmed")

    assert sheet(version.credential)["Offered from"] == [[]]
    assert sheet(version.credential)["Last exam"] == [["30 September 2026 (To be confirmed)"]]


def test_a_date_says_how_sure_it_is():
    version = ExamVersionFactory(available_from=date(2027, 1, 14), date_note="Announced")

    assert sheet(version.credential)["Offered from"] == [["14 January 2027 (announced)"]]


def test_every_fee_is_shown_with_its_note():
    version = ExamVersionFactory()
    Fee.objects.create(version=version, amount=245, note="Often waived")

    assert sheet(version.credential)["Price"] == [["USD 245. Often waived"]]


def test_what_can_be_sat_comes_first():
    credential = CredentialFactory()
    for code, status in [("OLD", "retired"), ("NOW", "active")]:
        ExamVersionFactory(credential=credential, exam_code=code, status=status)

    assert [exam.code for exam in factsheet(credential, on=ON).exams] == ["NOW", "OLD"]


def test_a_version_known_only_in_general_is_unverified():
    version = ExamVersionFactory()
    version.sources.add(Source.objects.create(key="GK", title="General", kind=Source.Kind.GENERAL))
    Delivery.objects.create(version=version, minutes=90)

    (row,) = [row for row in factsheet(version.credential, on=ON).rows if row.label == "Length"]

    assert not row.cells[0][0].is_verified
