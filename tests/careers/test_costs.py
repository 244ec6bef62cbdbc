from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.costs import renewals_within, total_cost
from careers.models import ExamVersion, Fee, Renewal, Source
from tests.factories import CredentialFactory, ExamVersionFactory

ON = date(2026, 11, 24)


@given(st.integers(1, 120), st.integers(1, 20))
def test_renewing_as_often_as_told_covers_the_years_and_no_renewal_is_too_many(months, years):
    times = renewals_within(ExamVersion(validity_months=months), years)

    assert (times + 1) * months >= years * 12
    assert times == 0 or times * months < years * 12


def test_what_is_valid_for_life_is_never_renewed():
    assert renewals_within(ExamVersion(no_expiry=True), 50) == 0
    assert renewals_within(ExamVersion(), 3) is None


pytestmark = pytest.mark.django_db


def held(months=36, fee=150, **fields):
    version = ExamVersionFactory(validity_months=months, **fields)
    if fee is not None:
        Fee.objects.create(version=version, amount=fee)
    return version


def cost(version, years=3):
    return total_cost(version.credential, years=years, on=ON)


def said(found):
    return [(part.label, part.amount) for part in found.parts]


def test_over_the_time_it_is_valid_it_costs_its_exam():
    found = cost(held())

    assert (found.total, found.currency, found.is_at_least) == (150, "USD", False)


def test_one_for_life_costs_its_exam_however_long():
    assert cost(held(months=None, no_expiry=True), years=30).total == 150


def test_an_unknown_renewal_makes_it_at_least():
    found = cost(held(months=12))

    assert said(found) == [("Exam", 150), ("Renewal, 2 times", None)]
    assert (found.total, found.is_at_least) == (150, True)


def test_an_unknown_validity_makes_it_at_least():
    found = cost(held(months=None))

    assert (found.total, found.is_at_least) == (150, True)


def test_an_unknown_exam_fee_is_not_nothing():
    found = cost(held(fee=None))

    assert (found.total, found.is_at_least) == (None, True)


def test_a_free_exam_costs_nothing_and_that_is_known():
    found = cost(held(fee=0))

    assert (found.total, found.is_at_least) == (0, False)


def test_renewals_cost_their_own_fee():
    version = held(months=12)
    Fee.objects.create(credential=version.credential, kind="renewal", amount=40)

    assert cost(version).total == 150 + 2 * 40


def test_renewing_by_sitting_it_again_costs_the_exam_again():
    version = held(months=24)
    Renewal.objects.create(credential=version.credential, method="retake")

    assert cost(version).total == 300


def test_where_there_is_another_way_of_renewing_its_price_is_not_known():
    version = held(months=24)
    for method in ("retake", "online_assessment"):
        Renewal.objects.create(credential=version.credential, method=method)

    assert cost(version).is_at_least


def test_annual_and_application_fees_are_counted():
    version = held()
    Fee.objects.create(credential=version.credential, kind="annual", amount=25)
    Fee.objects.create(credential=version.credential, kind="application", amount=30)

    assert said(cost(version)) == [("Exam", 150), ("Application", 30), ("Annual fee, 3 times", 75)]
    assert cost(version).total == 255


def test_every_part_has_its_exam():
    first = held(exam_code="A-1")
    Fee.objects.create(
        version=ExamVersionFactory(credential=first.credential, part=2, exam_code="A-2"), amount=100
    )

    assert said(cost(first)) == [("Exam A-1", 150), ("Exam A-2", 100)]


def test_of_several_versions_the_one_to_sit_counts():
    old = held(status="retired", fee=99)
    Fee.objects.create(version=ExamVersionFactory(credential=old.credential, validity_months=36), amount=150)

    assert cost(old).total == 150


def test_a_beta_costs_its_beta_fee():
    version = held(status="beta")
    Fee.objects.create(version=version, kind="beta_exam", amount=75)

    assert said(cost(version)) == [("Exam (beta)", 75)]


def test_another_currency_is_never_added_up():
    version = held(months=12)
    Fee.objects.create(credential=version.credential, kind="renewal", amount=40, currency="EUR")

    assert (cost(version).total, cost(version).is_at_least) == (150, True)


def test_a_price_from_which_providers_begin_is_the_least():
    version = held(fee=None)
    Fee.objects.create(version=version, amount=69, is_from_price=True)

    assert (cost(version).total, cost(version).is_at_least) == (69, True)


def test_a_price_that_holds_anywhere_comes_before_one_of_a_region():
    version = held(fee=None)
    Fee.objects.create(version=version, amount=99, region="India")
    Fee.objects.create(version=version, amount=165)

    assert cost(version).total == 165


def test_one_unverified_price_makes_the_sum_unverified():
    version = held(fee=None)
    source = Source.objects.create(key="GK", title="General", kind="general")
    Fee.objects.create(version=version, amount=Decimal("70.50"), source=source)

    assert (cost(version).total, cost(version).is_verified) == (Decimal("70.50"), False)


def test_nothing_is_known_of_one_without_exams():
    found = total_cost(CredentialFactory(), on=ON)

    assert (found.parts, found.total, found.is_at_least) == ((), None, False)
