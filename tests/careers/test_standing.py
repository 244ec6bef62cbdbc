from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.models import Delivery, Fee, FieldCheck, Source
from careers.standing import Said, Standing, badge, is_due, last_of_each_source, standing
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory

ON = date(2026, 11, 24)
DAY = timedelta(days=1)


@pytest.fixture
def sources(db):
    kinds = {"one": "official", "two": "official", "guide": "secondary", "blog": "secondary"}
    return {key: Source.objects.create(key=key, title=key.title(), kind=kind) for key, kind in kinds.items()}


@pytest.fixture
def version(db):
    found = ExamVersionFactory(credential__checked_on=ON - 10 * DAY)
    Delivery.objects.create(version=found, minutes=180)
    return found


def check(version, source, value, *, days=5, verdict=None, field="minutes"):
    verdict = verdict or ("confirms" if value == "180 minutes" else "contradicts")
    return FieldCheck.objects.create(
        version=version, field=field, source=source, value=value, verdict=verdict, checked_on=ON - days * DAY
    )


def minutes(version):
    return standing(version, "minutes", on=ON)


def values(found):
    return [(said.value, said.source.key) for said in found.others]


def test_a_field_that_was_never_checked_by_itself_is_as_fresh_as_the_whole(version):
    found = minutes(version)

    assert (found.value, found.checked_on, found.source) == ("180 minutes", ON - 10 * DAY, None)


def test_a_check_of_the_field_says_where_and_when(version, sources):
    check(version, sources["one"], "180 minutes", days=3)
    check(version, sources["guide"], "180 minutes", days=9)

    assert (minutes(version).checked_on, minutes(version).source) == (ON - 3 * DAY, sources["one"])


def test_two_official_pages_that_differ_make_the_field_disputed(version, sources):
    check(version, sources["one"], "180 minutes")
    check(version, sources["two"], "170 minutes", days=9)

    assert minutes(version).is_disputed
    assert values(minutes(version)) == [("170 minutes", "two")]


def test_a_guide_that_differs_is_named_but_makes_no_dispute(version, sources):
    check(version, sources["guide"], "170 minutes")

    assert not minutes(version).is_disputed
    assert values(minutes(version)) == [("170 minutes", "guide")]


def test_an_official_page_read_since_outweighs_a_guide(version, sources):
    check(version, sources["guide"], "170 minutes", days=9)
    check(version, sources["one"], "180 minutes", days=5)

    assert values(minutes(version)) == []


def test_a_guide_that_confirms_outweighs_nobody(version, sources):
    check(version, sources["blog"], "170 minutes", days=9)
    check(version, sources["guide"], "180 minutes", days=5)

    assert values(minutes(version)) == [("170 minutes", "blog")]


def test_a_page_that_changed_its_mind_disputes_nothing(version, sources):
    check(version, sources["one"], "170 minutes", days=9)
    check(version, sources["one"], "180 minutes", days=5)

    assert not minutes(version).is_disputed
    assert values(minutes(version)) == []


def test_a_value_that_was_put_right_is_contradicted_no_more(version, sources):
    check(version, sources["guide"], "170 minutes")

    version.deliveries.update(minutes=170)

    assert values(minutes(version)) == []


def test_spelling_makes_no_difference(version, sources):
    check(version, sources["one"], "180 minutes")
    check(version, sources["two"], "180  Minutes", verdict="confirms")

    assert not minutes(version).is_disputed


def test_silence_proves_nothing_but_is_told(version, sources):
    check(version, sources["one"], "180 minutes")
    check(version, sources["two"], "", verdict="silent")

    found = minutes(version)
    assert not found.is_disputed
    assert [said.source.key for said in found.silent] == ["two"]


@pytest.mark.parametrize(
    ("field", "days"),
    [("price", 180), ("status", 60), ("languages", 120), ("minutes", 365), ("validity", 365)],
)
def test_each_kind_of_fact_ages_in_its_own_time(version, field, days):
    Fee.objects.create(version=version, amount=Decimal(150))
    version.validity_months = 36
    version.deliveries.update(languages=["en"])

    version.credential.checked_on = ON - days * DAY
    assert not standing(version, field, on=ON).is_due
    assert standing(version, field, on=ON + DAY).is_due


@pytest.mark.parametrize(("ahead", "is_due"), [(90, True), (91, False), (-90, True)])
def test_with_an_announced_day_near_the_status_is_read_every_month(version, ahead, is_due):
    version.credential.checked_on = ON - 31 * DAY
    version.last_exam_on = ON + ahead * DAY

    assert standing(version, "status", on=ON).is_due == is_due


def test_what_is_not_known_is_not_due(version):
    version.credential.checked_on = None

    assert not standing(version, "price", on=ON).is_due
    assert standing(version, "minutes", on=ON).is_due


@pytest.mark.django_db
def test_roles_and_credentials_stand_by_their_own_day():
    credential, role = CredentialFactory(checked_on=ON), RoleFactory(checked_on=ON - 400 * DAY)
    role.titles.create(title="Title")

    assert standing(credential, "level", on=ON).checked_on == ON
    assert standing(role, "titles", on=ON).is_due


# --- A page as a whole ---------------------------------------------------------


def row(value="x", **fields):
    return Standing(
        **{"field": "f", "label": "F", "value": value, "checked_on": ON, "source": None, "is_due": False}
        | fields
    )


def test_a_page_is_as_fresh_as_the_field_that_waits_longest():
    found = badge([row(), row(checked_on=ON - 9 * DAY), row(value="", checked_on=None, is_due=True)])

    assert (found.oldest, found.due) == (ON - 9 * DAY, ())


def test_one_field_never_checked_leaves_the_page_without_a_day():
    assert badge([row(), row(checked_on=None)]).oldest is None
    assert badge([]).oldest is None


def test_a_page_names_what_is_due_and_what_is_disputed_once():
    found = badge([row(label="Price", is_due=True), row(label="Price", is_due=True), row(is_disputed=True)])

    assert (found.due, found.disputed) == (("Price",), ("F",))


def test_a_page_names_what_speaks_against_that_it_can_be_sat_at_all():
    others = (Said("Retired", None, ON),)
    found = badge([row(field="status", label="Status", others=others), row(label="Length", others=others)])

    assert found.contradicted == ("Status",)
    assert badge([row(field="status", others=others, is_disputed=True)]).contradicted == ()


@given(st.none() | st.dates(), st.integers(0, 1000), st.dates())
def test_what_is_due_stays_due(checked_on, days, on):
    limit = timedelta(days=days)
    later = min(date.max - DAY, on) + DAY

    assert not is_due(checked_on, limit, on=on) or is_due(checked_on, limit, on=later)


@given(st.lists(st.tuples(st.integers(1, 3), st.dates()), max_size=8), st.randoms())
def test_the_order_of_checks_never_matters(rows, random):
    checks = [FieldCheck(pk=pk, source_id=source, checked_on=day) for pk, (source, day) in enumerate(rows, 1)]
    shuffled = random.sample(checks, len(checks))

    found = last_of_each_source(checks)
    assert found == last_of_each_source(shuffled)
    assert len({check.source_id for check in found}) == len(found) == len({source for source, _ in rows})
