from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.directory import entry, ladder, levels, money, named, oldest_check, tiers
from careers.models import ExamVersion, Fee, Recommendation, Role, Source, Status
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory

ON = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("amount", "said"),
    [("165", "USD 165"), ("70.50", "USD 70.50"), ("1234.00", "USD 1,234"), ("0", "free"), ("0.00", "free")],
)
def test_money_is_said_without_needless_pence(amount, said):
    assert money(Decimal(amount), "USD") == said


@given(st.decimals(min_value="0.01", max_value=99999, places=2))
def test_only_nothing_is_free(amount):
    assert money(amount, "EUR").startswith("EUR ")


def test_an_entry_shows_the_exams_that_can_be_sat(db):
    credential = CredentialFactory()
    for code, status in [("OLD", "retired"), ("NOW", "active"), ("NEXT", "in_development"), ("TRY", "beta")]:
        ExamVersionFactory(credential=credential, exam_code=code, status=status)

    found = entry(credential, on=ON)

    assert found.codes == "NOW, TRY"
    assert found.status == ExamVersion.Status.ACTIVE


def test_an_entry_with_nothing_to_sit_shows_what_there_is(db):
    version = ExamVersionFactory(exam_code="OLD", status=ExamVersion.Status.RETIRED)

    found = entry(version.credential, on=ON)

    assert (found.codes, found.is_retired) == ("OLD", True)


def test_an_entry_without_exams_has_no_status(db):
    found = entry(CredentialFactory(), on=ON)

    assert (found.status, found.codes, found.prices) == (None, "", ())


def test_the_prices_of_a_beta_and_of_its_predecessor_stand_together(db):
    credential = CredentialFactory()
    old = ExamVersionFactory(credential=credential, status=ExamVersion.Status.ACTIVE)
    beta = ExamVersionFactory(credential=credential, status=ExamVersion.Status.BETA)
    Fee.objects.create(version=old, amount=150)
    Fee.objects.create(version=beta, amount=75, kind=Fee.Kind.BETA_EXAM)
    Fee.objects.create(version=beta, amount=150, kind=Fee.Kind.EXAM)

    prices = entry(credential, on=ON).prices

    assert [price.text for price in prices] == ["USD 150", "USD 75 (beta)"]


def test_a_retake_fee_is_not_the_price(db):
    version = ExamVersionFactory()
    Fee.objects.create(version=version, amount=50, kind=Fee.Kind.RETAKE)

    assert entry(version.credential, on=ON).prices == ()


def test_a_price_carries_whether_it_was_verified(db):
    version = ExamVersionFactory()
    source = Source.objects.create(key="GK", title="General", kind=Source.Kind.GENERAL)
    Fee.objects.create(version=version, amount=50, source=source)

    assert [price.is_verified for price in entry(version.credential, on=ON).prices] == [False]


def test_tiers_come_in_order_and_empty_ones_not_at_all(db):
    role = RoleFactory()
    for tier in ("advance", "start"):
        credential = ExamVersionFactory().credential
        Recommendation.objects.create(role=role, credential=credential, tier=tier, reason="It fits.")
    retired = ExamVersionFactory(status=ExamVersion.Status.RETIRED).credential
    Recommendation.objects.create(role=role, credential=retired, tier="core", reason="It fitted.")

    found = tiers(Role.objects.with_profile().get().recommendations.all(), {}, on=ON)

    assert [tier.label for tier in found] == ["Start", "Advance"]


def test_a_ladder_sets_the_tiers_of_roles_side_by_side(db):
    columns = []
    for tier in ("start", "core"):
        role = RoleFactory()
        credential = ExamVersionFactory().credential
        Recommendation.objects.create(role=role, credential=credential, tier=tier, reason="It fits.")
        columns.append(tiers(role.recommendations.all(), {}, on=ON))

    steps = ladder(columns)

    assert [(step.label, [len(cell) for cell in step.cells]) for step in steps] == [
        ("Start", [1, 0]),
        ("Core", [0, 1]),
    ]


def test_levels_leave_out_drafts_and_what_is_retired(db):
    shown = ExamVersionFactory().credential
    draft = ExamVersionFactory(credential__status=Status.DRAFT).credential
    retired = ExamVersionFactory(status=ExamVersion.Status.RETIRED).credential

    (level,) = levels([shown, draft, retired], on=ON)

    assert [advice.entry.name for advice in level.advice] == [shown.name]


def test_levels_set_successors_at_their_own_level_in_the_place_of_what_is_retired(db):
    old = ExamVersionFactory(status=ExamVersion.Status.RETIRED, last_exam_on=date(2026, 3, 31)).credential
    heir = ExamVersionFactory(credential__level="expert").credential

    (level,) = levels([old], {old.pk: (heir,)}, on=ON)

    assert (level.key, [advice.entry.name for advice in level.advice]) == ("expert", [heir.name])
    assert level.advice[0].note == f"Replaces {old.name}, retired 31 March 2026."


def test_a_successor_that_stands_in_the_levels_anyway_stands_there_once(db):
    old = ExamVersionFactory(status=ExamVersion.Status.RETIRED).credential
    heir = ExamVersionFactory().credential

    (level,) = levels([old, heir], {old.pk: (heir,)}, on=ON)

    assert [advice.note for advice in level.advice] == [f"Replaces {old.name}, now retired."]


def test_names_and_addresses_come_in_the_order_of_the_levels(db):
    low = ExamVersionFactory(credential__level="associate").credential
    high = ExamVersionFactory(credential__level="expert").credential

    found = named(levels([high, low], on=ON))

    assert found == [(low.name, low.get_absolute_url()), (high.name, high.get_absolute_url())]


def test_a_list_is_as_fresh_as_its_stalest_entry(db):
    days = [date(2026, 9, 1), date(2026, 8, 1), None]
    found = [entry(CredentialFactory(checked_on=day), on=ON) for day in days]

    assert oldest_check(found).checked_on == date(2026, 8, 1)
    assert oldest_check(found[2:]) is None
