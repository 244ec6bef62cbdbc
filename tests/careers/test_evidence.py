from datetime import date

import pytest

from careers.evidence import checks, freshness, sheet
from careers.models import Delivery, ExamVersion, Fee, FieldCheck, Source
from tests.factories import CredentialFactory, ExamVersionFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)


@pytest.fixture
def sources():
    kinds = {"page": "official", "guide": "official", "general": "general", "blog": "secondary"}
    return {key: Source.objects.create(key=key, title=key.title(), kind=kind) for key, kind in kinds.items()}


@pytest.fixture
def version():
    found = ExamVersionFactory(credential__checked_on=date(2026, 11, 1), exam_code="AIP-C01")
    Delivery.objects.create(version=found, minutes=180, languages=["en"])
    return found


def check(version, field, source, value, verdict="confirms", on=ON):
    FieldCheck.objects.create(
        version=version, field=field, source=source, value=value, verdict=verdict, checked_on=on
    )


def cell(version, label):
    (row,) = [row for row in sheet(version.credential, on=ON).rows if row.label == label]
    return row.cells[0]


def test_each_value_says_when_it_was_read_and_where(version, sources):
    check(version, "minutes", sources["page"], "180 minutes")

    found = cell(version, "Length")

    assert (found.checked, found.standing.source) == ("checked 24 November 2026", sources["page"])
    assert found.has_more
    assert not found.is_contested


def test_what_was_never_checked_by_itself_is_as_old_as_the_whole(version):
    found = cell(version, "Languages")

    assert (found.checked, found.has_more) == ("checked 1 November 2026", False)


def test_a_month_is_not_made_a_day(version):
    credential = version.credential
    credential.checked_on_precision = "month"

    assert cell(version, "Status").checked == "checked November 2026"


def test_general_knowledge_was_not_checked_though_the_page_was(version, sources):
    Fee.objects.create(version=version, amount=300, source=sources["general"])

    assert cell(version, "Price").checked == "not yet checked at a source"


def test_what_two_official_pages_say_differently_stands_with_both_values(version, sources):
    check(version, "minutes", sources["page"], "180 minutes", on=date(2026, 11, 20))
    check(version, "minutes", sources["guide"], "170 minutes", "contradicts")

    found = cell(version, "Length")

    assert found.is_contested
    assert [(said.value, said.on) for said in found.standing.others] == [("170 minutes", ON)]


def test_what_is_not_known_was_not_checked_either(version):
    assert (cell(version, "Valid for").lines, cell(version, "Valid for").checked) == ((), "")


def test_a_source_that_says_nothing_is_told_beside_what_is_not_known(version, sources):
    check(version, "validity", sources["page"], "", "silent")

    assert (cell(version, "Valid for").checked, cell(version, "Valid for").has_more) == (
        "what sources say",
        True,
    )


def test_the_status_opens_the_sheet_and_is_that_of_the_day(version):
    version.deliveries.update(window_to=date(2027, 6, 11))
    first = sheet(version.credential, on=ON).rows[0]

    assert (first.label, first.cells[0].lines[0].text) == ("Status", "Retirement announced")


def test_without_exams_there_is_no_sheet():
    assert sheet(CredentialFactory(), on=ON).rows == ()


# --- The page as a whole ----------------------------------------------------


def said(credential):
    return freshness(checks(credential, on=ON), credential)


def test_a_page_is_as_fresh_as_what_waits_longest(version):
    assert (said(version.credential).text, said(version.credential).is_fresh) == (
        "Facts checked on 1 November 2026 or later.",
        True,
    )


@pytest.mark.parametrize(
    ("day", "precision", "text"),
    [
        (
            date(2026, 9, 1),
            "day",
            "Facts checked on 1 September 2026 or later – status is due for another look.",
        ),
        (
            date(2026, 9, 1),
            "month",
            "Facts checked in September 2026 or later – status is due for another look.",
        ),
        (
            date(2026, 5, 1),
            "day",
            "Facts checked on 1 May 2026 or later – price, status and languages are due for another look.",
        ),
    ],
)
def test_what_is_due_is_named(version, day, precision, text):
    Fee.objects.create(version=version, amount=300)
    credential = version.credential
    credential.checked_on, credential.checked_on_precision = day, precision
    found = said(credential)

    assert set(found.text.replace(",", "").split()) == set(text.replace(",", "").split())
    assert not found.is_fresh


def test_what_is_disputed_is_named(version, sources):
    check(version, "minutes", sources["page"], "180 minutes", on=date(2026, 11, 20))
    check(version, "minutes", sources["guide"], "170 minutes", "contradicts")

    assert said(version.credential).text.endswith("– sources disagree about length.")


def test_who_says_that_it_is_retired_is_not_passed_over(version, sources):
    check(version, "status", sources["blog"], "Retired on 31 August 2026", "contradicts")

    assert said(version.credential).text.endswith("– a source says otherwise about status.")
    assert not said(version.credential).is_fresh


def test_a_page_that_nobody_checked_says_so():
    credential = ExamVersionFactory().credential

    assert said(credential).text.startswith("Not every fact here was checked yet")


def test_what_is_retired_may_rest(version):
    ExamVersion.objects.update(status="retired")
    credential = version.credential
    credential.checked_on = date(2025, 1, 1)
    found = checks(credential, on=ON)

    assert said(credential).text == "Facts checked on 1 January 2025 or later."
    assert {check.state for check in found} == {""}


def test_a_retired_version_does_not_make_the_page_old(version, sources):
    old = ExamVersionFactory(credential=version.credential, status="retired")
    check(old, "status", sources["page"], "Retired", on=date(2024, 1, 1))

    assert said(version.credential).text == "Facts checked on 1 November 2026 or later."


def test_every_field_that_says_something_is_in_the_list_of_checks(version, sources):
    check(version, "validity", sources["page"], "", "silent")
    found = {(check.of, check.standing.label) for check in checks(version.credential, on=ON)}

    assert {("AIP-C01", "Length"), ("AIP-C01", "Validity"), ("The certification", "Level")} <= found
    assert ("AIP-C01", "Pass mark") not in found
