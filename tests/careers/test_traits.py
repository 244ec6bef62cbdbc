from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.directory import Price
from careers.models import Delivery, ExamVersion, Fee, Recommendation
from careers.traits import TRAITS, UNKNOWN, listed, price_band
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory, SkillFactory

ON = date(2026, 11, 24)
Status = ExamVersion.Status


def keys(credential, name):
    return [value.key for value in listed(credential, on=ON).values[name]]


@pytest.mark.parametrize(
    ("amount", "currency", "band"),
    [
        ("0", "USD", "free"),
        ("0", "EUR", "free"),
        ("0.01", "USD", "100"),
        ("100", "USD", "100"),
        ("100.01", "USD", "200"),
        ("200", "USD", "200"),
        ("300", "USD", "300"),
        ("300.01", "USD", "more"),
        ("90", "EUR", "other"),
    ],
)
def test_a_price_falls_into_one_band(amount, currency, band):
    assert price_band(Price("", True, "", Decimal(amount), currency)).key == band


@given(st.decimals(0, 99999, places=2), st.decimals(0, 99999, places=2))
def test_a_higher_price_never_falls_into_a_lower_band(one, other):
    order = ["free", "100", "200", "300", "more"]
    low, high = sorted([one, other])
    bands = [order.index(price_band(Price("", True, "", amount, "USD")).key) for amount in (low, high)]

    assert bands == sorted(bands)


def test_of_a_certification_without_exams_nothing_is_known_and_that_is_a_value(db):
    credential = CredentialFactory()

    for name in ("status", "language", "skill", "price", "validity"):
        assert keys(credential, name) == [UNKNOWN], name
    assert [v.label for v in listed(credential, on=ON).values["role"]] == ["No role yet"]


@pytest.mark.parametrize(
    ("months", "for_life", "key"),
    [
        (6, False, "1"),
        (12, False, "1"),
        (24, False, "2"),
        (36, False, "3"),
        (60, False, "longer"),
        (None, True, "life"),
        (None, False, UNKNOWN),
    ],
)
def test_a_validity_falls_into_one_term(db, months, for_life, key):
    version = ExamVersionFactory(validity_months=months, no_expiry=for_life)

    assert keys(version.credential, "validity") == [key]


def test_two_open_versions_bring_the_prices_of_both(db):
    credential = CredentialFactory()
    for amount, status in [(150, "active"), (75, "beta"), (900, "retired")]:
        version = ExamVersionFactory(credential=credential, status=status)
        Fee.objects.create(version=version, amount=amount)

    assert sorted(keys(credential, "price")) == ["100", "200"]


def test_a_language_that_has_ended_is_no_longer_one_of_it(db):
    version = ExamVersionFactory(status=Status.ACTIVE)
    Delivery.objects.create(version=version, languages=["ja"])
    Delivery.objects.create(version=version, languages=["en"], window_to=date(2026, 9, 28))

    assert keys(version.credential, "language") == ["ja"]


def test_where_one_form_has_no_list_of_languages_others_may_be_missing(db):
    version = ExamVersionFactory(status=Status.ACTIVE)
    Delivery.objects.create(version=version, languages=[])
    Delivery.objects.create(version=version, languages=["de"], window_to=date(2027, 9, 28))

    assert keys(version.credential, "language") == ["de", UNKNOWN]


def test_what_only_follows_a_beta_leaves_no_language_open(db):
    version = ExamVersionFactory(status=Status.BETA)
    Delivery.objects.create(version=version, phase="beta", languages=["en"])
    Delivery.objects.create(version=version, phase="standard", window_from=date(2027, 1, 14))

    assert keys(version.credential, "language") == ["en"]


def test_a_certification_has_the_roles_and_skills_that_came_with_it(db):
    credential = CredentialFactory()
    credential.skills.add(SkillFactory(slug="sql"))
    role = RoleFactory(slug="data-engineer")
    Recommendation.objects.create(role=role, credential=credential, tier="core", reason="It fits.")

    assert (keys(credential, "role"), keys(credential, "skill")) == (["data-engineer"], ["sql"])


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ([date(2027, 6, 11), date(2027, 8, 13)], (date(2027, 6, 11), False)),
        ([date(2027, 6, 11), date(2027, 6, 11)], (date(2027, 6, 11), True)),
        ([date(2026, 6, 11), date(2027, 8, 13)], (date(2027, 8, 13), True)),
        ([None, date(2027, 8, 13)], (date(2027, 8, 13), False)),
        ([date(2026, 6, 11), None], (None, False)),
        ([], (None, False)),
    ],
)
def test_the_next_end_is_told_from_the_last(db, ends, expected):
    version = ExamVersionFactory(status=Status.ACTIVE)
    for number, end in enumerate(ends):
        Delivery.objects.create(version=version, languages=[f"l{number}"], window_to=end)
    row = listed(version.credential, on=ON)

    assert (row.ends_on, row.ends_wholly) == expected


def test_every_trait_reads_any_certification(db):
    row = listed(ExamVersionFactory().credential, on=ON)

    assert set(row.values) == {trait.name for trait in TRAITS}
    assert all(row.values.values())
